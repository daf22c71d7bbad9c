#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/dynamodb/shapes.h"

namespace cumulite::dynamodb {
class DynamoDbService;

struct QueryRequest {
  std::string table_name;
  std::optional<std::string> index_name;
  std::optional<std::string> select;
  std::optional<std::vector<std::string>> attributes_to_get;
  std::optional<std::int32_t> limit;
  std::optional<bool> consistent_read;
  std::optional<std::map<std::string, LegacyCondition>> key_conditions;
  std::optional<std::map<std::string, LegacyCondition>> query_filter;
  std::optional<std::string> conditional_operator;
  std::optional<bool> scan_index_forward;
  std::optional<ItemInput> exclusive_start_key;
  std::optional<std::string> return_consumed_capacity;
  std::optional<std::string> projection_expression;
  std::optional<std::string> filter_expression;
  std::optional<std::string> key_condition_expression;
  std::optional<std::map<std::string, std::string>> expression_attribute_names;
  std::optional<ItemInput> expression_attribute_values;
  static protocol::Members Describe();
};

struct QueryResponse {
  std::optional<RawJson> items;
  std::optional<std::int32_t> count;
  std::optional<std::int32_t> scanned_count;
  std::optional<RawJson> last_evaluated_key;
  std::optional<ConsumedCapacity> consumed_capacity;
  static protocol::Members Describe();
};

/// The items of one hash key in the order of their range keys, in pages of 1 MB.
///
/// Shapes: table_name 3..255 characters; index_name 3..255 characters;
/// attributes_to_get 1 element or more;
/// limit 1 or more. Errors:
/// ProvisionedThroughputExceededException, ResourceNotFoundException,
/// RequestLimitExceeded, InternalServerError. Thread: any. Source: DynamoDB API
/// Reference "Query".
runtime::Task<QueryResponse> Query(DynamoDbService& dynamodb, const protocol::RequestContext& context,
                                   QueryRequest request);

}  // namespace cumulite::dynamodb
