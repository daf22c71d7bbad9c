#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"

namespace cumulite::sns {
class SnsService;

struct DeleteTopicRequest {
  std::string topic_arn;
  static protocol::Members Describe();
};

struct DeleteTopicResponse {
  static protocol::Members Describe() { return {}; }
};

/// Deletes a topic with its subscriptions; one that is not there is no error.
///
/// Errors: InvalidParameter, AuthorizationError, InvalidState while it archives.
/// Thread: any. Source: SNS API Reference "DeleteTopic".
runtime::Task<DeleteTopicResponse> DeleteTopic(SnsService& sns, const protocol::RequestContext& context,
                                               DeleteTopicRequest request);

}  // namespace cumulite::sns
