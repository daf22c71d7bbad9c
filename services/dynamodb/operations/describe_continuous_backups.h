#pragma once
#include <optional>
#include <string>

#include "protocol/operation.h"
#include "services/dynamodb/shapes.h"

namespace cumulite::dynamodb {
class DynamoDbService;

struct DescribeContinuousBackupsRequest {
  std::optional<std::string> table_name;
  static protocol::Members Describe();
};

struct DescribeContinuousBackupsResponse {
  std::optional<ContinuousBackupsDescription> continuous_backups_description;
  static protocol::Members Describe();
};

/// Whether a table can be restored to any moment of the last 35 days.
///
/// Shapes: table_name 3..255 characters.
/// Errors: TableNotFoundException, InternalServerError.
/// Thread: any.
/// Source: DynamoDB API Reference "DescribeContinuousBackups".
runtime::Task<DescribeContinuousBackupsResponse> DescribeContinuousBackups(
    DynamoDbService& dynamodb, const protocol::RequestContext& context,
    DescribeContinuousBackupsRequest request);

}  // namespace cumulite::dynamodb
