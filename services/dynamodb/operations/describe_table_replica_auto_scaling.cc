#include "services/dynamodb/operations/describe_table_replica_auto_scaling.h"

#include <algorithm>

#include "protocol/json_codec.h"
#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/errors.h"
#include "services/dynamodb/tables/change_table.h"
#include "services/dynamodb/tables/table_lookup.h"

namespace cumulite::dynamodb {
using protocol::Wire;
namespace {

constexpr std::string_view kRead = "read";
constexpr std::string_view kWrite = "write";

/// Under which name TableRecord::scaling has it.
std::string PlaceOf(std::string_view region, std::string_view index, std::string_view kind) {
  return std::string(region).append("/").append(index).append("/").append(kind);
}

/// Nothing set: an empty description, as AWS has it for tables.
AutoScalingSettingsDescription SettingsAt(const TableRecord& record, const std::string& place) {
  AutoScalingSettingsDescription settings;
  const auto found = record.scaling.find(place);
  if (found == record.scaling.end()) return settings;
  protocol::DecodeStoredJson(found->second, &settings, AutoScalingSettingsDescription::Describe());
  return settings;
}

ReplicaAutoScalingDescription DescribeScaling(const Table& table, const std::string& region) {
  const TableRecord& record = table.record;
  ReplicaAutoScalingDescription replica{.region_name = region};
  replica.replica_provisioned_read_capacity_auto_scaling_settings =
      SettingsAt(record, PlaceOf(region, "", kRead));
  replica.replica_provisioned_write_capacity_auto_scaling_settings =
      SettingsAt(record, PlaceOf("", "", kWrite));
  replica.replica_status = "ACTIVE";
  for (const IndexRecord& index : record.indexes) {
    if (index.local) continue;
    auto& described = replica.global_secondary_indexes.emplace_back();
    described.index_name = index.name;
    described.index_status = "ACTIVE";
    const std::string read = PlaceOf(region, index.name, kRead);
    const std::string write = PlaceOf("", index.name, kWrite);
    if (record.scaling.contains(read)) {
      described.provisioned_read_capacity_auto_scaling_settings = SettingsAt(record, read);
    }
    if (record.scaling.contains(write)) {
      described.provisioned_write_capacity_auto_scaling_settings = SettingsAt(record, write);
    }
  }
  return replica;
}

TableAutoScalingDescription DescribeScaling(const Table& table, std::int64_t now_ms) {
  TableAutoScalingDescription description{.table_name = table.name,
                                          .table_status = std::string(table.Status(now_ms))};
  description.replicas.push_back(DescribeScaling(table, table.region));
  for (const ReplicaRecord& replica : table.record.replicas) {
    description.replicas.push_back(DescribeScaling(table, replica.region));
  }
  return description;
}

/// What an update makes of the settings that there are.
void Store(const AutoScalingSettingsUpdate& update, const std::string& place, TableRecord& record) {
  AutoScalingSettingsDescription settings = SettingsAt(record, place);
  if (update.minimum_units) settings.minimum_units = update.minimum_units;
  if (update.maximum_units) settings.maximum_units = update.maximum_units;
  if (settings.minimum_units.value_or(1) >
      settings.maximum_units.value_or(settings.minimum_units.value_or(1))) {
    throw Invalid("MinimumUnits must not be greater than MaximumUnits");
  }
  if (update.auto_scaling_disabled) settings.auto_scaling_disabled = update.auto_scaling_disabled;
  if (update.auto_scaling_role_arn) settings.auto_scaling_role_arn = update.auto_scaling_role_arn;
  if (settings.auto_scaling_disabled.value_or(false)) {
    record.scaling.erase(place);
    return;
  }
  settings.auto_scaling_disabled = false;
  if (update.scaling_policy_update) {
    const auto& wanted = update.scaling_policy_update->target_tracking_scaling_policy_configuration;
    AutoScalingPolicyDescription policy{.policy_name = update.scaling_policy_update->policy_name};
    policy.target_tracking_scaling_policy_configuration = {.disable_scale_in = wanted.disable_scale_in,
                                                           .scale_in_cooldown = wanted.scale_in_cooldown,
                                                           .scale_out_cooldown = wanted.scale_out_cooldown,
                                                           .target_value = wanted.target_value};
    settings.scaling_policies = {std::move(policy)};
  }
  std::string& stored = record.scaling[place];
  stored.clear();
  protocol::EncodeJson(&settings, AutoScalingSettingsDescription::Describe(), stored);
}

/// Errors: ResourceNotFoundException.
void RequireIndex(const TableRecord& record, const std::optional<std::string>& name) {
  for (const IndexRecord& index : record.indexes) {
    if (!index.local && index.name == name) return;
  }
  throw AwsError(
      kResourceNotFound,
      "Requested resource not found: The table does not have the specified index: " + name.value_or(""));
}

void RequireRegion(const Table& table, const TableRecord& record, const std::string& region) {
  const bool known = region == table.region || std::ranges::any_of(record.replicas, [&](const auto& replica) {
                       return replica.region == region;
                     });
  if (!known) throw Invalid("The table has no replica in the region " + region);
}

void Store(const UpdateTableReplicaAutoScalingRequest& request, const Table& table, TableRecord& record) {
  if (request.provisioned_write_capacity_auto_scaling_update) {
    Store(*request.provisioned_write_capacity_auto_scaling_update, PlaceOf("", "", kWrite), record);
  }
  for (const auto& index : request.global_secondary_index_updates.value_or(
           std::vector<GlobalSecondaryIndexAutoScalingUpdate>())) {
    RequireIndex(record, index.index_name);
    if (!index.provisioned_write_capacity_auto_scaling_update) continue;
    Store(*index.provisioned_write_capacity_auto_scaling_update, PlaceOf("", *index.index_name, kWrite),
          record);
  }
  for (const auto& replica : request.replica_updates.value_or(std::vector<ReplicaAutoScalingUpdate>())) {
    RequireRegion(table, record, replica.region_name);
    if (replica.replica_provisioned_read_capacity_auto_scaling_update) {
      Store(*replica.replica_provisioned_read_capacity_auto_scaling_update,
            PlaceOf(replica.region_name, "", kRead), record);
    }
    for (const auto& index : replica.replica_global_secondary_index_updates) {
      RequireIndex(record, index.index_name);
      if (!index.provisioned_read_capacity_auto_scaling_update) continue;
      Store(*index.provisioned_read_capacity_auto_scaling_update,
            PlaceOf(replica.region_name, *index.index_name, kRead), record);
    }
  }
}

}  // namespace

protocol::Members ReplicaGlobalSecondaryIndexAutoScalingDescription::Describe() {
  using T = ReplicaGlobalSecondaryIndexAutoScalingDescription;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::index_name>("IndexName"),
      Wire<&T::index_status>("IndexStatus"),
      Wire<&T::provisioned_read_capacity_auto_scaling_settings>("ProvisionedReadCapacityAutoScalingSettings"),
      Wire<&T::provisioned_write_capacity_auto_scaling_settings>(
          "ProvisionedWriteCapacityAutoScalingSettings"),
  };
  return kMembers;
}

