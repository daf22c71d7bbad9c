#include "services/dynamodb/operations/restore_table.h"

#include <algorithm>

#include "base/ids.h"
#include "services/dynamodb/access.h"
#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/errors.h"
#include "services/dynamodb/operations/backups.h"
#include "services/dynamodb/operations/describe_continuous_backups.h"
#include "services/dynamodb/tables/create_rules.h"
#include "services/dynamodb/tables/table_lookup.h"

namespace cumulite::dynamodb {
using protocol::Wire;
namespace {

/// Whether the index of an override is this one.
template <class Override>
bool IsSame(const IndexRecord& index, const Override& wanted) {
  const auto same_key = [](const KeySchemaElement& a, const KeySchemaElement& b) {
    return a.attribute_name == b.attribute_name && a.key_type == b.key_type;
  };
  return index.name == wanted.index_name &&
         std::ranges::equal(index.key_schema, wanted.key_schema, same_key) &&
         index.projection.projection_type == wanted.projection.projection_type;
}

/// Keeps those of the source's indexes that the request names.
template <class Override>
void ChooseIndexes(const std::optional<std::vector<Override>>& wanted, bool local, TableRecord& record) {
  if (!wanted) return;
  for (const Override& one : *wanted) {
    const bool known = std::ranges::any_of(
        record.indexes, [&](const IndexRecord& index) { return index.local == local && IsSame(index, one); });
    if (!known) {
      throw Invalid("Index overrides must be indexes of the source table: " + one.index_name);
    }
  }
  std::erase_if(record.indexes, [&](const IndexRecord& index) {
    return index.local == local &&
           std::ranges::none_of(*wanted, [&](const Override& one) { return IsSame(index, one); });
  });
}

/// What the new table is: what is not restored is left out, what the request overrides is changed.
template <class Request>
TableRecord RestoredRecord(const TableRecord& source, const Request& request, const TableAddress& target,
                           std::int64_t now_ms) {
  TableRecord record;
  record.table_id = base::RandomUuid();
  record.created = {now_ms};
  record.attribute_definitions = source.attribute_definitions;
  record.key_schema = source.key_schema;
  record.billing_mode = source.billing_mode;
  record.on_demand_since = source.on_demand_since;
  record.throughput = source.throughput;
  record.on_demand_throughput = source.on_demand_throughput;
  record.warm_throughput = source.warm_throughput;
  record.table_class = source.table_class;
  record.sse = source.sse;
  record.next_index = source.next_index;
  record.indexes = source.indexes;
  ChooseIndexes(request.global_secondary_index_override, false, record);
  ChooseIndexes(request.local_secondary_index_override, true, record);
  DropUnusedDefinitions(record);
  if (request.billing_mode_override) {
    record.billing_mode = *request.billing_mode_override;
    const bool on_demand = record.billing_mode == "PAY_PER_REQUEST";
    if (!on_demand) CheckBilling(record.billing_mode, request.provisioned_throughput_override);
    if (on_demand) {
      record.throughput = {};
      record.on_demand_since = protocol::Timestamp{now_ms};
      for (IndexRecord& index : record.indexes) index.throughput.reset();
    }
  }
  if (request.provisioned_throughput_override) {
    CheckBilling(record.billing_mode, request.provisioned_throughput_override);
    record.throughput = *request.provisioned_throughput_override;
  }
  if (request.on_demand_throughput_override)
    record.on_demand_throughput = request.on_demand_throughput_override;
  if (request.sse_specification_override) {
    record.sse.reset();
    if (request.sse_specification_override->enabled.value_or(false)) {
      record.sse = DescribeEncryption(*request.sse_specification_override, target.account, target.region);
    }
  }
  for (IndexRecord& index : record.indexes) index.backfilling = true;
  return record;
}

/// Makes the table and begins to fill it; gives its id.
struct Restore {
  TableAddress target;
  TableRecord record;
  std::int64_t source = 0;
  std::optional<std::int64_t> state_of_ms;
};

runtime::Task<TableDescription> Begin(DynamoDbService& dynamodb, Restore restore) {
  const TableAddress& target = restore.target;
  const auto begin = [&]() -> std::optional<std::int64_t> {
    const auto id = dynamodb.tables().Insert(target.account, target.region, target.name, restore.record);
    if (id) dynamodb.copier().Begin(*id, restore.source, TableCopier::As::kOf, restore.state_of_ms);
    return id;
  };
  dynamodb.NoteWork();
  runtime::Task<std::optional<std::int64_t>> run = dynamodb.writer().Run(begin);
  const std::optional<std::int64_t> id = co_await run;
  if (!id) throw AwsError(kTableAlreadyExists, "Table already exists: " + target.name);
  dynamodb.tables().Refresh(*id);
  dynamodb.tables().Refresh(restore.source);
  const TablePtr table = dynamodb.tables().FindById(*id);
  dynamodb.RunCopy(*id);
  if (table == nullptr) throw AwsError(kTableNotFound, "Table not found: " + target.name);
  co_return Describe(*table, {}, dynamodb.NowMs());
}

/// The table of RestoreTableToPointInTime's two ways to name it.
TablePtr RequireSource(DynamoDbService& dynamodb, const protocol::RequestContext& context,
                       const RestoreTableToPointInTimeRequest& request) {
  const auto& name = request.source_table_arn ? request.source_table_arn : request.source_table_name;
  if (!name) throw Invalid("Either SourceTableName or SourceTableArn must be specified");
  return RequireBackedUpTable(dynamodb, context, *name);
}

std::int64_t MomentOf(const RestoreTableToPointInTimeRequest& request, const Table& source,
                      std::int64_t now_ms) {
  const bool latest = request.use_latest_restorable_time.value_or(false);
  if (latest == request.restore_date_time.has_value()) {
    throw Invalid("Exactly one of RestoreDateTime and UseLatestRestorableTime must be specified");
  }
  if (!source.record.point_in_time_recovery) {
    throw AwsError(kPointInTimeRecoveryUnavailable,
                   "Point in time recovery is not enabled for table '" + source.name + "'");
  }
  if (latest) return now_ms;
  const std::int64_t moment = request.restore_date_time->milliseconds;
  if (moment < EarliestRestorable(source.record, now_ms) || moment > now_ms) {
    throw AwsError(
        kInvalidRestoreTime,
        "The restore time must lie between EarliestRestorableDateTime and LatestRestorableDateTime");
  }
  // A whole second is meant with all that happened in it.
  constexpr std::int64_t kSecondMs = 1000;
  return moment % kSecondMs == 0 ? std::min(moment + kSecondMs - 1, now_ms) : moment;
}

}  // namespace

protocol::Members RestoreTableFromBackupRequest::Describe() {
  using T = RestoreTableFromBackupRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::target_table_name>("TargetTableName")
          .Required()
          .Length(3, 255)
          .Pattern(kTableNamePattern, IsTableName),
      Wire<&T::backup_arn>("BackupArn").Required().Length(37, 1024),
      Wire<&T::billing_mode_override>("BillingModeOverride").Values(kBillingMode),
      Wire<&T::global_secondary_index_override>("GlobalSecondaryIndexOverride"),
      Wire<&T::local_secondary_index_override>("LocalSecondaryIndexOverride"),
      Wire<&T::provisioned_throughput_override>("ProvisionedThroughputOverride"),
      Wire<&T::on_demand_throughput_override>("OnDemandThroughputOverride"),
      Wire<&T::sse_specification_override>("SSESpecificationOverride"),
  };
  return kMembers;
}

