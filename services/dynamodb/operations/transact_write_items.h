#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/dynamodb/shapes.h"

namespace cumulite::dynamodb {
class DynamoDbService;

struct ConditionCheck {
  ItemInput key;
  std::string table_name;
  std::string condition_expression;
  std::optional<std::map<std::string, std::string>> expression_attribute_names;
  std::optional<ItemInput> expression_attribute_values;
  std::optional<std::string> return_values_on_condition_check_failure;
  static protocol::Members Describe();
};

struct TransactPut {
  ItemInput item;
  std::string table_name;
  std::optional<std::string> condition_expression;
  std::optional<std::map<std::string, std::string>> expression_attribute_names;
  std::optional<ItemInput> expression_attribute_values;
  std::optional<std::string> return_values_on_condition_check_failure;
  static protocol::Members Describe();
};

struct TransactDelete {
  ItemInput key;
  std::string table_name;
  std::optional<std::string> condition_expression;
  std::optional<std::map<std::string, std::string>> expression_attribute_names;
  std::optional<ItemInput> expression_attribute_values;
  std::optional<std::string> return_values_on_condition_check_failure;
  static protocol::Members Describe();
};

struct TransactUpdate {
  ItemInput key;
  std::string update_expression;
  std::string table_name;
  std::optional<std::string> condition_expression;
  std::optional<std::map<std::string, std::string>> expression_attribute_names;
  std::optional<ItemInput> expression_attribute_values;
  std::optional<std::string> return_values_on_condition_check_failure;
  static protocol::Members Describe();
};

struct TransactWriteItem {
  std::optional<ConditionCheck> condition_check;
  std::optional<TransactPut> put;
  std::optional<TransactDelete> delete_;
  std::optional<TransactUpdate> update;
  static protocol::Members Describe();
};

struct TransactWriteItemsRequest {
  std::vector<TransactWriteItem> transact_items;
  std::optional<std::string> return_consumed_capacity;
  std::optional<std::string> return_item_collection_metrics;
  std::optional<std::string> client_request_token;
  static protocol::Members Describe();
};

struct TransactWriteItemsResponse {
  std::vector<ConsumedCapacity> consumed_capacity;
  std::map<std::string, std::vector<ItemCollectionMetrics>> item_collection_metrics;
  static protocol::Members Describe();
};

/// Up to 100 puts, deletes, updates and condition checks of items of several tables: all of them or none.
///
/// Shapes: transact_items 1..100 elements; client_request_token 1..36
/// characters. Errors: ResourceNotFoundException, TransactionCanceledException,
/// TransactionInProgressException, IdempotentParameterMismatchException,
/// ProvisionedThroughputExceededException, RequestLimitExceeded,
/// InternalServerError.
/// Thread: any.
/// Source: DynamoDB API Reference "TransactWriteItems".
runtime::Task<TransactWriteItemsResponse> TransactWriteItems(DynamoDbService& dynamodb,
                                                             const protocol::RequestContext& context,
                                                             TransactWriteItemsRequest request);

}  // namespace cumulite::dynamodb
