#include "services/dynamodb/operations/backups.h"

#include <limits>

#include "protocol/arn.h"
#include "services/dynamodb/access.h"
#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/errors.h"
#include "services/dynamodb/tables/table_lookup.h"

namespace cumulite::dynamodb {
using protocol::Wire;
namespace {

constexpr std::string_view kBackupTypeFilter[] = {"USER", "SYSTEM", "AWS_BACKUP", "ALL"};

AwsError BackupNotFound(std::string_view arn) {
  return {kBackupNotFound, "Backup not found: " + std::string(arn)};
}

BackupDetails DetailsOf(const Backup& backup) {
  BackupDetails details{.backup_arn = backup.Arn(),
                        .backup_name = backup.name,
                        .backup_size_bytes = backup.counts.bytes,
                        .backup_status = backup.available ? "AVAILABLE" : "CREATING",
                        .backup_type = backup.type,
                        .backup_creation_date_time = {backup.created_ms}};
  if (backup.expires_ms) details.backup_expiry_date_time = protocol::Timestamp{*backup.expires_ms};
  return details;
}

SourceTableFeatureDetails FeaturesOf(const TableRecord& record) {
  SourceTableFeatureDetails features;
  for (const IndexRecord& index : record.indexes) {
    if (index.local) {
      features.local_secondary_indexes.push_back({index.name, index.key_schema, index.projection});
    } else {
      features.global_secondary_indexes.push_back({index.name, index.key_schema, index.projection,
                                                   index.throughput.value_or(ProvisionedThroughput{})});
    }
  }
  features.stream_description = record.stream;
  if (record.ttl_attribute) {
    features.time_to_live_description =
        TimeToLiveDescription{.time_to_live_status = "ENABLED", .attribute_name = record.ttl_attribute};
  }
  features.sse_description = record.sse;
  return features;
}

BackupDescription DescriptionOf(const Backup& backup) {
  const TableRecord& record = backup.record;
  return {.backup_details = DetailsOf(backup),
          .source_table_details = SourceTableDetails{.table_name = backup.table_name,
                                                     .table_id = record.table_id,
                                                     .table_arn = backup.TableArn(),
                                                     .table_size_bytes = backup.counts.bytes,
                                                     .key_schema = record.key_schema,
                                                     .table_creation_date_time = record.created,
                                                     .provisioned_throughput = record.throughput,
                                                     .item_count = backup.counts.items,
                                                     .billing_mode = record.billing_mode},
          .source_table_feature_details = FeaturesOf(record)};
}

BackupSummary SummaryOf(const Backup& backup) {
  const BackupDetails details = DetailsOf(backup);
  return {.table_name = backup.table_name,
          .table_id = backup.record.table_id,
          .table_arn = backup.TableArn(),
          .backup_arn = details.backup_arn,
          .backup_name = details.backup_name,
          .backup_creation_date_time = details.backup_creation_date_time,
          .backup_expiry_date_time = details.backup_expiry_date_time,
          .backup_status = details.backup_status,
          .backup_type = details.backup_type,
          .backup_size_bytes = details.backup_size_bytes};
}

/// Nothing for an ARN that is none of a backup, and when there is none of it.
std::optional<Backup> FindBackup(DynamoDbService& dynamodb, std::string_view text) {
  const auto arn = protocol::ParseArn(text);
  constexpr std::string_view kBackup = "/backup/";
  if (!arn || arn->service != "dynamodb" || arn->ResourceType() != "table") return std::nullopt;
  const std::string_view id = arn->ResourceId();
  const std::size_t at = id.find(kBackup);
  if (at == std::string_view::npos) return std::nullopt;
  auto backup =
      dynamodb.backups().Find(arn->account, arn->region, id.substr(0, at), id.substr(at + kBackup.size()));
  const bool expired = backup && backup->expires_ms && *backup->expires_ms <= dynamodb.NowMs();
  return expired ? std::nullopt : backup;
}

/// What ListBackups calls a type; empty: any.
std::string_view TypeWanted(const std::optional<std::string>& asked) {
  if (!asked) return "USER";
  return *asked == "ALL" ? std::string_view() : *asked;
}

}  // namespace

protocol::Members CreateBackupRequest::Describe() {
  using T = CreateBackupRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_name>("TableName").Required().Length(1, 1024),
      Wire<&T::backup_name>("BackupName").Required().Length(3, 255).Pattern(R"([a-zA-Z0-9_.-]+)"),
  };
  return kMembers;
}