protocol::Members ReplicaAutoScalingDescription::Describe() {
  using T = ReplicaAutoScalingDescription;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::region_name>("RegionName"),
      Wire<&T::global_secondary_indexes>("GlobalSecondaryIndexes"),
      Wire<&T::replica_provisioned_read_capacity_auto_scaling_settings>(
          "ReplicaProvisionedReadCapacityAutoScalingSettings"),
      Wire<&T::replica_provisioned_write_capacity_auto_scaling_settings>(
          "ReplicaProvisionedWriteCapacityAutoScalingSettings"),
      Wire<&T::replica_status>("ReplicaStatus"),
  };
  return kMembers;
}

protocol::Members TableAutoScalingDescription::Describe() {
  using T = TableAutoScalingDescription;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_name>("TableName"),
      Wire<&T::table_status>("TableStatus"),
      Wire<&T::replicas>("Replicas"),
  };
  return kMembers;
}

protocol::Members GlobalSecondaryIndexAutoScalingUpdate::Describe() {
  using T = GlobalSecondaryIndexAutoScalingUpdate;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::index_name>("IndexName").Length(3, 255).Pattern(kTableNamePattern, IsTableName),
      Wire<&T::provisioned_write_capacity_auto_scaling_update>("ProvisionedWriteCapacityAutoScalingUpdate"),
  };
  return kMembers;
}

