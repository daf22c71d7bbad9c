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

struct ScanRequest {
  std::string table_name;
  std::optional<std::string> index_name;
  std::optional<std::vector<std::string>> attributes_to_get;
  std::optional<std::int32_t> limit;
  std::optional<std::string> select;
  std::optional<std::map<std::string, LegacyCondition>> scan_filter;
  std::optional<std::string> conditional_operator;
  std::optional<ItemInput> exclusive_start_key;
  std::optional<std::string> return_consumed_capacity;
  std::optional<std::int32_t> total_segments;
  std::optional<std::int32_t> segment;
  std::optional<std::string> projection_expression;
  std::optional<std::string> filter_expression;
  std::optional<std::map<std::string, std::string>> expression_attribute_names;
  std::optional<ItemInput> expression_attribute_values;
  std::optional<bool> consistent_read;
  static protocol::Members Describe();
};

struct ScanResponse {
  std::optional<RawJson> items;
  std::optional<std::int32_t> count;
  std::optional<std::int32_t> scanned_count;
  std::optional<RawJson> last_evaluated_key;
  std::optional<ConsumedCapacity> consumed_capacity;
  static protocol::Members Describe();
};

/// All items of a table or index, or those of one of several segments, in pages of 1 MB.
///
/// Shapes: table_name 3..255 characters; index_name 3..255 characters;
/// attributes_to_get 1 element or more;
/// limit 1 or more; total_segments 1..1'000'000; segment
/// 0..999'999.
/// Errors: ProvisionedThroughputExceededException, ResourceNotFoundException,
/// RequestLimitExceeded, InternalServerError. Thread: any. Source: DynamoDB API
/// Reference "Scan".
runtime::Task<ScanResponse> Scan(DynamoDbService& dynamodb, const protocol::RequestContext& context,
                                 ScanRequest request);

}  // namespace cumulite::dynamodb
