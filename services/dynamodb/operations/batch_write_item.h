#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/dynamodb/shapes.h"

namespace cumulite::dynamodb {
class DynamoDbService;

struct PutRequest {
  ItemInput item;
  static protocol::Members Describe();
};

struct DeleteRequest {
  ItemInput key;
  static protocol::Members Describe();
};

struct WriteRequest {
  std::optional<PutRequest> put_request;
  std::optional<DeleteRequest> delete_request;
  static protocol::Members Describe();
};

struct BatchWriteItemRequest {
  std::map<std::string, std::vector<WriteRequest>> request_items;
  std::optional<std::string> return_consumed_capacity;
  std::optional<std::string> return_item_collection_metrics;
  static protocol::Members Describe();
};

struct BatchWriteItemResponse {
  std::map<std::string, std::vector<WriteRequest>> unprocessed_items;
  std::map<std::string, std::vector<ItemCollectionMetrics>> item_collection_metrics;
  std::vector<ConsumedCapacity> consumed_capacity;
  static protocol::Members Describe();
};

/// Up to 25 puts and deletes of items of several tables, each on its own.
///
/// Shapes: request_items 1..25 entries.
/// Errors: ProvisionedThroughputExceededException, ResourceNotFoundException,
/// ItemCollectionSizeLimitExceededException, RequestLimitExceeded,
/// InternalServerError. Thread: any. Source: DynamoDB API Reference
/// "BatchWriteItem".
runtime::Task<BatchWriteItemResponse> BatchWriteItem(DynamoDbService& dynamodb,
                                                     const protocol::RequestContext& context,
                                                     BatchWriteItemRequest request);

}  // namespace cumulite::dynamodb
