#pragma once
#include <map>
#include <optional>
#include <string>

#include "protocol/operation.h"
#include "services/dynamodb/shapes.h"

namespace cumulite::dynamodb {
class DynamoDbService;

struct DeleteItemRequest {
  std::string table_name;
  ItemInput key;
  std::optional<std::map<std::string, ExpectedAttributeValue>> expected;
  std::optional<std::string> conditional_operator;
  std::optional<std::string> return_values;
  std::optional<std::string> return_consumed_capacity;
  std::optional<std::string> return_item_collection_metrics;
  std::optional<std::string> condition_expression;
  std::optional<std::map<std::string, std::string>> expression_attribute_names;
  std::optional<ItemInput> expression_attribute_values;
  std::optional<std::string> return_values_on_condition_check_failure;
  static protocol::Members Describe();
};

struct DeleteItemResponse {
  std::optional<RawJson> attributes;
  std::optional<ConsumedCapacity> consumed_capacity;
  std::optional<ItemCollectionMetrics> item_collection_metrics;
  static protocol::Members Describe();
};

/// Removes the item of a key, if there is one and a condition allows it.
///
/// Shapes: table_name 3..255 characters.
/// Errors: ConditionalCheckFailedException,
/// ProvisionedThroughputExceededException, ResourceNotFoundException,
/// ItemCollectionSizeLimitExceededException, TransactionConflictException,
/// RequestLimitExceeded, InternalServerError.
/// Thread: any.
/// Source: DynamoDB API Reference "DeleteItem".
runtime::Task<DeleteItemResponse> DeleteItem(DynamoDbService& dynamodb,
                                             const protocol::RequestContext& context,
                                             DeleteItemRequest request);

}  // namespace cumulite::dynamodb
