#pragma once
#include <optional>
#include <string>

#include "protocol/operation.h"
#include "services/dynamodb/tables/table_record.h"

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

inline constexpr std::int64_t kMaxRecoveryDays = 35;

/// The first moment that a table with point-in-time recovery can be restored to.
std::int64_t EarliestRestorable(const TableRecord& record, std::int64_t now_ms);

ContinuousBackupsDescription DescribeRecovery(const TableRecord& record, std::int64_t now_ms);

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
