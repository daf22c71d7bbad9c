#include "services/dynamodb/operations/global_tables.h"

#include "services/dynamodb/access.h"
#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/errors.h"

namespace cumulite::dynamodb {
using protocol::Wire;
namespace {

AwsError GlobalTableNotFound(const protocol::RequestContext& context, const std::string& name) {
  RequireOwnAccess(context, "table/" + name);
  return {kGlobalTableNotFound,
          "Global table not found: Global table with name: '" + name + "' does not exist."};
}

}  // namespace

protocol::Members Replica::Describe() {
  using T = Replica;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::region_name>("RegionName"),
  };
  return kMembers;
}

protocol::Members GlobalTable::Describe() {
  using T = GlobalTable;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::global_table_name>("GlobalTableName"),
      Wire<&T::replication_group>("ReplicationGroup"),
  };
  return kMembers;
}

protocol::Members ListGlobalTablesRequest::Describe() {
  using T = ListGlobalTablesRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::exclusive_start_global_table_name>("ExclusiveStartGlobalTableName")
          .Length(3, 255)
          .Pattern(kTableNamePattern, IsTableName),
      Wire<&T::limit>("Limit").Range(1, protocol::kNoMaximum),
      Wire<&T::region_name>("RegionName"),
  };
  return kMembers;
}

protocol::Members ListGlobalTablesResponse::Describe() {
  using T = ListGlobalTablesResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::global_tables>("GlobalTables").KeepEmpty(),
      Wire<&T::last_evaluated_global_table_name>("LastEvaluatedGlobalTableName"),
  };
  return kMembers;
}

protocol::Members DescribeGlobalTableRequest::Describe() {
  using T = DescribeGlobalTableRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::global_table_name>("GlobalTableName")
          .Required()
          .Length(3, 255)
          .Pattern(kTableNamePattern, IsTableName),
  };
  return kMembers;
}

protocol::Members CreateReplicaAction::Describe() {
  using T = CreateReplicaAction;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::region_name>("RegionName").Required(),
  };
  return kMembers;
}

protocol::Members DeleteReplicaAction::Describe() {
  using T = DeleteReplicaAction;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::region_name>("RegionName").Required(),
  };
  return kMembers;
}

protocol::Members ReplicaUpdate::Describe() {
  using T = ReplicaUpdate;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::create>("Create"),
      Wire<&T::delete_>("Delete"),
  };
  return kMembers;
}

protocol::Members UpdateGlobalTableRequest::Describe() {
  using T = UpdateGlobalTableRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::global_table_name>("GlobalTableName")
          .Required()
          .Length(3, 255)
          .Pattern(kTableNamePattern, IsTableName),
      Wire<&T::replica_updates>("ReplicaUpdates").Required(),
  };
  return kMembers;
}

protocol::Members AutoScalingTargetTrackingScalingPolicyConfigurationDescription::Describe() {
  using T = AutoScalingTargetTrackingScalingPolicyConfigurationDescription;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::disable_scale_in>("DisableScaleIn"),
      Wire<&T::scale_in_cooldown>("ScaleInCooldown"),
      Wire<&T::scale_out_cooldown>("ScaleOutCooldown"),
      Wire<&T::target_value>("TargetValue"),
  };
  return kMembers;
}

protocol::Members AutoScalingPolicyDescription::Describe() {
  using T = AutoScalingPolicyDescription;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::policy_name>("PolicyName"),
      Wire<&T::target_tracking_scaling_policy_configuration>("TargetTrackingScalingPolicyConfiguration"),
  };
  return kMembers;
}

protocol::Members AutoScalingSettingsDescription::Describe() {
  using T = AutoScalingSettingsDescription;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::minimum_units>("MinimumUnits"),
      Wire<&T::maximum_units>("MaximumUnits"),
      Wire<&T::auto_scaling_disabled>("AutoScalingDisabled"),
      Wire<&T::auto_scaling_role_arn>("AutoScalingRoleArn"),
      Wire<&T::scaling_policies>("ScalingPolicies"),
  };
  return kMembers;
}

protocol::Members AutoScalingTargetTrackingScalingPolicyConfigurationUpdate::Describe() {
  using T = AutoScalingTargetTrackingScalingPolicyConfigurationUpdate;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::disable_scale_in>("DisableScaleIn"),
      Wire<&T::scale_in_cooldown>("ScaleInCooldown"),
      Wire<&T::scale_out_cooldown>("ScaleOutCooldown"),
      Wire<&T::target_value>("TargetValue").Required(),
  };
  return kMembers;
}

protocol::Members AutoScalingPolicyUpdate::Describe() {
  using T = AutoScalingPolicyUpdate;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::policy_name>("PolicyName").Length(1, 256).Pattern(R"(\p{Print}+)"),
      Wire<&T::target_tracking_scaling_policy_configuration>("TargetTrackingScalingPolicyConfiguration")
          .Required(),
  };
  return kMembers;
}

