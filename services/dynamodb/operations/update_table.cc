#include "services/dynamodb/operations/update_table.h"

#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/errors.h"
#include "services/dynamodb/tables/change_table.h"
#include "services/dynamodb/tables/replica_updater.h"
#include "services/dynamodb/tables/table_updater.h"

namespace cumulite::dynamodb {
using protocol::Wire;
namespace {

void CheckAnything(const UpdateTableRequest& request) {
  const bool any =
      request.provisioned_throughput || request.billing_mode || request.stream_specification ||
      (request.global_secondary_index_updates && !request.global_secondary_index_updates->empty()) ||
      request.sse_specification || request.table_class || request.deletion_protection_enabled ||
      request.on_demand_throughput || request.warm_throughput || request.replica_updates;
  if (any) return;
  throw Invalid(
      "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates "
      "or SSESpecification or ReplicaUpdates is required");
}

}  // namespace

protocol::Members UpdateGlobalSecondaryIndexAction::Describe() {
  using T = UpdateGlobalSecondaryIndexAction;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::index_name>("IndexName").Required().Length(3, 255).Pattern(kTableNamePattern),
      Wire<&T::provisioned_throughput>("ProvisionedThroughput"),
      Wire<&T::on_demand_throughput>("OnDemandThroughput"),
      Wire<&T::warm_throughput>("WarmThroughput"),
  };
  return kMembers;
}

protocol::Members CreateGlobalSecondaryIndexAction::Describe() {
  using T = CreateGlobalSecondaryIndexAction;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::index_name>("IndexName").Required().Length(3, 255).Pattern(kTableNamePattern),
      Wire<&T::key_schema>("KeySchema").Required().Length(1, 8),
      Wire<&T::projection>("Projection").Required(),
      Wire<&T::provisioned_throughput>("ProvisionedThroughput"),
      Wire<&T::on_demand_throughput>("OnDemandThroughput"),
      Wire<&T::warm_throughput>("WarmThroughput"),
  };
  return kMembers;
}

protocol::Members DeleteGlobalSecondaryIndexAction::Describe() {
  using T = DeleteGlobalSecondaryIndexAction;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::index_name>("IndexName").Required().Length(3, 255).Pattern(kTableNamePattern),
  };
  return kMembers;
}

protocol::Members GlobalSecondaryIndexUpdate::Describe() {
  using T = GlobalSecondaryIndexUpdate;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::update>("Update"),
      Wire<&T::create>("Create"),
      Wire<&T::delete_>("Delete"),
  };
  return kMembers;
}

protocol::Members ReplicaGlobalSecondaryIndex::Describe() {
  using T = ReplicaGlobalSecondaryIndex;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::index_name>("IndexName").Required().Length(3, 255).Pattern(kTableNamePattern),
      Wire<&T::provisioned_throughput_override>("ProvisionedThroughputOverride"),
  };
  return kMembers;
}

protocol::Members CreateReplicationGroupMemberAction::Describe() {
  using T = CreateReplicationGroupMemberAction;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::region_name>("RegionName").Required(),
      Wire<&T::kms_master_key_id>("KMSMasterKeyId"),
      Wire<&T::provisioned_throughput_override>("ProvisionedThroughputOverride"),
      Wire<&T::global_secondary_indexes>("GlobalSecondaryIndexes").Length(1, protocol::kNoMaximum),
      Wire<&T::table_class_override>("TableClassOverride").Values(kTableClass),
  };
  return kMembers;
}

protocol::Members UpdateReplicationGroupMemberAction::Describe() {
  using T = UpdateReplicationGroupMemberAction;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::region_name>("RegionName").Required(),
      Wire<&T::kms_master_key_id>("KMSMasterKeyId"),
      Wire<&T::provisioned_throughput_override>("ProvisionedThroughputOverride"),
      Wire<&T::global_secondary_indexes>("GlobalSecondaryIndexes").Length(1, protocol::kNoMaximum),
      Wire<&T::table_class_override>("TableClassOverride").Values(kTableClass),
  };
  return kMembers;
}

protocol::Members DeleteReplicationGroupMemberAction::Describe() {
  using T = DeleteReplicationGroupMemberAction;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::region_name>("RegionName").Required(),
  };
  return kMembers;
}

protocol::Members ReplicationGroupUpdate::Describe() {
  using T = ReplicationGroupUpdate;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::create>("Create"),
      Wire<&T::update>("Update"),
      Wire<&T::delete_>("Delete"),
  };
  return kMembers;
}

protocol::Members UpdateTableRequest::Describe() {
  using T = UpdateTableRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::attribute_definitions>("AttributeDefinitions"),
      Wire<&T::table_name>("TableName"),
      Wire<&T::billing_mode>("BillingMode").Values(kBillingMode),
      Wire<&T::provisioned_throughput>("ProvisionedThroughput"),
      Wire<&T::global_secondary_index_updates>("GlobalSecondaryIndexUpdates"),
      Wire<&T::stream_specification>("StreamSpecification"),
      Wire<&T::sse_specification>("SSESpecification"),
      Wire<&T::replica_updates>("ReplicaUpdates").Length(1, protocol::kNoMaximum),
      Wire<&T::table_class>("TableClass").Values(kTableClass),
      Wire<&T::deletion_protection_enabled>("DeletionProtectionEnabled"),
      Wire<&T::on_demand_throughput>("OnDemandThroughput"),
      Wire<&T::warm_throughput>("WarmThroughput"),
  };
  return kMembers;
}

protocol::Members UpdateTableResponse::Describe() {
  using T = UpdateTableResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_description>("TableDescription"),
  };
  return kMembers;
}

runtime::Task<UpdateTableResponse> UpdateTable(DynamoDbService& dynamodb,
                                               const protocol::RequestContext& context,
                                               UpdateTableRequest request) {
  CheckTableName(request.table_name);
  CheckAnything(request);
  const TablePtr table = RequireNamedTable(dynamodb, context, request.table_name);
  TableUpdater updater(dynamodb, request);
  ReplicaUpdater replicas(dynamodb, request);
  const std::function<void(TableRecord&)> update = [&](TableRecord& record) {
    RefuseUnlessActive(*MakeTable(table->id, 0, table->account, table->region, table->name, record),
                       dynamodb.NowMs());
    updater.Begin();
    replicas.Begin();
    updater.Apply(*table, record);
    replicas.Apply(*table, record);
    if (!record.replicas.empty()) updater.ApplyToReplicas(*table, record);
    updater.Write();
    BeginPhase(dynamodb, "UPDATING", record);
  };
  dynamodb.NoteWork();
  runtime::Task<TablePtr> change = ChangeTable(dynamodb, *table, update);
  const TablePtr changed = co_await change;
  dynamodb.tables().RefreshAll();
  UpdateTableResponse response{
      .table_description = Describe(*changed, dynamodb.tables().CountsOf(*changed), dynamodb.NowMs())};
  TableDescription& description = *response.table_description;
  description.table_status = "UPDATING";
  for (auto& index : description.global_secondary_indexes) {
    if (index.index_name == updater.updated_index()) index.index_status = "UPDATING";
  }
  for (auto& replica : description.replicas) {
    if (replicas.IsNew(*replica.region_name)) replica.replica_status = "CREATING";
  }
  for (const auto& [id, index] : updater.new_indexes()) dynamodb.Backfill(id, index);
  for (const std::int64_t copy : replicas.new_tables()) dynamodb.RunCopy(copy);
  dynamodb.SweepDropped();
  co_return response;
}

}  // namespace cumulite::dynamodb