protocol::Members ReplicaGlobalSecondaryIndexAutoScalingUpdate::Describe() {
  using T = ReplicaGlobalSecondaryIndexAutoScalingUpdate;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::index_name>("IndexName").Length(3, 255).Pattern(kTableNamePattern, IsTableName),
      Wire<&T::provisioned_read_capacity_auto_scaling_update>("ProvisionedReadCapacityAutoScalingUpdate"),
  };
  return kMembers;
}

protocol::Members ReplicaAutoScalingUpdate::Describe() {
  using T = ReplicaAutoScalingUpdate;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::region_name>("RegionName").Required(),
      Wire<&T::replica_global_secondary_index_updates>("ReplicaGlobalSecondaryIndexUpdates"),
      Wire<&T::replica_provisioned_read_capacity_auto_scaling_update>(
          "ReplicaProvisionedReadCapacityAutoScalingUpdate"),
  };
  return kMembers;
}

protocol::Members UpdateTableReplicaAutoScalingRequest::Describe() {
  using T = UpdateTableReplicaAutoScalingRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::global_secondary_index_updates>("GlobalSecondaryIndexUpdates").Length(1, protocol::kNoMaximum),
      Wire<&T::table_name>("TableName").Required().Length(1, 1024),
      Wire<&T::provisioned_write_capacity_auto_scaling_update>("ProvisionedWriteCapacityAutoScalingUpdate"),
      Wire<&T::replica_updates>("ReplicaUpdates").Length(1, protocol::kNoMaximum),
  };
  return kMembers;
}

protocol::Members DescribeTableReplicaAutoScalingRequest::Describe() {
  using T = DescribeTableReplicaAutoScalingRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_name>("TableName").Required().Length(1, 1024),
  };
  return kMembers;
}

protocol::Members DescribeTableReplicaAutoScalingResponse::Describe() {
  using T = DescribeTableReplicaAutoScalingResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_auto_scaling_description>("TableAutoScalingDescription"),
  };
  return kMembers;
}

runtime::Task<DescribeTableReplicaAutoScalingResponse> DescribeTableReplicaAutoScaling(
    DynamoDbService& dynamodb, const protocol::RequestContext& context,
    DescribeTableReplicaAutoScalingRequest request) {
  const TablePtr table = RequireNamedTable(dynamodb, context, request.table_name);
  DescribeTableReplicaAutoScalingResponse response;
  response.table_auto_scaling_description = DescribeScaling(*table, dynamodb.NowMs());
  co_return response;
}

runtime::Task<DescribeTableReplicaAutoScalingResponse> UpdateTableReplicaAutoScaling(
    DynamoDbService& dynamodb, const protocol::RequestContext& context,
    UpdateTableReplicaAutoScalingRequest request) {
  const TablePtr table = RequireNamedTable(dynamodb, context, request.table_name);
  RefuseUnlessActive(*table, dynamodb.NowMs());
  const std::function<void(TableRecord&)> store = [&](TableRecord& record) {
    Store(request, *table, record);
  };
  runtime::Task<TablePtr> change = ChangeTable(dynamodb, *table, store);
  const TablePtr changed = co_await change;
  DescribeTableReplicaAutoScalingResponse response;
  response.table_auto_scaling_description = DescribeScaling(*changed, dynamodb.NowMs());
  co_return response;
}

}  // namespace cumulite::dynamodb
