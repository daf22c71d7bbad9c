#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"

namespace cumulite::sns {
class SnsService;

struct SubscribeRequest {
  std::string topic_arn;
  std::string protocol;
  std::optional<std::string> endpoint;
  std::map<std::string, std::string> attributes;
  std::optional<bool> return_subscription_arn;
  static protocol::Members Describe();
};

struct SubscribeResponse {
  std::string subscription_arn;
  static protocol::Members Describe();
};

/// Subscribes an endpoint to a topic. What AWS can reach itself is confirmed at once; HTTP(S) and email
/// endpoints get a token by which they confirm.
///
/// Errors: FilterPolicyLimitExceeded, InvalidParameter, NotFound, AuthorizationError.
/// Thread: any. Source: SNS API Reference "Subscribe".
runtime::Task<SubscribeResponse> Subscribe(SnsService& sns, const protocol::RequestContext& context,
                                           SubscribeRequest request);

}  // namespace cumulite::sns
