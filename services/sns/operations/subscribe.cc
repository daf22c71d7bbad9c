#include "services/sns/operations/subscribe.h"

#include "base/ids.h"
#include "services/sns/access.h"
#include "services/sns/errors.h"
#include "services/sns/sns_service.h"
#include "services/sns/subscription_attributes.h"
#include "services/sns/tokens.h"

namespace cumulite::sns {
using protocol::Wire;

protocol::Members SubscribeRequest::Describe() {
  using T = SubscribeRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::topic_arn>("TopicArn").Required(),
      Wire<&T::protocol>("Protocol").Required(),
      Wire<&T::endpoint>("Endpoint"),
      Wire<&T::attributes>("Attributes"),
      Wire<&T::return_subscription_arn>("ReturnSubscriptionArn"),
  };
  return kMembers;
}

protocol::Members SubscribeResponse::Describe() {
  using T = SubscribeResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::subscription_arn>("SubscriptionArn"),
  };
  return kMembers;
}

namespace {

constexpr std::string_view kPending = "pending confirmation";

Subscription ReadSubscription(const SnsService& sns, const Topic& topic,
                              const protocol::RequestContext& context, const SubscribeRequest& request) {
  Subscription subscription;
  subscription.topic_arn = topic.arn;
  subscription.arn = topic.arn + ":" + base::RandomUuid();
  subscription.account = context.identity.account;
  subscription.region = topic.region;
  subscription.principal = context.identity.principal;
  subscription.protocol = request.protocol;
  subscription.endpoint = request.endpoint.value_or("");
  CheckEndpoint(subscription.protocol, subscription.endpoint, topic);
  for (const auto& [name, value] : request.attributes) {
    PutSubscriptionAttribute(subscription, topic, name, value, AttributeCall::kSubscribe);
  }
  CheckFilterPolicy(subscription, AttributeCall::kSubscribe);
  if (subscription.protocol == "firehose" && !subscription.attributes.contains("SubscriptionRoleArn")) {
    throw Invalid("Attributes", "SubscriptionRoleArn is required for protocol firehose");
  }
  subscription.token = MakeConfirmationToken();
  subscription.confirmed = !NeedsConfirmation(subscription.protocol);
  subscription.authenticated = subscription.confirmed;
  subscription.created = sns.clock().Now();
  return subscription;
}

}  // namespace

runtime::Task<SubscribeResponse> Subscribe(SnsService& sns, const protocol::RequestContext& context,
                                           SubscribeRequest request) {
  const TopicPtr topic = sns.OpenTopic(request.topic_arn, context, "Subscribe");
  Subscription subscription = ReadSubscription(sns, *topic, context, request);
  const auto subscribe = [&] {
    SnsStore& store = sns.store();
    if (!store.LoadTopic(topic->arn)) throw TopicDoesNotExist();
    auto current = store.LoadSubscription(topic->arn, subscription.protocol, subscription.endpoint);
    if (!current) {
      store.InsertSubscription(subscription);
      return;
    }
    if (!HasSubscriptionAttributes(*current, request.attributes)) {
      throw Invalid("Attributes", "Subscription already exists with different attributes");
    }
    subscription = std::move(*current);
  };
  co_await sns.Change(topic->arn, subscribe);
  const bool tell = subscription.confirmed || request.return_subscription_arn.value_or(false);
  co_return SubscribeResponse{tell ? subscription.arn : std::string(kPending)};
}

}  // namespace cumulite::sns
