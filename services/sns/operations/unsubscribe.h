#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"

namespace cumulite::sns {
class SnsService;

struct UnsubscribeRequest {
  std::string subscription_arn;
  static protocol::Members Describe();
};

struct UnsubscribeResponse {
  static protocol::Members Describe() { return {}; }
};

/// Deletes a subscription; one that is not there is no error.
///
/// Errors: InvalidParameter, AuthorizationError, NotFound.
/// Thread: any. Source: SNS API Reference "Unsubscribe".
runtime::Task<UnsubscribeResponse> Unsubscribe(SnsService& sns, const protocol::RequestContext& context,
                                               UnsubscribeRequest request);

}  // namespace cumulite::sns
