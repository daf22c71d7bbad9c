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

runtime::Task<ConfirmSubscriptionResponse> ConfirmSubscription(SnsService& sns,
                                                               const protocol::RequestContext& context,
                                                               ConfirmSubscriptionRequest request) {
  if (!IsConfirmationToken(request.token)) throw AwsError(kInvalidParameter, "Invalid token");
  const bool signs = request.authenticate_on_unsubscribe == "true" && !context.identity.access_key.empty();
  std::string topic_arn;
  const auto confirm = [&] {
    auto subscription = sns.store().LoadSubscriptionByToken(request.token);
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
