#pragma once
#include <optional>
#include <string>

#include "protocol/operation.h"
#include "services/dynamodb/shapes.h"

namespace cumulite::dynamodb {
class DynamoDbService;

struct PutResourcePolicyRequest {
  std::string resource_arn;
  std::string policy;
  std::optional<std::string> expected_revision_id;
  std::optional<bool> confirm_remove_self_resource_access;
  static protocol::Members Describe();
};

struct PutResourcePolicyResponse {
  std::optional<std::string> revision_id;
  static protocol::Members Describe();
};

struct GetResourcePolicyRequest {
  std::string resource_arn;
  static protocol::Members Describe();
};

struct GetResourcePolicyResponse {
  std::optional<std::string> policy;
  std::optional<std::string> revision_id;
  static protocol::Members Describe();
};

struct DeleteResourcePolicyRequest {
  std::string resource_arn;
  std::optional<std::string> expected_revision_id;
  static protocol::Members Describe();
};

struct DeleteResourcePolicyResponse {
  std::optional<std::string> revision_id;
  static protocol::Members Describe();
};

/// Sets who may use a table or a stream, see access.h.
///
/// Shapes: resource_arn 1..1283 characters; policy up to 20 KB.
/// Errors: ResourceNotFoundException, PolicyNotFoundException, LimitExceededException.
/// Thread: any.
/// Source: DynamoDB API Reference "PutResourcePolicy".
runtime::Task<PutResourcePolicyResponse> PutResourcePolicy(DynamoDbService& dynamodb,
                                                           const protocol::RequestContext& context,
                                                           PutResourcePolicyRequest request);

/// The policy of a table or a stream.
///
/// Shapes: resource_arn 1..1283 characters.
/// Errors: ResourceNotFoundException, PolicyNotFoundException.
/// Thread: any.
/// Source: DynamoDB API Reference "GetResourcePolicy".
runtime::Task<GetResourcePolicyResponse> GetResourcePolicy(DynamoDbService& dynamodb,
                                                           const protocol::RequestContext& context,
                                                           GetResourcePolicyRequest request);

/// Removes the policy of a table or a stream; to remove none is no error.
///
/// Shapes: resource_arn 1..1283 characters.
/// Errors: ResourceNotFoundException, PolicyNotFoundException.
/// Thread: any.
/// Source: DynamoDB API Reference "DeleteResourcePolicy".
runtime::Task<DeleteResourcePolicyResponse> DeleteResourcePolicy(DynamoDbService& dynamodb,
                                                                 const protocol::RequestContext& context,
                                                                 DeleteResourcePolicyRequest request);

}  // namespace cumulite::dynamodb
