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

namespace {

/// Inside the job: asks an HTTP(S) endpoint whether it wants the subscription.
void AskEndpoint(SnsService& sns, const Subscription& subscription, const protocol::RequestContext& context) {
  if (subscription.protocol != "http" && subscription.protocol != "https") return;
  const std::string payload =
      EncodeConfirmation({.kind = Confirmation::kSubscription,
                          .arn = subscription.arn,
                          .topic_arn = subscription.topic_arn,
                          .endpoint = subscription.endpoint,
                          .token = subscription.token,
                          .address = std::string(context.scheme) + "://" + std::string(context.host)});
  sns.outbox().Add({.kind = kConfirmationKind, .payload = payload, .due = sns.clock().Now()});
}

}  // namespace

runtime::Task<SubscribeResponse> Subscribe(SnsService& sns, const protocol::RequestContext& context,
                                           SubscribeRequest request) {
  const TopicPtr topic = sns.OpenTopic(request.topic_arn, context, "Subscribe");
  Subscription subscription = ReadSubscription(sns, *topic, context, request);
  std::optional<ReplaySpan> span;
  if (const std::string_view policy = ValueOf(subscription.attributes, "ReplayPolicy"); !policy.empty()) {
    span = ReadReplayPolicy(policy, sns.clock().Now(), "Attributes Reason: ");
  }
  const auto subscribe = [&] {
    SnsStore& store = sns.store();
    if (!store.LoadTopic(topic->arn)) throw TopicDoesNotExist();
    auto current = store.LoadSubscription(topic->arn, subscription.protocol, subscription.endpoint);
    if (!current) {
      store.InsertSubscription(subscription);
      if (!subscription.confirmed) AskEndpoint(sns, subscription, context);
      if (span) sns.replay().Begin(subscription, *span);
      return;
    }
    if (!HasSubscriptionAttributes(*current, request.attributes)) {
      throw Invalid("Attributes", "Subscription already exists with different attributes");
    }
    subscription = std::move(*current);
    if (!subscription.confirmed) AskEndpoint(sns, subscription, context);
  };
  co_await sns.Change(topic->arn, subscribe);
  if (!subscription.confirmed || span) sns.outbox().Wake();
  const bool tell = subscription.confirmed || request.return_subscription_arn.value_or(false);
  co_return SubscribeResponse{tell ? subscription.arn : std::string(kPending)};
}

}  // namespace cumulite::sns
