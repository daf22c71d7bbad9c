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
  if (!context.strict) return;
  const bool anonymous = context.identity.access_key.empty();
  if (!anonymous && context.identity.account == subscription.account) {
    AuthorizeOwn(context, "Unsubscribe", subscription.arn);
    return;
  }
  if (!subscription.authenticated) return;
  const TopicPtr topic = sns.store().FindTopic(subscription.topic_arn);
  if (topic) Authorize(*topic, context, "Unsubscribe");
}

/// The link of the UnsubscribeConfirmation brings the subscription back.
void KeepForRestoring(SnsService& sns, const Subscription& subscription) {
  sns.records().Put(Records::kUnsubscribed, subscription.topic_arn, subscription.token,
                    {{"arn", subscription.arn},
                     {"account", subscription.account},
                     {"region", subscription.region},
                     {"principal", subscription.principal},
                     {"protocol", subscription.protocol},
                     {"endpoint", subscription.endpoint},
                     {"attributes", EncodeMap(subscription.attributes)}});
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
      if (!current->confirmed || (current->protocol != "http" && current->protocol != "https")) return;
      KeepForRestoring(sns, *current);
      const std::string payload =
          EncodeConfirmation({.kind = Confirmation::kUnsubscribe,
                              .arn = current->arn,
                              .topic_arn = current->topic_arn,
                              .endpoint = current->endpoint,
                              .token = current->token,
                              .address = std::string(context.scheme) + "://" + std::string(context.host)});
      sns.outbox().Add({.kind = kConfirmationKind, .payload = payload, .due = sns.clock().Now()});
    }
  };
  co_await sns.Change(subscription->topic_arn, erase, storage::Room::kMakes);
  sns.outbox().Wake();
  co_return UnsubscribeResponse{};
}

}  // namespace cumulite::sns
