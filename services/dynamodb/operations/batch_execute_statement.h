#pragma once
#include <optional>
#include <string>
#include <vector>

#include "services/dynamodb/operations/statement_inputs.h"

namespace cumulite::dynamodb {

struct BatchExecuteStatementRequest {
  std::vector<BatchStatementRequest> statements;
  std::optional<std::string> return_consumed_capacity;
  static protocol::Members Describe();
};

struct BatchStatementError {
  std::optional<std::string> code;
  std::optional<std::string> message;
  std::optional<RawJson> item;
  static protocol::Members Describe();
};

struct BatchStatementResponse {
  std::optional<BatchStatementError> error;
  std::optional<std::string> table_name;
  std::optional<RawJson> item;
  static protocol::Members Describe();
};

struct BatchExecuteStatementResponse {
  std::vector<BatchStatementResponse> responses;
  std::vector<ConsumedCapacity> consumed_capacity;
  static protocol::Members Describe();
};

/// Runs up to 25 PartiQL statements, all reads or all writes, each on one item. One that fails leaves the
/// others alone and has an Error in its answer.
///
/// Errors: ValidationException for a mixture; RequestLimitExceeded, InternalServerError.
/// Thread: any.
/// Source: DynamoDB API Reference "BatchExecuteStatement"; Developer Guide "Running batch operations with
/// PartiQL for DynamoDB".
runtime::Task<BatchExecuteStatementResponse> BatchExecuteStatement(DynamoDbService& dynamodb,
                                                                   const protocol::RequestContext& context,
                                                                   BatchExecuteStatementRequest request);

}  // namespace cumulite::dynamodb
