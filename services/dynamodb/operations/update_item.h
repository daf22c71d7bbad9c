#pragma once
#include <map>
#include <optional>
#include <string>

#include "protocol/operation.h"
#include "services/dynamodb/shapes.h"

namespace cumulite::dynamodb {
class DynamoDbService;

struct ValueInputUpdate {
  std::optional<ValueInput> value;
  std::optional<std::string> action;
  static protocol::Members Describe();
};

struct UpdateItemRequest {
  std::string table_name;
  ItemInput key;
  std::optional<std::map<std::string, ValueInputUpdate>> attribute_updates;
  std::optional<std::map<std::string, ExpectedAttributeValue>> expected;
  std::optional<std::string> conditional_operator;
  std::optional<std::string> return_values;
  std::optional<std::string> return_consumed_capacity;
  std::optional<std::string> return_item_collection_metrics;
  std::optional<std::string> update_expression;
  std::optional<std::string> condition_expression;
  std::optional<std::map<std::string, std::string>> expression_attribute_names;
  std::optional<ItemInput> expression_attribute_values;
  std::optional<std::string> return_values_on_condition_check_failure;
  static protocol::Members Describe();
};

struct UpdateItemResponse {
  std::optional<RawJson> attributes;
  std::optional<ConsumedCapacity> consumed_capacity;
  std::optional<ItemCollectionMetrics> item_collection_metrics;
  static protocol::Members Describe();
};

/// Changes attributes of the item of a key, or makes one, if a condition allows it.
///
/// Shapes: table_name 3..255 characters.
/// Errors: ConditionalCheckFailedException,
/// ProvisionedThroughputExceededException, ResourceNotFoundException,
/// ItemCollectionSizeLimitExceededException, TransactionConflictException,
/// RequestLimitExceeded, InternalServerError.
/// Thread: any.
/// Source: DynamoDB API Reference "UpdateItem".
runtime::Task<UpdateItemResponse> UpdateItem(DynamoDbService& dynamodb,
                                             const protocol::RequestContext& context,
                                             UpdateItemRequest request);

}  // namespace cumulite::dynamodb
