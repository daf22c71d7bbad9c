#include "services/sns/operations/confirm_subscription.h"

#include "services/sns/errors.h"
#include "services/sns/names.h"
#include "services/sns/sns_service.h"
#include "services/sns/tokens.h"

namespace cumulite::sns {
using protocol::Wire;

protocol::Members ConfirmSubscriptionRequest::Describe() {
  using T = ConfirmSubscriptionRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::topic_arn>("TopicArn").Required(),
      Wire<&T::token>("Token").Required(),
      Wire<&T::authenticate_on_unsubscribe>("AuthenticateOnUnsubscribe"),
  };
  return kMembers;
}

protocol::Members ConfirmSubscriptionResponse::Describe() {
  using T = ConfirmSubscriptionResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::subscription_arn>("SubscriptionArn"),
  };
  return kMembers;
}

namespace {

/// Inside the job: brings a subscription back whose endpoint was told how when it ended.
std::optional<Subscription> Restore(SnsService& sns, const std::string& topic_arn, const std::string& token) {
  const auto kept = sns.records().Load(Records::kUnsubscribed, topic_arn, token);
  if (!kept || !sns.store().LoadTopic(topic_arn)) return std::nullopt;
  const auto text = [&](std::string_view name) { return std::string(ValueOf(*kept, name)); };
  Subscription subscription;
  subscription.arn = text("arn");
  subscription.topic_arn = topic_arn;
  subscription.account = text("account");
  subscription.region = text("region");
  subscription.principal = text("principal");
  subscription.protocol = text("protocol");
  subscription.endpoint = text("endpoint");
  subscription.attributes = DecodeMap(text("attributes"));
  subscription.token = token;
  subscription.created = sns.clock().Now();
  sns.records().Erase(Records::kUnsubscribed, topic_arn, token);
  if (sns.store().LoadSubscription(topic_arn, subscription.protocol, subscription.endpoint))
    return std::nullopt;
  sns.store().InsertSubscription(subscription);
  return sns.store().LoadSubscription(subscription.arn);
}

}  // namespace

runtime::Task<ConfirmSubscriptionResponse> ConfirmSubscription(SnsService& sns,
                                                               const protocol::RequestContext& context,
                                                               ConfirmSubscriptionRequest request) {
  if (!IsConfirmationToken(request.token)) throw AwsError(kInvalidParameter, "Invalid token");
  const bool signs = request.authenticate_on_unsubscribe == "true" && !context.identity.access_key.empty();
  std::string topic_arn;
  const auto confirm = [&] {
    auto subscription = sns.store().LoadSubscriptionByToken(request.token);
    if (!subscription) subscription = Restore(sns, request.topic_arn, request.token);
    if (!subscription) throw Invalid("Token");
    // The name of the topic does not matter to AWS, its region does.
    if (RegionOf(request.topic_arn) != subscription->region) throw Invalid("Topic");
    topic_arn = subscription->topic_arn;
    if (!subscription->confirmed || signs != subscription->authenticated) {
      subscription->confirmed = true;
      subscription->authenticated = subscription->authenticated || signs;
      sns.store().SaveSubscription(*subscription);
    }
    return subscription->arn;
  };
  const std::string arn = co_await sns.writer().Run(confirm);
  sns.store().Forget(topic_arn);
  co_return ConfirmSubscriptionResponse{arn};
}

}  // namespace cumulite::sns
