#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/dynamodb/shapes.h"

namespace cumulite::dynamodb {
class DynamoDbService;

struct ListTablesRequest {
  std::optional<std::string> exclusive_start_table_name;
  std::optional<std::int32_t> limit;
  static protocol::Members Describe();
};

struct ListTablesResponse {
  std::vector<std::string> table_names;
  std::optional<std::string> last_evaluated_table_name;
  static protocol::Members Describe();
};

/// Names the tables of the account in the region, in the order of their names.
///
/// Shapes: exclusive_start_table_name 3..255 characters; limit 1..100.
/// Errors: InternalServerError.
/// Thread: any.
/// Source: DynamoDB API Reference "ListTables".
runtime::Task<ListTablesResponse> ListTables(DynamoDbService& dynamodb,
                                             const protocol::RequestContext& context,
                                             ListTablesRequest request);

}  // namespace cumulite::dynamodb
