#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"

namespace cumulite::sns {
class SnsService;

struct ConfirmSubscriptionRequest {
  std::string topic_arn;
  std::string token;
  std::optional<std::string> authenticate_on_unsubscribe;
  static protocol::Members Describe();
};

struct ConfirmSubscriptionResponse {
  std::string subscription_arn;
  static protocol::Members Describe();
};

/// Confirms a subscription by the token that its endpoint was sent. Needs no signature.
///
/// Errors: InvalidParameter, NotFound, AuthorizationError, FilterPolicyLimitExceeded.
/// Thread: any. Source: SNS API Reference "ConfirmSubscription".
runtime::Task<ConfirmSubscriptionResponse> ConfirmSubscription(SnsService& sns,
                                                               const protocol::RequestContext& context,
                                                               ConfirmSubscriptionRequest request);

}  // namespace cumulite::sns
