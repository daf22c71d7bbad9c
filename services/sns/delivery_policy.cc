#include "services/sns/delivery_policy.h"

#include <array>
#include <cmath>
#include <nlohmann/json.hpp>

#include "services/sns/errors.h"

namespace cumulite::sns {
namespace {
using Json = nlohmann::ordered_json;
using std::chrono::milliseconds;

constexpr std::int64_t kMaxDelay = 3'600;
constexpr std::int64_t kMaxRetries = 100;
constexpr std::array<std::string_view, 4> kBackoffs{"linear", "arithmetic", "geometric", "exponential"};

struct Number {
  std::string_view name;
  std::int64_t RetryPolicy::*field;
};
constexpr std::array kNumbers{
    Number{"minDelayTarget", &RetryPolicy::min_delay_s},
    Number{"maxDelayTarget", &RetryPolicy::max_delay_s},
    Number{"numRetries", &RetryPolicy::retries},
    Number{"numMaxDelayRetries", &RetryPolicy::max_delay_retries},
    Number{"numNoDelayRetries", &RetryPolicy::no_delay_retries},
    Number{"numMinDelayRetries", &RetryPolicy::min_delay_retries},
};

/// The delay of one retry of the backoff phase; `x` runs from 0 (its first) to 1 (its last).
double BackoffSeconds(const RetryPolicy& policy, double x) {
  const double low = static_cast<double>(policy.min_delay_s);
  const double high = static_cast<double>(policy.max_delay_s);
  switch (policy.backoff) {
    case RetryPolicy::Backoff::kLinear:
      return low + (high - low) * x;
    case RetryPolicy::Backoff::kArithmetic:
      return low + (high - low) * x * x;
    case RetryPolicy::Backoff::kGeometric:
      return low * std::pow(high / std::max(low, 1.0), x);
    case RetryPolicy::Backoff::kExponential:
      break;
  }
  constexpr double kSteepness = 10;  // above geometric growth, as the guide's figure draws it
  return low + (high - low) * (std::exp2(kSteepness * x) - 1) / (std::exp2(kSteepness) - 1);
}

/// The policy that `object` describes on top of `policy`. `complain`: refuse what is not allowed.
enum class Mode : std::uint8_t { kTrust, kCheck };

RetryPolicy ReadRetryPolicy(const Json& object, RetryPolicy policy, Mode mode, std::string_view prefix) {
  const auto refuse = [&](std::string_view name, std::string_view why) {
    if (mode == Mode::kCheck)
      throw Invalid(std::string(prefix) + ": " + std::string(name) + " " + std::string(why));
  };
  for (const auto& [name, field] : kNumbers) {
    const auto found = object.find(name);
    if (found == object.end() || found->is_null()) continue;
    if (!found->is_number_integer()) {
      refuse(name, "must be an integer");
      continue;
    }
    policy.*field = found->get<std::int64_t>();
  }
  if (const auto found = object.find("backoffFunction"); found != object.end() && !found->is_null()) {
    const auto known = found->is_string()
                           ? std::find(kBackoffs.begin(), kBackoffs.end(), found->get<std::string>())
                           : kBackoffs.end();
    if (known == kBackoffs.end()) {
      refuse("backoffFunction", "must be one of: linear, arithmetic, geometric or exponential");
    } else {
      policy.backoff = static_cast<RetryPolicy::Backoff>(known - kBackoffs.begin());
    }
  }
  if (policy.min_delay_s < 1 || policy.min_delay_s > kMaxDelay) {
    refuse("minDelayTarget", "must be between 1 and 3600");
  }
  if (policy.max_delay_s < 1 || policy.max_delay_s > kMaxDelay) {
    refuse("maxDelayTarget", "must be between 1 and 3600");
  }
  if (policy.max_delay_s < policy.min_delay_s) {
    refuse("maxDelayTarget", "must be greater than or equal to minDelayTarget");
  }
  if (policy.retries < 0 || policy.retries > kMaxRetries) refuse("numRetries", "must be between 0 and 100");
  for (const auto& [name, field] : kNumbers) {
    if (policy.*field < 0) refuse(name, "must be greater than or equal to 0");
  }
  if (policy.no_delay_retries + policy.min_delay_retries + policy.max_delay_retries > policy.retries) {
    refuse("numRetries", "must be greater than or equal to the sum of the retries of all phases");
  }
  return policy;
}

Json Parse(std::string_view text) {
  Json document = Json::parse(text, nullptr, false);
  return document.is_object() ? document : Json::object();
}

const Json& Part(const Json& object, std::string_view name) {
  static const Json kNothing = Json::object();
  const auto found = object.find(name);
  return found != object.end() && found->is_object() ? *found : kNothing;
}

Json Render(const RetryPolicy& policy) {
  Json object = Json::object();
  for (const auto& [name, field] : kNumbers) object[std::string(name)] = policy.*field;
  object["backoffFunction"] = kBackoffs[static_cast<std::size_t>(policy.backoff)];
  return object;
}

std::string ContentType(const Json& request_policy, std::string fallback) {
  const auto found = request_policy.find("headerContentType");
  return found != request_policy.end() && found->is_string() ? found->get<std::string>()
                                                             : std::move(fallback);
}

std::int64_t ReceivesPerSecond(const Json& throttle, std::int64_t fallback) {
  const auto found = throttle.find("maxReceivesPerSecond");
  return found != throttle.end() && found->is_number_integer() ? found->get<std::int64_t>() : fallback;
}

void CheckParts(const Json& owner, std::string_view retry, std::string_view throttle,
                std::string_view request, std::string_view prefix) {
  for (const std::string_view name : {retry, throttle, request}) {
    const auto found = owner.find(name);
    if (found != owner.end() && !found->is_object() && !found->is_null()) {
      throw Invalid(std::string(prefix) + ": " + std::string(name) + " must be an object");
    }
  }
  ReadRetryPolicy(Part(owner, retry), {}, Mode::kCheck, prefix);
  const Json& limits = Part(owner, throttle);
  const auto rate = limits.find("maxReceivesPerSecond");
  if (rate != limits.end() && !rate->is_null() &&
      (!rate->is_number_integer() || rate->get<std::int64_t>() < 1)) {
    throw Invalid(std::string(prefix) + ": maxReceivesPerSecond must be an integer greater than 0");
  }
  const Json& headers = Part(owner, request);
  if (const auto type = headers.find("headerContentType"); type != headers.end() && !type->is_string()) {
    throw Invalid(std::string(prefix) + ": headerContentType must be a string");
  }
}

}  // namespace

std::optional<milliseconds> RetryPolicy::DelayAfter(std::int64_t attempt) const {
  if (attempt < 1 || attempt > retries) return std::nullopt;
  std::int64_t retry = attempt;  // 1 is the first
  if (retry <= no_delay_retries) return milliseconds(0);
  retry -= no_delay_retries;
  if (retry <= min_delay_retries) return milliseconds(min_delay_s * 1'000);
  retry -= min_delay_retries;
  const std::int64_t in_backoff = retries - no_delay_retries - min_delay_retries - max_delay_retries;
  if (retry > in_backoff) return milliseconds(max_delay_s * 1'000);
  const double x = in_backoff <= 1 ? 0 : static_cast<double>(retry - 1) / static_cast<double>(in_backoff - 1);
  return milliseconds(std::llround(BackoffSeconds(*this, x) * 1'000));
}

RetryPolicy ManagedRetryPolicy() {
  return {.min_delay_s = 1,
          .max_delay_s = 20,
          .retries = 100'015,
          .no_delay_retries = 3,
          .min_delay_retries = 2,
          .max_delay_retries = 100'000,
          .backoff = RetryPolicy::Backoff::kExponential};
}

RetryPolicy CustomerRetryPolicy() {
  return {.min_delay_s = 10,
          .max_delay_s = 600,
          .retries = 50,
          .no_delay_retries = 0,
          .min_delay_retries = 2,
          .max_delay_retries = 38,
          .backoff = RetryPolicy::Backoff::kExponential};
}

void CheckDeliveryPolicy(std::string_view json, PolicyOf owner, std::string_view prefix) {
  const Json document = Json::parse(json, nullptr, false);
  if (!document.is_object()) throw Invalid(std::string(prefix) + ": failed to parse JSON");
  if (owner == PolicyOf::kTopic) {
    CheckParts(Part(document, "http"), "defaultHealthyRetryPolicy", "defaultThrottlePolicy",
               "defaultRequestPolicy", prefix);
  } else {
    CheckParts(document, "healthyRetryPolicy", "throttlePolicy", "requestPolicy", prefix);
  }
}

DeliveryRules EffectiveRules(std::string_view topic_policy, std::string_view subscription_policy) {
  const Json topic = Parse(topic_policy);
  const Json& http = Part(topic, "http");
  DeliveryRules rules;
  rules.retry = ReadRetryPolicy(Part(http, "defaultHealthyRetryPolicy"), {}, Mode::kTrust, {});
  rules.max_receives_per_second = ReceivesPerSecond(Part(http, "defaultThrottlePolicy"), 0);
  rules.content_type = ContentType(Part(http, "defaultRequestPolicy"), std::move(rules.content_type));
  const auto fixed = http.find("disableSubscriptionOverrides");
  if (fixed != http.end() && fixed->is_boolean() && fixed->get<bool>()) return rules;
  const Json subscription = Parse(subscription_policy);
  if (const Json& retry = Part(subscription, "healthyRetryPolicy"); !retry.empty()) {
    rules.retry = ReadRetryPolicy(retry, {}, Mode::kTrust, {});
  }
  rules.max_receives_per_second =
      ReceivesPerSecond(Part(subscription, "throttlePolicy"), rules.max_receives_per_second);
  rules.content_type = ContentType(Part(subscription, "requestPolicy"), std::move(rules.content_type));
  return rules;
}

std::string EffectiveTopicPolicy(std::string_view topic_policy) {
  const Json topic = Parse(topic_policy);
  const Json& http = Part(topic, "http");
  const DeliveryRules rules = EffectiveRules(topic_policy, {});
  Json effective = Json::object();
  effective["defaultHealthyRetryPolicy"] = Render(rules.retry);
  const auto fixed = http.find("disableSubscriptionOverrides");
  effective["disableSubscriptionOverrides"] =
      fixed != http.end() && fixed->is_boolean() && fixed->get<bool>();
  if (rules.max_receives_per_second > 0) {
    effective["defaultThrottlePolicy"]["maxReceivesPerSecond"] = rules.max_receives_per_second;
  }
  effective["defaultRequestPolicy"]["headerContentType"] = rules.content_type;
  Json document = Json::object();
  document["http"] = std::move(effective);
  return document.dump();
}

std::string EffectiveSubscriptionPolicy(std::string_view topic_policy, std::string_view subscription_policy) {
  const DeliveryRules rules = EffectiveRules(topic_policy, subscription_policy);
  Json effective = Json::object();
  effective["healthyRetryPolicy"] = Render(rules.retry);
  effective["sicklyRetryPolicy"] = nullptr;
  effective["throttlePolicy"] = nullptr;
  if (rules.max_receives_per_second > 0) {
    effective["throttlePolicy"] = Json::object();
    effective["throttlePolicy"]["maxReceivesPerSecond"] = rules.max_receives_per_second;
  }
  effective["requestPolicy"]["headerContentType"] = rules.content_type;
  effective["guaranteed"] = false;
  return effective.dump();
}

}  // namespace cumulite::sns
