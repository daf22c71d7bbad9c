#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"

namespace cumulite::sns {
class SnsService;

struct AddPermissionRequest {
  std::string topic_arn;
  std::string label;
  std::vector<std::string> aws_account_id;
  std::vector<std::string> action_name;
  static protocol::Members Describe();
};

struct AddPermissionResponse {
  static protocol::Members Describe() { return {}; }
};

/// Adds a statement to the topic's policy that lets accounts do actions.
///
/// Errors: InvalidParameter, AuthorizationError, NotFound.
/// Thread: any. Source: SNS API Reference "AddPermission".
runtime::Task<AddPermissionResponse> AddPermission(SnsService& sns, const protocol::RequestContext& context,
                                                   AddPermissionRequest request);

struct RemovePermissionRequest {
  std::string topic_arn;
  std::string label;
  static protocol::Members Describe();
};

struct RemovePermissionResponse {
  static protocol::Members Describe() { return {}; }
};

/// Removes the statement of that label from the topic's policy.
///
/// Errors: InvalidParameter, AuthorizationError, NotFound.
/// Thread: any. Source: SNS API Reference "RemovePermission".
runtime::Task<RemovePermissionResponse> RemovePermission(SnsService& sns,
                                                         const protocol::RequestContext& context,
                                                         RemovePermissionRequest request);

}  // namespace cumulite::sns
