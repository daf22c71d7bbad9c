#pragma once
#include <optional>
#include <string>
#include <vector>

#include "services/dynamodb/operations/statement_inputs.h"

namespace cumulite::dynamodb {

struct ExecuteTransactionRequest {
  std::vector<ParameterizedStatement> transact_statements;
  std::optional<std::string> client_request_token;
  std::optional<std::string> return_consumed_capacity;
  static protocol::Members Describe();
};

struct ExecuteTransactionResponse {
  std::vector<ItemResponse> responses;
  std::vector<ConsumedCapacity> consumed_capacity;
  static protocol::Members Describe();
};

/// Runs up to 100 PartiQL statements, all reads or all writes with conditions (EXISTS), all or none of them.
///
/// Errors: TransactionCanceledException with the reason of each statement,
/// IdempotentParameterMismatchException, ResourceNotFoundException, ProvisionedThroughputExceededException.
/// Thread: any.
/// Source: DynamoDB API Reference "ExecuteTransaction"; Developer Guide "Performing transactions with PartiQL
/// for DynamoDB".
runtime::Task<ExecuteTransactionResponse> ExecuteTransaction(DynamoDbService& dynamodb,
                                                             const protocol::RequestContext& context,
                                                             ExecuteTransactionRequest request);

}  // namespace cumulite::dynamodb
