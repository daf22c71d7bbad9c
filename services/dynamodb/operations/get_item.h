#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/dynamodb/shapes.h"

namespace cumulite::dynamodb {
class DynamoDbService;

struct GetItemRequest {
  std::string table_name;
  ItemInput key;
  std::optional<std::vector<std::string>> attributes_to_get;
  std::optional<bool> consistent_read;
  std::optional<std::string> return_consumed_capacity;
  std::optional<std::string> projection_expression;
  std::optional<std::map<std::string, std::string>> expression_attribute_names;
  static protocol::Members Describe();
};

struct GetItemResponse {
  std::optional<RawJson> item;
  std::optional<ConsumedCapacity> consumed_capacity;
  static protocol::Members Describe();
};

/// The item of a key, or the parts of it that a projection names.
///
/// Shapes: table_name 3..255 characters;
/// attributes_to_get 1 element or more. Errors:
/// ProvisionedThroughputExceededException, ResourceNotFoundException,
/// RequestLimitExceeded, InternalServerError. Thread: any. Source: DynamoDB API
/// Reference "GetItem".
runtime::Task<GetItemResponse> GetItem(DynamoDbService& dynamodb, const protocol::RequestContext& context,
                                       GetItemRequest request);

}  // namespace cumulite::dynamodb
