#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "protocol/operation.h"
#include "services/dynamodb/shapes.h"

namespace cumulite::dynamodb {
class DynamoDbService;

struct PointInTimeRecoverySpecification {
  bool point_in_time_recovery_enabled = false;
  std::optional<std::int32_t> recovery_period_in_days;
  static protocol::Members Describe();
};

struct UpdateContinuousBackupsRequest {
  std::string table_name;
  PointInTimeRecoverySpecification point_in_time_recovery_specification;
  static protocol::Members Describe();
};

struct UpdateContinuousBackupsResponse {
  std::optional<ContinuousBackupsDescription> continuous_backups_description;
  static protocol::Members Describe();
};

/// Switches on or off that a table can be restored to any moment of its recovery period.
///
/// Shapes: recovery_period_in_days 1..35.
/// Errors: TableNotFoundException, ContinuousBackupsUnavailableException, InternalServerError.
/// Thread: any.
/// Source: DynamoDB API Reference "UpdateContinuousBackups".
runtime::Task<UpdateContinuousBackupsResponse> UpdateContinuousBackups(
    DynamoDbService& dynamodb, const protocol::RequestContext& context,
    UpdateContinuousBackupsRequest request);

}  // namespace cumulite::dynamodb
