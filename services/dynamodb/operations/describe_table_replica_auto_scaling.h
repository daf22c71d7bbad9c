#pragma once
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/dynamodb/operations/global_tables.h"
#include "services/dynamodb/shapes.h"

namespace cumulite::dynamodb {
class DynamoDbService;

struct ReplicaGlobalSecondaryIndexAutoScalingDescription {
  std::optional<std::string> index_name;
  std::optional<std::string> index_status;
  std::optional<AutoScalingSettingsDescription> provisioned_read_capacity_auto_scaling_settings;
  std::optional<AutoScalingSettingsDescription> provisioned_write_capacity_auto_scaling_settings;
  static protocol::Members Describe();
};

struct ReplicaAutoScalingDescription {
  std::optional<std::string> region_name;
  std::vector<ReplicaGlobalSecondaryIndexAutoScalingDescription> global_secondary_indexes;
  std::optional<AutoScalingSettingsDescription> replica_provisioned_read_capacity_auto_scaling_settings;
  std::optional<AutoScalingSettingsDescription> replica_provisioned_write_capacity_auto_scaling_settings;
  std::optional<std::string> replica_status;
  static protocol::Members Describe();
};

struct TableAutoScalingDescription {
  std::optional<std::string> table_name;
  std::optional<std::string> table_status;
  std::vector<ReplicaAutoScalingDescription> replicas;
  static protocol::Members Describe();
};

struct GlobalSecondaryIndexAutoScalingUpdate {
  std::optional<std::string> index_name;
  std::optional<AutoScalingSettingsUpdate> provisioned_write_capacity_auto_scaling_update;
  static protocol::Members Describe();
};

struct ReplicaGlobalSecondaryIndexAutoScalingUpdate {
  std::optional<std::string> index_name;
  std::optional<AutoScalingSettingsUpdate> provisioned_read_capacity_auto_scaling_update;
  static protocol::Members Describe();
};

struct ReplicaAutoScalingUpdate {
  std::string region_name;
  std::vector<ReplicaGlobalSecondaryIndexAutoScalingUpdate> replica_global_secondary_index_updates;
  std::optional<AutoScalingSettingsUpdate> replica_provisioned_read_capacity_auto_scaling_update;
  static protocol::Members Describe();
};

struct UpdateTableReplicaAutoScalingRequest {
  std::optional<std::vector<GlobalSecondaryIndexAutoScalingUpdate>> global_secondary_index_updates;
  std::string table_name;
  std::optional<AutoScalingSettingsUpdate> provisioned_write_capacity_auto_scaling_update;
  std::optional<std::vector<ReplicaAutoScalingUpdate>> replica_updates;
  static protocol::Members Describe();
};

struct DescribeTableReplicaAutoScalingRequest {
  std::string table_name;
  static protocol::Members Describe();
};

struct DescribeTableReplicaAutoScalingResponse {
  std::optional<TableAutoScalingDescription> table_auto_scaling_description;
  static protocol::Members Describe();
};

/// How the replicas of a table scale: none does, for auto scaling cannot be set here.
///
/// Errors: ResourceNotFoundException, InternalServerError.
/// Thread: any.
/// Source: DynamoDB API Reference "DescribeTableReplicaAutoScaling".
runtime::Task<DescribeTableReplicaAutoScalingResponse> DescribeTableReplicaAutoScaling(
    DynamoDbService& dynamodb, const protocol::RequestContext& context,
    DescribeTableReplicaAutoScalingRequest request);

/// Stores how the capacity of a table, its replicas and its indexes is to follow their use.
/// Differs from AWS: nothing scales, for capacity costs nothing here; the settings are kept and described.
///
/// Errors: ResourceNotFoundException, ResourceInUseException, ValidationException.
/// Thread: any.
/// Source: DynamoDB API Reference "UpdateTableReplicaAutoScaling".
runtime::Task<DescribeTableReplicaAutoScalingResponse> UpdateTableReplicaAutoScaling(
    DynamoDbService& dynamodb, const protocol::RequestContext& context,
    UpdateTableReplicaAutoScalingRequest request);

}  // namespace cumulite::dynamodb
