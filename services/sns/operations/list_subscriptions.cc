#include "services/sns/operations/list_subscriptions.h"

#include "services/sns/access.h"
#include "services/sns/errors.h"
#include "services/sns/page.h"
#include "services/sns/sns_service.h"

namespace cumulite::sns {
using protocol::Wire;

protocol::Members ListSubscriptionsRequest::Describe() {
  using T = ListSubscriptionsRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::next_token>("NextToken"),
  };
  return kMembers;
}

protocol::Members SubscriptionView::Describe() {
  using T = SubscriptionView;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::subscription_arn>("SubscriptionArn"),
      Wire<&T::owner>("Owner"),
      Wire<&T::protocol>("Protocol"),
      Wire<&T::endpoint>("Endpoint"),
      Wire<&T::topic_arn>("TopicArn"),
  };
  return kMembers;
}

protocol::Members ListSubscriptionsResponse::Describe() {
  using T = ListSubscriptionsResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::subscriptions>("Subscriptions").KeepEmpty(),
      Wire<&T::next_token>("NextToken"),
  };
  return kMembers;
}

protocol::Members ListSubscriptionsByTopicRequest::Describe() {
  using T = ListSubscriptionsByTopicRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::topic_arn>("TopicArn").Required(),
      Wire<&T::next_token>("NextToken"),
  };
  return kMembers;
}

protocol::Members ListSubscriptionsByTopicResponse::Describe() {
  using T = ListSubscriptionsByTopicResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::subscriptions>("Subscriptions").KeepEmpty(),
      Wire<&T::next_token>("NextToken"),
  };
  return kMembers;
}

namespace {

template <class Response>
Response ShowPage(SubscriptionList list) {
  Response response;
  if (list.size() > kPageSize) {
    list.resize(kPageSize);
    response.next_token = MakeToken(std::to_string(list.back()->number));
  }
  for (const SubscriptionPtr& subscription : list) {
    SubscriptionView& view = response.subscriptions.emplace_back();
    view.subscription_arn = subscription->confirmed ? subscription->arn : "PendingConfirmation";
    view.owner = subscription->account;
    view.protocol = subscription->protocol;
    view.endpoint = subscription->endpoint;
    view.topic_arn = subscription->topic_arn;
  }
  return response;
}

}  // namespace

runtime::Task<ListSubscriptionsResponse> ListSubscriptions(SnsService& sns,
                                                           const protocol::RequestContext& context,
                                                           ListSubscriptionsRequest request) {
  AuthorizeOwn(context, "ListSubscriptions");
  const std::int64_t after = ReadNumberToken(request.next_token);
  co_return ShowPage<ListSubscriptionsResponse>(
      sns.store().ListSubscriptions(context.identity.account, context.identity.region, after, kPageSize + 1));
}

runtime::Task<ListSubscriptionsByTopicResponse> ListSubscriptionsByTopic(
    SnsService& sns, const protocol::RequestContext& context, ListSubscriptionsByTopicRequest request) {
  const TopicPtr topic = sns.OpenTopic(request.topic_arn, context, "ListSubscriptionsByTopic");
  const std::int64_t after = ReadNumberToken(request.next_token);
  co_return ShowPage<ListSubscriptionsByTopicResponse>(
      sns.store().ListByTopic(topic->arn, after, kPageSize + 1));
}

}  // namespace cumulite::sns
