#pragma once
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/dynamodb/shapes.h"

namespace cumulite::dynamodb {
class DynamoDbService;

struct TagResourceRequest {
  std::string resource_arn;
  std::vector<Tag> tags;
  static protocol::Members Describe();
};

struct TagResourceResponse {
  static protocol::Members Describe() { return {}; }
};

/// Adds tags to a table, or changes their values.
///
/// Shapes: resource_arn 1..1283 characters.
/// Errors: LimitExceededException, ResourceNotFoundException,
/// InternalServerError, ResourceInUseException. Thread: any. Source: DynamoDB
/// API Reference "TagResource".
runtime::Task<TagResourceResponse> TagResource(DynamoDbService& dynamodb,
                                               const protocol::RequestContext& context,
                                               TagResourceRequest request);

}  // namespace cumulite::dynamodb