protocol::Members AutoScalingSettingsUpdate::Describe() {
  using T = AutoScalingSettingsUpdate;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::minimum_units>("MinimumUnits").Range(1, protocol::kNoMaximum),
      Wire<&T::maximum_units>("MaximumUnits").Range(1, protocol::kNoMaximum),
      Wire<&T::auto_scaling_disabled>("AutoScalingDisabled"),
      Wire<&T::auto_scaling_role_arn>("AutoScalingRoleArn")
          .Length(1, 1600)
          .Pattern(R"([\u0020-\uD7FF\uE000-\uFFFD\uD800\uDC00-\uDBFF\uDFFF\r\n\t]*)"),
      Wire<&T::scaling_policy_update>("ScalingPolicyUpdate"),
  };
  return kMembers;
}

protocol::Members GlobalTableGlobalSecondaryIndexSettingsUpdate::Describe() {
  using T = GlobalTableGlobalSecondaryIndexSettingsUpdate;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::index_name>("IndexName").Required().Length(3, 255).Pattern(kTableNamePattern, IsTableName),
      Wire<&T::provisioned_write_capacity_units>("ProvisionedWriteCapacityUnits")
          .Range(1, protocol::kNoMaximum),
      Wire<&T::provisioned_write_capacity_auto_scaling_settings_update>(
          "ProvisionedWriteCapacityAutoScalingSettingsUpdate"),
  };
  return kMembers;
}

protocol::Members ReplicaGlobalSecondaryIndexSettingsUpdate::Describe() {
  using T = ReplicaGlobalSecondaryIndexSettingsUpdate;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::index_name>("IndexName").Required().Length(3, 255).Pattern(kTableNamePattern, IsTableName),
      Wire<&T::provisioned_read_capacity_units>("ProvisionedReadCapacityUnits")
          .Range(1, protocol::kNoMaximum),
      Wire<&T::provisioned_read_capacity_auto_scaling_settings_update>(
          "ProvisionedReadCapacityAutoScalingSettingsUpdate"),
  };
  return kMembers;
}

protocol::Members ReplicaSettingsUpdate::Describe() {
  using T = ReplicaSettingsUpdate;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::region_name>("RegionName").Required(),
      Wire<&T::replica_provisioned_read_capacity_units>("ReplicaProvisionedReadCapacityUnits")
          .Range(1, protocol::kNoMaximum),
      Wire<&T::replica_provisioned_read_capacity_auto_scaling_settings_update>(
          "ReplicaProvisionedReadCapacityAutoScalingSettingsUpdate"),
      Wire<&T::replica_global_secondary_index_settings_update>("ReplicaGlobalSecondaryIndexSettingsUpdate")
          .Length(1, 20),
      Wire<&T::replica_table_class>("ReplicaTableClass").Values(kTableClass),
  };
  return kMembers;
}

protocol::Members UpdateGlobalTableSettingsRequest::Describe() {
  using T = UpdateGlobalTableSettingsRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::global_table_name>("GlobalTableName")
          .Required()
          .Length(3, 255)
          .Pattern(kTableNamePattern, IsTableName),
      Wire<&T::global_table_billing_mode>("GlobalTableBillingMode").Values(kBillingMode),
      Wire<&T::global_table_provisioned_write_capacity_units>("GlobalTableProvisionedWriteCapacityUnits")
          .Range(1, protocol::kNoMaximum),
      Wire<&T::global_table_provisioned_write_capacity_auto_scaling_settings_update>(
          "GlobalTableProvisionedWriteCapacityAutoScalingSettingsUpdate"),
      Wire<&T::global_table_global_secondary_index_settings_update>(
          "GlobalTableGlobalSecondaryIndexSettingsUpdate")
          .Length(1, 20),
      Wire<&T::replica_settings_update>("ReplicaSettingsUpdate").Length(1, 50),
  };
  return kMembers;
}

runtime::Task<ListGlobalTablesResponse> ListGlobalTables(DynamoDbService&,
                                                         const protocol::RequestContext& context,
                                                         ListGlobalTablesRequest) {
  RequireOwnAccess(context, "*");
  co_return ListGlobalTablesResponse{};
}

runtime::Task<NoGlobalTable> DescribeGlobalTable(DynamoDbService&, const protocol::RequestContext& context,
                                                 DescribeGlobalTableRequest request) {
  throw GlobalTableNotFound(context, request.global_table_name);
  co_return NoGlobalTable{};
}

runtime::Task<NoGlobalTable> UpdateGlobalTable(DynamoDbService&, const protocol::RequestContext& context,
                                               UpdateGlobalTableRequest request) {
  throw GlobalTableNotFound(context, request.global_table_name);
  co_return NoGlobalTable{};
}

runtime::Task<NoGlobalTable> DescribeGlobalTableSettings(DynamoDbService&,
                                                         const protocol::RequestContext& context,
                                                         DescribeGlobalTableRequest request) {
  throw GlobalTableNotFound(context, request.global_table_name);
  co_return NoGlobalTable{};
}

runtime::Task<NoGlobalTable> UpdateGlobalTableSettings(DynamoDbService&,
                                                       const protocol::RequestContext& context,
                                                       UpdateGlobalTableSettingsRequest request) {
  throw GlobalTableNotFound(context, request.global_table_name);
  co_return NoGlobalTable{};
}

}  // namespace cumulite::dynamodb
