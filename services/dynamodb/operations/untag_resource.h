#pragma once
#include <string>
#include <vector>

#include "protocol/operation.h"

namespace cumulite::dynamodb {
class DynamoDbService;

struct UntagResourceRequest {
  std::string resource_arn;
  std::vector<std::string> tag_keys;
  static protocol::Members Describe();
};

struct UntagResourceResponse {
  static protocol::Members Describe() { return {}; }
};

/// Removes tags of a table; those that it has not are no error.
///
/// Shapes: resource_arn 1..1283 characters.
/// Errors: LimitExceededException, ResourceNotFoundException,
/// InternalServerError, ResourceInUseException. Thread: any. Source: DynamoDB
/// API Reference "UntagResource".
runtime::Task<UntagResourceResponse> UntagResource(DynamoDbService& dynamodb,
                                                   const protocol::RequestContext& context,
                                                   UntagResourceRequest request);

}  // namespace cumulite::dynamodb
