#include "services/sns/operations/subscription_attributes.h"

#include "services/sns/errors.h"
#include "services/sns/sns_service.h"
#include "services/sns/subscription_attributes.h"

namespace cumulite::sns {
using protocol::Wire;

protocol::Members GetSubscriptionAttributesRequest::Describe() {
  using T = GetSubscriptionAttributesRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::subscription_arn>("SubscriptionArn").Required(),
  };
  return kMembers;
}

protocol::Members GetSubscriptionAttributesResponse::Describe() {
  using T = GetSubscriptionAttributesResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::attributes>("Attributes").KeepEmpty(),
  };
  return kMembers;
}

protocol::Members SetSubscriptionAttributesRequest::Describe() {
  using T = SetSubscriptionAttributesRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::subscription_arn>("SubscriptionArn").Required(),
      Wire<&T::attribute_name>("AttributeName").Required(),
      Wire<&T::attribute_value>("AttributeValue"),
  };
  return kMembers;
}

runtime::Task<GetSubscriptionAttributesResponse> GetSubscriptionAttributes(
    SnsService& sns, const protocol::RequestContext& context, GetSubscriptionAttributesRequest request) {
  const auto subscription =
      sns.OpenSubscription(request.subscription_arn, context, "GetSubscriptionAttributes");
  const TopicPtr topic = sns.store().FindTopic(subscription->topic_arn);
  GetSubscriptionAttributesResponse response;
  response.attributes = ShowSubscriptionAttributes(
      *subscription, topic ? ValueOf(topic->attributes, "DeliveryPolicy") : std::string_view());
  co_return response;
}

runtime::Task<SetSubscriptionAttributesResponse> SetSubscriptionAttributes(
    SnsService& sns, const protocol::RequestContext& context, SetSubscriptionAttributesRequest request) {
  const auto found = sns.OpenSubscription(request.subscription_arn, context, "SetSubscriptionAttributes");
  std::optional<ReplaySpan> span;
  if (request.attribute_name == "ReplayPolicy" && !request.attribute_value.value_or("").empty()) {
    span = ReadReplayPolicy(*request.attribute_value, sns.clock().Now(), "");
  }
  const auto change = [&] {
    const auto topic = sns.store().LoadTopic(found->topic_arn);
    auto subscription = sns.store().LoadSubscription(found->arn);
    if (!topic || !subscription) throw SubscriptionDoesNotExist();
    PutSubscriptionAttribute(*subscription, *topic, request.attribute_name,
                             request.attribute_value.value_or(""), AttributeCall::kSet);
    CheckFilterPolicy(*subscription, AttributeCall::kSet);
    sns.store().SaveSubscription(*subscription);
    if (span) sns.replay().Begin(*subscription, *span);
  };
  co_await sns.Change(found->topic_arn, change);
  if (span) sns.outbox().Wake();
  co_return SetSubscriptionAttributesResponse{};
}

}  // namespace cumulite::sns
