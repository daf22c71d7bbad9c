#include "services/sns/subscription_attributes.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "protocol/arn.h"
#include "services/sns/attribute_checks.h"
#include "services/sns/delivery_policy.h"
#include "services/sns/errors.h"

namespace cumulite::sns {
namespace {
using nlohmann::json;

constexpr std::array<std::string_view, 9> kProtocols{"http", "https",       "email",  "email-json", "sms",
                                                     "sqs",  "application", "lambda", "firehose"};
constexpr std::string_view kRaw = "RawMessageDelivery";
constexpr std::string_view kPolicy = "FilterPolicy";
constexpr std::string_view kScope = "FilterPolicyScope";
constexpr std::string_view kRedrive = "RedrivePolicy";

std::string Prefix(AttributeCall call) {
  return call == AttributeCall::kSubscribe ? "Attributes Reason: " : std::string();
}

bool IsArnOf(std::string_view text, std::string_view service) {
  const auto arn = protocol::ParseArn(text);
  return arn && arn->service == service;
}

bool IsEmail(std::string_view text) {
  const std::size_t at = text.find('@');
  return at != std::string_view::npos && at > 0 && at + 1 < text.size() &&
         text.find_first_of(" \r\n") == std::string_view::npos;
}

void CheckScope(const std::string& value, AttributeCall call) {
  if (value == "MessageAttributes" || value == "MessageBody") return;
  throw Invalid(Prefix(call) + "FilterPolicyScope: Invalid value [" + value +
                "]. Please use either MessageBody or MessageAttributes");
}

void CheckRedrive(const std::string& value, const Topic& topic, const Subscription& subscription,
                  AttributeCall call) {
  const json document = json::parse(value, nullptr, false);
  if (!document.is_object()) throw Invalid(Prefix(call) + "RedrivePolicy: failed to parse JSON.");
  const auto target = document.find("deadLetterTargetArn");
  const auto* text = target == document.end() ? nullptr : target->get_ptr<const std::string*>();
  if (text == nullptr || !IsArnOf(*text, "sqs")) {
    throw Invalid(Prefix(call) + "RedrivePolicy: deadLetterTargetArn is an invalid arn");
  }
  const bool fifo_subscription = topic.fifo() && subscription.endpoint.ends_with(".fifo");
  if (fifo_subscription && !text->ends_with(".fifo")) {
    throw Invalid(Prefix(call) +
                  "RedrivePolicy: must use a FIFO queue as DLQ for a FIFO Subscription to a FIFO Topic.");
  }
}

bool SameJson(std::string_view a, std::string_view b) {
  return a == b ||
         (!a.empty() && !b.empty() && json::parse(a, nullptr, false) == json::parse(b, nullptr, false));
}

}  // namespace

bool IsPhoneNumber(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  std::size_t digits = 0;
  bool after_digit = false;
  for (const char c : text) {
    const bool digit = c >= '0' && c <= '9';
    if (!digit && (!after_digit || std::string_view("-./ ").find(c) == std::string_view::npos)) return false;
    digits += digit ? 1 : 0;
    after_digit = digit;
  }
  constexpr std::size_t kMaxDigits = 15;  // E.164
  return after_digit && digits <= kMaxDigits;
}

void CheckEndpoint(std::string_view protocol, std::string_view endpoint, const Topic& topic) {
  if (std::ranges::find(kProtocols, protocol) == kProtocols.end()) {
    throw Invalid("Amazon SNS does not support this protocol string: " + std::string(protocol));
  }
  if (endpoint.empty()) throw Invalid("Endpoint", "no value for required parameter");
  if (topic.fifo() && protocol != "sqs") {
    throw Invalid("Invalid parameter: Protocol", "FIFO SNS topics support SQS endpoints only");
  }
  if (protocol == "sqs") {
    if (!IsArnOf(endpoint, "sqs")) throw Invalid("SQS endpoint ARN");
    if (endpoint.ends_with(".fifo") && !topic.fifo()) {
      throw Invalid("Invalid parameter: Endpoint",
                    "FIFO SQS Queues can not be subscribed to standard SNS topics");
    }
  } else if (protocol == "http" || protocol == "https") {
    const std::string scheme = std::string(protocol) + "://";
    if (endpoint.size() <= scheme.size() ||
        base::ToLower(std::string(endpoint.substr(0, scheme.size()))) != scheme) {
      throw Invalid("Endpoint must match the specified protocol");
    }
  } else if (protocol == "email" || protocol == "email-json") {
    if (!IsEmail(endpoint)) throw Invalid("Email address");
  } else if (protocol == "sms") {
    if (!IsPhoneNumber(endpoint)) {
      throw AwsError(kInvalidParameter, "Invalid SMS endpoint: " + std::string(endpoint));
    }
  } else if (protocol == "application") {
    if (!IsArnOf(endpoint, "sns")) throw Invalid("Application endpoint arn invalid");
  } else if (protocol == "lambda") {
    if (!IsArnOf(endpoint, "lambda")) throw Invalid("Lambda endpoint ARN");
  } else if (!IsArnOf(endpoint, "firehose")) {
    throw Invalid("Firehose endpoint ARN");
  }
}

bool NeedsConfirmation(std::string_view protocol) {
  return protocol == "http" || protocol == "https" || protocol == "email" || protocol == "email-json";
}

void PutSubscriptionAttribute(Subscription& subscription, const Topic& topic, const std::string& name,
                              std::string value, AttributeCall call) {
  AttributeMap& attributes = subscription.attributes;
  const bool clears = value.empty() && (name == kPolicy || name == kRedrive || name == "DeliveryPolicy" ||
                                        name == "ReplayPolicy");
  if (clears) {
    attributes.erase(name);
    if (name == kPolicy) attributes.erase(std::string(kScope));
    if (name == "ReplayPolicy") attributes.erase("ReplayStatus");
    return;
  }
  if (name == kRaw) {
    value = CheckBoolean(name, value, Prefix(call));
  } else if (name == kScope) {
    CheckScope(value, call);
  } else if (name == kRedrive) {
    CheckRedrive(value, topic, subscription, call);
  } else if (name == "DeliveryPolicy") {
    CheckDeliveryPolicy(value, PolicyOf::kSubscription, Prefix(call) + "DeliveryPolicy");
  } else if (name == "SubscriptionRoleArn") {
    if (!IsArnOf(value, "iam"))
      throw Invalid(Prefix(call) + "SubscriptionRoleArn: Invalid value [" + value + "]");
  } else if (name == "ReplayPolicy") {
    if (!topic.archives()) {
      throw Invalid(Prefix(call) +
                    "ReplayPolicy: The topic has no ArchivePolicy, so there is nothing to replay.");
    }
    attributes["ReplayStatus"] = "In progress";
  } else if (name != kPolicy) {
    throw Invalid(Prefix(call) + "AttributeName");
  }
  attributes[name] = std::move(value);
}

void CheckFilterPolicy(const Subscription& subscription, AttributeCall call) {
  const std::string_view policy = ValueOf(subscription.attributes, kPolicy);
  if (policy.empty()) return;
  const bool body = ValueOf(subscription.attributes, kScope) == "MessageBody";
  FilterPolicy::Compile(policy, body ? FilterScope::kMessageBody : FilterScope::kMessageAttributes,
                        Prefix(call) + "FilterPolicy: ");
}

bool HasSubscriptionAttributes(const Subscription& subscription, const AttributeMap& wanted) {
  return std::ranges::all_of(wanted, [&](const auto& attribute) {
    const auto& [name, value] = attribute;
    const std::string_view current = ValueOf(subscription.attributes, name);
    if (name == kRaw) return (current.empty() ? "false" : current) == base::ToLower(value);
    if (name == kScope) return (current.empty() ? "MessageAttributes" : current) == value;
    return SameJson(current, value);
  });
}

AttributeMap ShowSubscriptionAttributes(const Subscription& subscription, std::string_view topic_policy) {
  AttributeMap shown = subscription.attributes;
  shown.try_emplace(std::string(kRaw), "false");
  if (shown.contains(std::string(kPolicy))) {
    shown.try_emplace(std::string(kScope), "MessageAttributes");
  } else {
    shown.erase(std::string(kScope));
  }
  if (subscription.protocol == "http" || subscription.protocol == "https") {
    shown["EffectiveDeliveryPolicy"] =
        EffectiveSubscriptionPolicy(topic_policy, ValueOf(subscription.attributes, "DeliveryPolicy"));
  }
  shown["ConfirmationWasAuthenticated"] = subscription.authenticated ? "true" : "false";
  shown["Endpoint"] = subscription.endpoint;
  shown["Owner"] = subscription.account;
  shown["PendingConfirmation"] = subscription.confirmed ? "false" : "true";
  shown["Protocol"] = subscription.protocol;
  shown["SubscriptionArn"] = subscription.arn;
  shown["SubscriptionPrincipal"] = subscription.principal;
  shown["TopicArn"] = subscription.topic_arn;
  return shown;
}

std::string DeadLetterTarget(const Subscription& subscription) {
  const std::string_view policy = ValueOf(subscription.attributes, kRedrive);
  if (policy.empty()) return {};
  const json document = json::parse(policy, nullptr, false);
  const auto target = document.find("deadLetterTargetArn");
  return target != document.end() && target->is_string() ? target->get<std::string>() : std::string();
}

}  // namespace cumulite::sns
