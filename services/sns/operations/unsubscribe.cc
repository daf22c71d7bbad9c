#include "services/sns/operations/unsubscribe.h"

#include "services/sns/access.h"
#include "services/sns/errors.h"
#include "services/sns/names.h"
#include "services/sns/sns_service.h"

namespace cumulite::sns {
using protocol::Wire;

protocol::Members UnsubscribeRequest::Describe() {
  using T = UnsubscribeRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::subscription_arn>("SubscriptionArn").Required(),
  };
  return kMembers;
}

namespace {

/// Whoever has the address may end a subscription, unless it was confirmed by somebody who forbade that.
void CheckMayUnsubscribe(const SnsService& sns, const Subscription& subscription,
                         const protocol::RequestContext& context) {
  if (!context.strict || !subscription.authenticated) return;
  const bool anonymous = context.identity.access_key.empty();
  if (!anonymous && context.identity.account == subscription.account) return;
  const TopicPtr topic = sns.store().FindTopic(subscription.topic_arn);
  if (topic) Authorize(*topic, context, "Unsubscribe");
}

}  // namespace

runtime::Task<UnsubscribeResponse> Unsubscribe(SnsService& sns, const protocol::RequestContext& context,
                                               UnsubscribeRequest request) {
  // Without a signature the region is that of the address, which says none.
  protocol::RequestContext there = context;
  if (context.identity.access_key.empty()) there.identity.region = RegionOf(request.subscription_arn);
  CheckSubscriptionArn(request.subscription_arn, "SubscriptionArn", there);
  const SubscriptionPtr subscription = sns.store().FindSubscription(request.subscription_arn);
  if (!subscription) co_return UnsubscribeResponse{};
  CheckMayUnsubscribe(sns, *subscription, context);
  const auto erase = [&] {
    if (const auto current = sns.store().LoadSubscription(subscription->arn)) {
      sns.store().EraseSubscription(*current);
    }
  };
  co_await sns.Change(subscription->topic_arn, erase);
  co_return UnsubscribeResponse{};
}

}  // namespace cumulite::sns
