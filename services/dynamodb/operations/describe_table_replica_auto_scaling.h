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

}  // namespace cumulite::dynamodb
