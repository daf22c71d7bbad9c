#pragma once
#include <optional>
#include <string>

#include "protocol/operation.h"
#include "services/dynamodb/shapes.h"

namespace cumulite::dynamodb {
class DynamoDbService;

struct DescribeTableRequest {
  std::optional<std::string> table_name;
  static protocol::Members Describe();
};

struct DescribeTableResponse {
  std::optional<TableDescription> table;
  static protocol::Members Describe();
};

/// Says what a table is, how many items it has and what its indexes are.
///
/// Shapes: table_name 3..255 characters.
/// Errors: ResourceNotFoundException, InternalServerError.
/// Thread: any.
/// Source: DynamoDB API Reference "DescribeTable".
runtime::Task<DescribeTableResponse> DescribeTable(DynamoDbService& dynamodb,
                                                   const protocol::RequestContext& context,
                                                   DescribeTableRequest request);

}  // namespace cumulite::dynamodb
