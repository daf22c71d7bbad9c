#pragma once
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/dynamodb/shapes.h"

namespace cumulite::dynamodb {
class DynamoDbService;

struct ListTagsOfResourceRequest {
  std::string resource_arn;
  std::optional<std::string> next_token;
  static protocol::Members Describe();
};

struct ListTagsOfResourceResponse {
  std::vector<Tag> tags;
  std::optional<std::string> next_token;
  static protocol::Members Describe();
};

/// The tags of a table, all on one page.
///
/// Shapes: resource_arn 1..1283 characters.
/// Errors: ResourceNotFoundException, InternalServerError.
/// Thread: any.
/// Source: DynamoDB API Reference "ListTagsOfResource".
runtime::Task<ListTagsOfResourceResponse> ListTagsOfResource(DynamoDbService& dynamodb,
                                                             const protocol::RequestContext& context,
                                                             ListTagsOfResourceRequest request);

}  // namespace cumulite::dynamodb
