#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"

namespace cumulite::sqs {
class SqsService;

struct AddPermissionRequest {
  std::string queue_url;
  std::string label;
  std::vector<std::string> aws_account_ids;
  std::vector<std::string> actions;
  static protocol::Members Describe();
};

struct AddPermissionResponse {
  static protocol::Members Describe() { return {}; }
};

/// Adds a statement to the queue's policy that lets accounts do actions.
///
/// Errors: QueueDoesNotExist, InvalidParameterValue, OverLimit.
/// Thread: any. Answers after the policy is stored. Source: SQS API Reference "AddPermission".
runtime::Task<AddPermissionResponse> AddPermission(SqsService& sqs, const protocol::RequestContext& context,
                                                   AddPermissionRequest request);

struct RemovePermissionRequest {
  std::string queue_url;
  std::string label;
  static protocol::Members Describe();
};

struct RemovePermissionResponse {
  static protocol::Members Describe() { return {}; }
};

/// Removes the statement of that label from the queue's policy; with the last one the policy goes.
///
/// Errors: QueueDoesNotExist, InvalidParameterValue.
/// Thread: any. Answers after the policy is stored. Source: SQS API Reference "RemovePermission".
runtime::Task<RemovePermissionResponse> RemovePermission(SqsService& sqs,
                                                         const protocol::RequestContext& context,
                                                         RemovePermissionRequest request);

}  // namespace cumulite::sqs
