#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/dynamodb/shapes.h"

namespace cumulite::dynamodb {
class DynamoDbService;

struct KeysAndAttributes {
  std::vector<ItemInput> keys;
  std::optional<std::vector<std::string>> attributes_to_get;
  std::optional<bool> consistent_read;
  std::optional<std::string> projection_expression;
  std::optional<std::map<std::string, std::string>> expression_attribute_names;
  static protocol::Members Describe();
};

struct BatchGetItemRequest {
  std::map<std::string, KeysAndAttributes> request_items;
  std::optional<std::string> return_consumed_capacity;
  static protocol::Members Describe();
};

struct BatchGetItemResponse {
  std::map<std::string, RawJson> responses;
  std::map<std::string, KeysAndAttributes> unprocessed_keys;
  std::vector<ConsumedCapacity> consumed_capacity;
  static protocol::Members Describe();
};

/// Items of up to 100 keys of several tables, up to 16 MB of them; the rest is named as unprocessed.
///
/// Shapes: request_items 1..100 entries.
/// Errors: ProvisionedThroughputExceededException, ResourceNotFoundException,
/// RequestLimitExceeded, InternalServerError. Thread: any. Source: DynamoDB API
/// Reference "BatchGetItem".
runtime::Task<BatchGetItemResponse> BatchGetItem(DynamoDbService& dynamodb,
                                                 const protocol::RequestContext& context,
                                                 BatchGetItemRequest request);

}  // namespace cumulite::dynamodb
