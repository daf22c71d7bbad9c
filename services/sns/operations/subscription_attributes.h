#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"

namespace cumulite::sns {
class SnsService;

struct GetSubscriptionAttributesRequest {
  std::string subscription_arn;
  static protocol::Members Describe();
};

struct GetSubscriptionAttributesResponse {
  std::map<std::string, std::string> attributes;
  static protocol::Members Describe();
};

/// All attributes of a subscription.
///
/// Errors: InvalidParameter, NotFound, AuthorizationError.
/// Thread: any. Source: SNS API Reference "GetSubscriptionAttributes".
runtime::Task<GetSubscriptionAttributesResponse> GetSubscriptionAttributes(
    SnsService& sns, const protocol::RequestContext& context, GetSubscriptionAttributesRequest request);

struct SetSubscriptionAttributesRequest {
  std::string subscription_arn;
  std::string attribute_name;
  std::optional<std::string> attribute_value;
  static protocol::Members Describe();
};

struct SetSubscriptionAttributesResponse {
  static protocol::Members Describe() { return {}; }
};

/// Changes one attribute; an empty value removes it.
///
/// Errors: InvalidParameter, FilterPolicyLimitExceeded, NotFound, AuthorizationError.
/// Thread: any. Source: SNS API Reference "SetSubscriptionAttributes".
runtime::Task<SetSubscriptionAttributesResponse> SetSubscriptionAttributes(
    SnsService& sns, const protocol::RequestContext& context, SetSubscriptionAttributesRequest request);

}  // namespace cumulite::sns
