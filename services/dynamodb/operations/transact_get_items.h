#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/dynamodb/shapes.h"

namespace cumulite::dynamodb {
class DynamoDbService;

struct Get {
  ItemInput key;
  std::string table_name;
  std::optional<std::string> projection_expression;
  std::optional<std::map<std::string, std::string>> expression_attribute_names;
  static protocol::Members Describe();
};

struct TransactGetItem {
  Get get;
  static protocol::Members Describe();
};

struct TransactGetItemsRequest {
  std::vector<TransactGetItem> transact_items;
  std::optional<std::string> return_consumed_capacity;
  static protocol::Members Describe();
};

struct TransactGetItemsResponse {
  std::vector<ConsumedCapacity> consumed_capacity;
  std::vector<ItemResponse> responses;
  static protocol::Members Describe();
};

/// Up to 100 items of several tables, all as they were at one moment.
///
/// Shapes: transact_items 1..100 elements.
/// Errors: ResourceNotFoundException, TransactionCanceledException,
/// ProvisionedThroughputExceededException, RequestLimitExceeded,
/// InternalServerError. Thread: any. Source: DynamoDB API Reference
/// "TransactGetItems".
runtime::Task<TransactGetItemsResponse> TransactGetItems(DynamoDbService& dynamodb,
                                                         const protocol::RequestContext& context,
                                                         TransactGetItemsRequest request);

}  // namespace cumulite::dynamodb
