#include "services/sns/delivery_policy.h"

#include "protocol/error.h"

namespace cumulite::sns {
namespace {
using std::chrono::milliseconds;
using std::chrono::seconds;

std::vector<std::int64_t> Delays(const RetryPolicy& policy, int most = 200) {
  std::vector<std::int64_t> delays;
  for (int attempt = 1; attempt <= most; ++attempt) {
    const auto delay = policy.DelayAfter(attempt);
    if (!delay) break;
    delays.push_back(delay->count() / 1'000);
  }
  return delays;
}

TEST(DeliveryPolicyTest, DefaultRetriesThreeTimesTwentySecondsApart) {
  EXPECT_THAT(Delays(EffectiveRules("", "").retry), testing::ElementsAre(20, 20, 20));
}

TEST(DeliveryPolicyTest, PhasesFollowEachOther) {
  const RetryPolicy policy{.min_delay_s = 1,
                           .max_delay_s = 60,
                           .retries = 10,
                           .no_delay_retries = 2,
                           .min_delay_retries = 2,
                           .max_delay_retries = 3};
  EXPECT_THAT(Delays(policy), testing::ElementsAre(0, 0, 1, 1, 1, 30, 60, 60, 60, 60));
}

TEST(DeliveryPolicyTest, BackoffFunctionsGrowFromTheLeastToTheGreatestDelay) {
  for (const auto backoff : {RetryPolicy::Backoff::kLinear, RetryPolicy::Backoff::kArithmetic,
                             RetryPolicy::Backoff::kGeometric, RetryPolicy::Backoff::kExponential}) {
    const RetryPolicy policy{.min_delay_s = 5, .max_delay_s = 260, .retries = 10, .backoff = backoff};
    const auto delays = Delays(policy);
    ASSERT_EQ(delays.size(), 10u);
    EXPECT_EQ(delays.front(), 5);
    EXPECT_EQ(delays.back(), 260);
    EXPECT_TRUE(std::is_sorted(delays.begin(), delays.end()));
  }
}

TEST(DeliveryPolicyTest, ManagedEndpointsAreTriedForTwentyThreeDays) {
  const RetryPolicy policy = ManagedRetryPolicy();
  EXPECT_EQ(policy.DelayAfter(3), milliseconds(0));
  EXPECT_EQ(policy.DelayAfter(4), seconds(1));
  EXPECT_EQ(policy.DelayAfter(6), seconds(1));
  EXPECT_EQ(policy.DelayAfter(15), seconds(20));
  EXPECT_EQ(policy.DelayAfter(100'015), seconds(20));
  EXPECT_EQ(policy.DelayAfter(100'016), std::nullopt);
}

TEST(DeliveryPolicyTest, SubscriptionOverridesTopicUnlessForbidden) {
  const std::string subscription =
      R"({"healthyRetryPolicy":{"numRetries":1},"throttlePolicy":{"maxReceivesPerSecond":7},)"
      R"("requestPolicy":{"headerContentType":"application/json"}})";
  const DeliveryRules rules =
      EffectiveRules(R"({"http":{"defaultHealthyRetryPolicy":{"numRetries":9}}})", subscription);
  EXPECT_EQ(rules.retry.retries, 1);
  EXPECT_EQ(rules.max_receives_per_second, 7);
  EXPECT_EQ(rules.content_type, "application/json");
  const DeliveryRules fixed = EffectiveRules(
      R"({"http":{"defaultHealthyRetryPolicy":{"numRetries":9},"disableSubscriptionOverrides":true}})",
      subscription);
  EXPECT_EQ(fixed.retry.retries, 9);
  EXPECT_EQ(fixed.content_type, "text/plain; charset=UTF-8");
}

TEST(DeliveryPolicyTest, WrongPoliciesAreRefused) {
  for (const char* policy :
       {"x", "[]", R"({"healthyRetryPolicy":{"numRetries":101}})",
        R"({"healthyRetryPolicy":{"minDelayTarget":0}})", R"({"healthyRetryPolicy":{"minDelayTarget":30}})",
        R"({"healthyRetryPolicy":{"maxDelayTarget":3601}})",
        R"({"healthyRetryPolicy":{"numRetries":2,"numNoDelayRetries":3}})",
        R"({"healthyRetryPolicy":{"backoffFunction":"sine"}})",
        R"({"healthyRetryPolicy":{"numRetries":"3"}})", R"({"throttlePolicy":{"maxReceivesPerSecond":0}})",
        R"({"requestPolicy":5})"}) {
    EXPECT_THROW(CheckDeliveryPolicy(policy, PolicyOf::kSubscription, "DeliveryPolicy"), protocol::AwsError)
        << policy;
  }
}

}  // namespace
}  // namespace cumulite::sns
