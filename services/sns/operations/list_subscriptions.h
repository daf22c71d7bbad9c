#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"

namespace cumulite::sns {
class SnsService;

struct ListSubscriptionsRequest {
  std::optional<std::string> next_token;
  static protocol::Members Describe();
};

struct SubscriptionView {
  std::string subscription_arn;
  std::string owner;
  std::string protocol;
  std::string endpoint;
  std::string topic_arn;
  static protocol::Members Describe();
};

struct ListSubscriptionsResponse {
  std::vector<SubscriptionView> subscriptions;
  std::optional<std::string> next_token;
  static protocol::Members Describe();
};

/// The subscriptions of the caller's account and region, a hundred a page.
///
/// Errors: InvalidParameter, AuthorizationError.
/// Thread: any. Source: SNS API Reference "ListSubscriptions".
runtime::Task<ListSubscriptionsResponse> ListSubscriptions(SnsService& sns,
                                                           const protocol::RequestContext& context,
                                                           ListSubscriptionsRequest request);

struct ListSubscriptionsByTopicRequest {
  std::string topic_arn;
  std::optional<std::string> next_token;
  static protocol::Members Describe();
};

struct ListSubscriptionsByTopicResponse {
  std::vector<SubscriptionView> subscriptions;
  std::optional<std::string> next_token;
  static protocol::Members Describe();
};

/// The subscriptions of a topic, a hundred a page.
///
/// Errors: InvalidParameter, NotFound, AuthorizationError.
/// Thread: any. Source: SNS API Reference "ListSubscriptionsByTopic".
runtime::Task<ListSubscriptionsByTopicResponse> ListSubscriptionsByTopic(
    SnsService& sns, const protocol::RequestContext& context, ListSubscriptionsByTopicRequest request);

}  // namespace cumulite::sns
