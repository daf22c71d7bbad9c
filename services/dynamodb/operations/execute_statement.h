#pragma once
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/dynamodb/shapes.h"

namespace cumulite::dynamodb {
class DynamoDbService;

struct ExecuteStatementRequest {
  std::string statement;
  std::optional<std::vector<ValueInput>> parameters;
  std::optional<bool> consistent_read;
  std::optional<std::string> next_token;
  std::optional<std::string> return_consumed_capacity;
  std::optional<std::int32_t> limit;
  std::optional<std::string> return_values_on_condition_check_failure;
  static protocol::Members Describe();
};

struct ExecuteStatementResponse {
  std::optional<RawJson> items;
  std::optional<std::string> next_token;
  std::optional<ConsumedCapacity> consumed_capacity;
  std::optional<RawJson> last_evaluated_key;
  static protocol::Members Describe();
};

/// Runs one PartiQL statement: a read of one page, or a write of one item.
///
/// Shapes: statement 1..8192 characters; next_token 1..32768.
/// Errors: ConditionalCheckFailedException, DuplicateItemException, ResourceNotFoundException,
/// ProvisionedThroughputExceededException, TransactionConflictException, RequestLimitExceeded.
/// Thread: any.
/// Source: DynamoDB API Reference "ExecuteStatement"; Developer Guide "PartiQL - a SQL-compatible query
/// language for Amazon DynamoDB".
runtime::Task<ExecuteStatementResponse> ExecuteStatement(DynamoDbService& dynamodb,
                                                         const protocol::RequestContext& context,
                                                         ExecuteStatementRequest request);

}  // namespace cumulite::dynamodb
