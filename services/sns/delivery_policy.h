#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cumulite::sns {

/// When a delivery is tried again: four phases, one after the other.
///
/// Source: SNS Developer Guide "Amazon SNS message delivery retries".
struct RetryPolicy {
  enum class Backoff : std::uint8_t { kLinear, kArithmetic, kGeometric, kExponential };

  std::int64_t min_delay_s = 20;
  std::int64_t max_delay_s = 20;
  std::int64_t retries = 3;            // all of them, the other three kinds included
  std::int64_t no_delay_retries = 0;   // at once
  std::int64_t min_delay_retries = 0;  // pre-backoff
  std::int64_t max_delay_retries = 0;  // post-backoff
  Backoff backoff = Backoff::kLinear;

  /// How long after a failed attempt the next one comes; attempt 1 is the first delivery. Nothing when the
  /// policy is used up.
  std::optional<std::chrono::milliseconds> DelayAfter(std::int64_t attempt) const;
};

/// What AWS does for endpoints of its own (SQS, Lambda, Firehose), and for SMTP, SMS and push.
RetryPolicy ManagedRetryPolicy();
RetryPolicy CustomerRetryPolicy();

/// What an HTTP(S) delivery goes by, topic and subscription put together.
struct DeliveryRules {
  RetryPolicy retry;
  std::int64_t max_receives_per_second = 0;  // 0: no throttle
  std::string content_type = "text/plain; charset=UTF-8";
};

/// Checks the DeliveryPolicy attribute of a topic ({"http":{…}}) or of a subscription
/// ({"healthyRetryPolicy":…}). Errors: AwsError InvalidParameter; `prefix` begins its text
/// ("DeliveryPolicy").
enum class PolicyOf : std::uint8_t { kTopic, kSubscription };
void CheckDeliveryPolicy(std::string_view json, PolicyOf owner, std::string_view prefix);

/// The rules for a subscription; either text may be empty.
DeliveryRules EffectiveRules(std::string_view topic_policy, std::string_view subscription_policy);

/// EffectiveDeliveryPolicy as GetTopicAttributes and GetSubscriptionAttributes show it.
std::string EffectiveTopicPolicy(std::string_view topic_policy);
std::string EffectiveSubscriptionPolicy(std::string_view topic_policy, std::string_view subscription_policy);

}  // namespace cumulite::sns