protocol::Members RestoreTableFromBackupResponse::Describe() {
  using T = RestoreTableFromBackupResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_description>("TableDescription"),
  };
  return kMembers;
}

protocol::Members RestoreTableToPointInTimeRequest::Describe() {
  using T = RestoreTableToPointInTimeRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::source_table_arn>("SourceTableArn").Length(1, 1024),
      Wire<&T::source_table_name>("SourceTableName").Length(3, 255).Pattern(kTableNamePattern, IsTableName),
      Wire<&T::target_table_name>("TargetTableName")
          .Required()
          .Length(3, 255)
          .Pattern(kTableNamePattern, IsTableName),
      Wire<&T::use_latest_restorable_time>("UseLatestRestorableTime"),
      Wire<&T::restore_date_time>("RestoreDateTime"),
      Wire<&T::billing_mode_override>("BillingModeOverride").Values(kBillingMode),
      Wire<&T::global_secondary_index_override>("GlobalSecondaryIndexOverride"),
      Wire<&T::local_secondary_index_override>("LocalSecondaryIndexOverride"),
      Wire<&T::provisioned_throughput_override>("ProvisionedThroughputOverride"),
      Wire<&T::on_demand_throughput_override>("OnDemandThroughputOverride"),
      Wire<&T::sse_specification_override>("SSESpecificationOverride"),
  };
  return kMembers;
}

protocol::Members RestoreTableToPointInTimeResponse::Describe() {
  using T = RestoreTableToPointInTimeResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_description>("TableDescription"),
  };
  return kMembers;
}

runtime::Task<RestoreTableFromBackupResponse> RestoreTableFromBackup(DynamoDbService& dynamodb,
                                                                     const protocol::RequestContext& context,
                                                                     RestoreTableFromBackupRequest request) {
  const Backup backup = RequireBackup(dynamodb, context, request.backup_arn);
  RequireOwnAccess(context, "table/" + request.target_table_name);
  if (!backup.available) {
    throw AwsError(kBackupInUse,
                   "Backup is being used by another control plane operation: " + request.backup_arn);
  }
  const std::int64_t now_ms = dynamodb.NowMs();
  Restore restore{.target = {context.identity.account, context.identity.region, request.target_table_name},
                  .record = {}};
  restore.record = RestoredRecord(backup.record, request, restore.target, now_ms);
  restore.source = backup.rows_of;
  restore.record.restored = RestoreSummary{.source_backup_arn = backup.Arn(),
                                           .source_table_arn = backup.TableArn(),
                                           .restore_date_time = {backup.created_ms},
                                           .restore_in_progress = true};
  runtime::Task<TableDescription> begin = Begin(dynamodb, std::move(restore));
  TableDescription description = co_await begin;
  RestoreTableFromBackupResponse response{.table_description = std::move(description)};
  co_return response;
}

runtime::Task<RestoreTableToPointInTimeResponse> RestoreTableToPointInTime(
    DynamoDbService& dynamodb, const protocol::RequestContext& context,
    RestoreTableToPointInTimeRequest request) {
  const TablePtr source = RequireSource(dynamodb, context, request);
  RequireOwnAccess(context, "table/" + request.target_table_name);
  const std::int64_t now_ms = dynamodb.NowMs();
  const std::int64_t moment = MomentOf(request, *source, now_ms);
  Restore restore{.target = {context.identity.account, context.identity.region, request.target_table_name},
                  .record = {}};
  restore.record = RestoredRecord(source->record, request, restore.target, now_ms);
  restore.source = source->id;
  restore.state_of_ms = moment;
  restore.record.restored = RestoreSummary{
      .source_table_arn = source->arn, .restore_date_time = {moment}, .restore_in_progress = true};
  runtime::Task<TableDescription> begin = Begin(dynamodb, std::move(restore));
  TableDescription description = co_await begin;
  RestoreTableToPointInTimeResponse response{.table_description = std::move(description)};
  co_return response;
}

}  // namespace cumulite::dynamodb