protocol::Members CreateBackupResponse::Describe() {
  using T = CreateBackupResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::backup_details>("BackupDetails"),
  };
  return kMembers;
}

protocol::Members DescribeBackupRequest::Describe() {
  using T = DescribeBackupRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::backup_arn>("BackupArn").Required().Length(37, 1024),
  };
  return kMembers;
}

protocol::Members DescribeBackupResponse::Describe() {
  using T = DescribeBackupResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::backup_description>("BackupDescription"),
  };
  return kMembers;
}

protocol::Members BackupSummary::Describe() {
  using T = BackupSummary;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_name>("TableName"),
      Wire<&T::table_id>("TableId"),
      Wire<&T::table_arn>("TableArn"),
      Wire<&T::backup_arn>("BackupArn"),
      Wire<&T::backup_name>("BackupName"),
      Wire<&T::backup_creation_date_time>("BackupCreationDateTime"),
      Wire<&T::backup_expiry_date_time>("BackupExpiryDateTime"),
      Wire<&T::backup_status>("BackupStatus"),
      Wire<&T::backup_type>("BackupType"),
      Wire<&T::backup_size_bytes>("BackupSizeBytes"),
  };
  return kMembers;
}

protocol::Members ListBackupsRequest::Describe() {
  using T = ListBackupsRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_name>("TableName").Length(1, 1024),
      Wire<&T::limit>("Limit").Range(1, 100),
      Wire<&T::time_range_lower_bound>("TimeRangeLowerBound"),
      Wire<&T::time_range_upper_bound>("TimeRangeUpperBound"),
      Wire<&T::exclusive_start_backup_arn>("ExclusiveStartBackupArn").Length(37, 1024),
      Wire<&T::backup_type>("BackupType").Values(kBackupTypeFilter),
  };
  return kMembers;
}

protocol::Members ListBackupsResponse::Describe() {
  using T = ListBackupsResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::backup_summaries>("BackupSummaries").KeepEmpty(),
      Wire<&T::last_evaluated_backup_arn>("LastEvaluatedBackupArn"),
  };
  return kMembers;
}

protocol::Members DeleteBackupRequest::Describe() {
  using T = DeleteBackupRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::backup_arn>("BackupArn").Required().Length(37, 1024),
  };
  return kMembers;
}

protocol::Members DeleteBackupResponse::Describe() {
  using T = DeleteBackupResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::backup_description>("BackupDescription"),
  };
  return kMembers;
}

Backup RequireBackup(DynamoDbService& dynamodb, const protocol::RequestContext& context,
                     const std::string& arn) {
  const auto backup = FindBackup(dynamodb, arn);
  if (const auto parsed = protocol::ParseArn(arn)) {
    RequireAccess(context, {.arn = arn, .account = parsed->account});
  }
  if (!backup) throw BackupNotFound(arn);
  return *backup;
}

