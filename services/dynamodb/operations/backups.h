#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/dynamodb/backups/backup_store.h"
#include "services/dynamodb/shapes.h"

namespace cumulite::dynamodb {
class DynamoDbService;

struct CreateBackupRequest {
  std::string table_name;
  std::string backup_name;
  static protocol::Members Describe();
};

struct CreateBackupResponse {
  std::optional<BackupDetails> backup_details;
  static protocol::Members Describe();
};

struct DescribeBackupRequest {
  std::string backup_arn;
  static protocol::Members Describe();
};

struct DescribeBackupResponse {
  std::optional<BackupDescription> backup_description;
  static protocol::Members Describe();
};

struct BackupSummary {
  std::optional<std::string> table_name;
  std::optional<std::string> table_id;
  std::optional<std::string> table_arn;
  std::optional<std::string> backup_arn;
  std::optional<std::string> backup_name;
  std::optional<protocol::Timestamp> backup_creation_date_time;
  std::optional<protocol::Timestamp> backup_expiry_date_time;
  std::optional<std::string> backup_status;
  std::optional<std::string> backup_type;
  std::optional<std::int64_t> backup_size_bytes;
  static protocol::Members Describe();
};

struct ListBackupsRequest {
  std::optional<std::string> table_name;
  std::optional<std::int32_t> limit;
  std::optional<protocol::Timestamp> time_range_lower_bound;
  std::optional<protocol::Timestamp> time_range_upper_bound;
  std::optional<std::string> exclusive_start_backup_arn;
  std::optional<std::string> backup_type;
  static protocol::Members Describe();
};

struct ListBackupsResponse {
  std::vector<BackupSummary> backup_summaries;
  std::optional<std::string> last_evaluated_backup_arn;
  static protocol::Members Describe();
};

struct DeleteBackupRequest {
  std::string backup_arn;
  static protocol::Members Describe();
};

struct DeleteBackupResponse {
  std::optional<BackupDescription> backup_description;
  static protocol::Members Describe();
};

/// Begins a backup of a table as it is now; others go on writing. It is AVAILABLE as soon as its items are
/// copied.
///
/// Shapes: backup_name 3..255 characters.
/// Errors: TableNotFoundException, LimitExceededException, InternalServerError.
/// Thread: any.
/// Source: DynamoDB API Reference "CreateBackup".
runtime::Task<CreateBackupResponse> CreateBackup(DynamoDbService& dynamodb,
                                                 const protocol::RequestContext& context,
                                                 CreateBackupRequest request);

/// What a backup holds.
///
/// Shapes: backup_arn 37..1024 characters.
/// Errors: BackupNotFoundException, InternalServerError.
/// Thread: any.
/// Source: DynamoDB API Reference "DescribeBackup".
runtime::Task<DescribeBackupResponse> DescribeBackup(DynamoDbService& dynamodb,
                                                     const protocol::RequestContext& context,
                                                     DescribeBackupRequest request);

/// The backups of the caller's account and region, or of one of its tables.
///
/// Shapes: limit 1..100; time_range_lower_bound inclusive, time_range_upper_bound exclusive.
/// Errors: InternalServerError.
/// Thread: any.
/// Source: DynamoDB API Reference "ListBackups".
runtime::Task<ListBackupsResponse> ListBackups(DynamoDbService& dynamodb,
                                               const protocol::RequestContext& context,
                                               ListBackupsRequest request);

/// Removes a backup.
///
/// Shapes: backup_arn 37..1024 characters.
/// Errors: BackupNotFoundException, BackupInUseException while it is made or restored.
/// Thread: any.
/// Source: DynamoDB API Reference "DeleteBackup".
runtime::Task<DeleteBackupResponse> DeleteBackup(DynamoDbService& dynamodb,
                                                 const protocol::RequestContext& context,
                                                 DeleteBackupRequest request);

/// The backup of an ARN. Errors: BackupNotFoundException; AccessDeniedException.
Backup RequireBackup(DynamoDbService& dynamodb, const protocol::RequestContext& context,
                     const std::string& arn);

}  // namespace cumulite::dynamodb
