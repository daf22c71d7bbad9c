#pragma once
#include <optional>
#include <string>

#include "protocol/operation.h"
#include "services/dynamodb/shapes.h"

namespace cumulite::dynamodb {
class DynamoDbService;

struct DeleteTableRequest {
  std::optional<std::string> table_name;
  static protocol::Members Describe();
};

struct DeleteTableResponse {
  std::optional<TableDescription> table_description;
  static protocol::Members Describe();
};

/// Removes a table with its items and indexes. Its stream stays readable for a day.
///
/// Shapes: table_name 3..255 characters.
/// Errors: ResourceInUseException, ResourceNotFoundException,
/// LimitExceededException, InternalServerError. Thread: any. Source: DynamoDB
/// API Reference "DeleteTable".
runtime::Task<DeleteTableResponse> DeleteTable(DynamoDbService& dynamodb,
                                               const protocol::RequestContext& context,
                                               DeleteTableRequest request);

}  // namespace cumulite::dynamodb