runtime::Task<CreateBackupResponse> CreateBackup(DynamoDbService& dynamodb,
                                                 const protocol::RequestContext& context,
                                                 CreateBackupRequest request) {
  const TablePtr table = RequireBackedUpTable(dynamodb, context, request.table_name);
  const std::int64_t now_ms = dynamodb.NowMs();
  Backup backup{.account = table->account,
                .region = table->region,
                .table_name = table->name,
                .label = NewBackupLabel(now_ms),
                .name = request.backup_name,
                .type = "USER",
                .created_ms = now_ms};
  const auto begin = [&]() -> std::int64_t {
    const TablePtr current = dynamodb.tables().Current(table->id);
    if (current == nullptr) throw AwsError(kTableNotFound, "Table not found: " + table->name);
    backup.record = current->record;
    const std::int64_t id = dynamodb.backups().Add(backup);
    dynamodb.copier().Begin(-id, table->id, TableCopier::As::kOf);
    return id;
  };
  dynamodb.NoteWork();
  runtime::Task<std::int64_t> run = dynamodb.writer().Run(begin);
  const std::int64_t id = co_await run;
  dynamodb.tables().Refresh(table->id);
  dynamodb.RunCopy(-id);
  backup.counts = dynamodb.tables().CountsOf(*table)[0];
  CreateBackupResponse response{.backup_details = DetailsOf(backup)};
  co_return response;
}

runtime::Task<DescribeBackupResponse> DescribeBackup(DynamoDbService& dynamodb,
                                                     const protocol::RequestContext& context,
                                                     DescribeBackupRequest request) {
  const Backup backup = RequireBackup(dynamodb, context, request.backup_arn);
  DescribeBackupResponse response{.backup_description = DescriptionOf(backup)};
  co_return response;
}

runtime::Task<ListBackupsResponse> ListBackups(DynamoDbService& dynamodb,
                                               const protocol::RequestContext& context,
                                               ListBackupsRequest request) {
  RequireOwnAccess(context, "*");
  const auto limit = static_cast<std::size_t>(request.limit.value_or(100));
  std::string table_name;
  if (request.table_name) {
    const auto address = AddressOf(context.identity, *request.table_name);
    if (!address) throw Invalid("Invalid table ARN: " + *request.table_name);
    table_name = address->name;
  }
  BackupFilter filter{.account = context.identity.account,
                      .region = context.identity.region,
                      .table_name = table_name,
                      .type = TypeWanted(request.backup_type),
                      .to_ms = std::numeric_limits<std::int64_t>::max(),
                      .now_ms = dynamodb.NowMs()};
  if (request.time_range_lower_bound) filter.from_ms = request.time_range_lower_bound->milliseconds;
  if (request.time_range_upper_bound) filter.to_ms = request.time_range_upper_bound->milliseconds;
  if (request.exclusive_start_backup_arn) {
    const auto start = FindBackup(dynamodb, *request.exclusive_start_backup_arn);
    if (!start) throw Invalid("Invalid ExclusiveStartBackupArn: " + *request.exclusive_start_backup_arn);
    filter.after_id = start->id;
  }
  ListBackupsResponse response;
  for (const Backup& backup : dynamodb.backups().List(filter, static_cast<std::int64_t>(limit) + 1)) {
    if (response.backup_summaries.size() == limit) {
      response.last_evaluated_backup_arn = response.backup_summaries.back().backup_arn;
      break;
    }
    response.backup_summaries.push_back(SummaryOf(backup));
  }
  co_return response;
}

runtime::Task<DeleteBackupResponse> DeleteBackup(DynamoDbService& dynamodb,
                                                 const protocol::RequestContext& context,
                                                 DeleteBackupRequest request) {
  const Backup backup = RequireBackup(dynamodb, context, request.backup_arn);
  const auto remove = [&] {
    const auto current = dynamodb.backups().Current(backup.id);
    if (!current) throw BackupNotFound(request.backup_arn);
    if (!current->available || dynamodb.copier().Reads(current->rows_of)) {
      throw AwsError(kBackupInUse,
                     "Backup is being used by another control plane operation: " + request.backup_arn);
    }
    dynamodb.backups().Remove(*current);
  };
  runtime::Task<void> run = dynamodb.writer().Run(remove, storage::Room::kMakes);
  co_await run;
  dynamodb.SweepDropped();
  DeleteBackupResponse response{.backup_description = DescriptionOf(backup)};
  response.backup_description->backup_details->backup_status = "DELETED";
  co_return response;
}

}  // namespace cumulite::dynamodb
