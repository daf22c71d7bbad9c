#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/dynamodb/shapes.h"

namespace cumulite::dynamodb {
class DynamoDbService;

struct RestoreTableFromBackupRequest {
  std::string target_table_name;
  std::string backup_arn;
  std::optional<std::string> billing_mode_override;
  std::optional<std::vector<GlobalSecondaryIndex>> global_secondary_index_override;
  std::optional<std::vector<LocalSecondaryIndex>> local_secondary_index_override;
  std::optional<ProvisionedThroughput> provisioned_throughput_override;
  std::optional<OnDemandThroughput> on_demand_throughput_override;
  std::optional<SSESpecification> sse_specification_override;
  static protocol::Members Describe();
};

struct RestoreTableFromBackupResponse {
  std::optional<TableDescription> table_description;
  static protocol::Members Describe();
};

struct RestoreTableToPointInTimeRequest {
  std::optional<std::string> source_table_arn;
  std::optional<std::string> source_table_name;
  std::string target_table_name;
  std::optional<bool> use_latest_restorable_time;
  std::optional<protocol::Timestamp> restore_date_time;
  std::optional<std::string> billing_mode_override;
  std::optional<std::vector<GlobalSecondaryIndex>> global_secondary_index_override;
  std::optional<std::vector<LocalSecondaryIndex>> local_secondary_index_override;
  std::optional<ProvisionedThroughput> provisioned_throughput_override;
  std::optional<OnDemandThroughput> on_demand_throughput_override;
  std::optional<SSESpecification> sse_specification_override;
  static protocol::Members Describe();
};

struct RestoreTableToPointInTimeResponse {
  std::optional<TableDescription> table_description;
  static protocol::Members Describe();
};

/// Makes a table of what a backup holds. It is CREATING until all items and indexes are there.
///
/// Shapes: target_table_name 3..255 characters; backup_arn 37..1024 characters.
/// Errors: TableAlreadyExistsException, BackupNotFoundException, BackupInUseException.
/// Thread: any.
/// Source: DynamoDB API Reference "RestoreTableFromBackup".
runtime::Task<RestoreTableFromBackupResponse> RestoreTableFromBackup(DynamoDbService& dynamodb,
                                                                     const protocol::RequestContext& context,
                                                                     RestoreTableFromBackupRequest request);

/// Makes a table of what another one was at a moment of its recovery period.
///
/// Shapes: target_table_name 3..255 characters.
/// Errors: TableAlreadyExistsException, TableNotFoundException, InvalidRestoreTimeException,
/// PointInTimeRecoveryUnavailableException.
/// Thread: any.
/// Source: DynamoDB API Reference "RestoreTableToPointInTime".
runtime::Task<RestoreTableToPointInTimeResponse> RestoreTableToPointInTime(
    DynamoDbService& dynamodb, const protocol::RequestContext& context,
    RestoreTableToPointInTimeRequest request);

}  // namespace cumulite::dynamodb
