#include "services/dynamodb/operations/describe_table_replica_auto_scaling.h"

#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/tables/table_lookup.h"

namespace cumulite::dynamodb {
using protocol::Wire;
namespace {

ReplicaAutoScalingDescription DescribeScaling(const Table& table, const std::string& region) {
  ReplicaAutoScalingDescription replica{.region_name = region};
  replica.replica_provisioned_read_capacity_auto_scaling_settings.emplace();
  replica.replica_provisioned_write_capacity_auto_scaling_settings.emplace();
  replica.replica_status = "ACTIVE";
  for (const IndexRecord& index : table.record.indexes) {
    if (!index.local) {
      replica.global_secondary_indexes.push_back({.index_name = index.name, .index_status = "ACTIVE"});
    }
  }
  return replica;
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
  TableAutoScalingDescription& description = response.table_auto_scaling_description.emplace();
  description.table_name = table->name;
  description.table_status = table->Status(dynamodb.NowMs());
  description.replicas.push_back(DescribeScaling(*table, table->region));
  for (const ReplicaRecord& replica : table->record.replicas) {
    description.replicas.push_back(DescribeScaling(*table, replica.region));
  }
  co_return response;
}

}  // namespace cumulite::dynamodb
