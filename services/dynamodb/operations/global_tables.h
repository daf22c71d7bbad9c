#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/dynamodb/shapes.h"

namespace cumulite::dynamodb {
class DynamoDbService;

struct Replica {
  std::optional<std::string> region_name;
  static protocol::Members Describe();
};

struct GlobalTable {
  std::optional<std::string> global_table_name;
  std::vector<Replica> replication_group;
  static protocol::Members Describe();
};

struct ListGlobalTablesRequest {
  std::optional<std::string> exclusive_start_global_table_name;
  std::optional<std::int32_t> limit;
  std::optional<std::string> region_name;
  static protocol::Members Describe();
};

struct ListGlobalTablesResponse {
  std::vector<GlobalTable> global_tables;
  std::optional<std::string> last_evaluated_global_table_name;
  static protocol::Members Describe();
};

struct GlobalTableDescription {
  std::vector<ReplicaDescription> replication_group;
  std::optional<std::string> global_table_arn;
  std::optional<protocol::Timestamp> creation_date_time;
  std::optional<std::string> global_table_status;
  std::optional<std::string> global_table_name;
  static protocol::Members Describe();
};

struct DescribeGlobalTableRequest {
  std::string global_table_name;
  static protocol::Members Describe();
};

struct DescribeGlobalTableResponse {
  std::optional<GlobalTableDescription> global_table_description;
  static protocol::Members Describe();
};

struct CreateReplicaAction {
  std::string region_name;
  static protocol::Members Describe();
};

struct DeleteReplicaAction {
  std::string region_name;
  static protocol::Members Describe();
};

struct ReplicaUpdate {
  std::optional<CreateReplicaAction> create;
  std::optional<DeleteReplicaAction> delete_;
  static protocol::Members Describe();
};

struct UpdateGlobalTableRequest {
  std::string global_table_name;
  std::vector<ReplicaUpdate> replica_updates;
  static protocol::Members Describe();
};

struct UpdateGlobalTableResponse {
  std::optional<GlobalTableDescription> global_table_description;
  static protocol::Members Describe();
};

struct AutoScalingTargetTrackingScalingPolicyConfigurationDescription {
  std::optional<bool> disable_scale_in;
  std::optional<std::int32_t> scale_in_cooldown;
  std::optional<std::int32_t> scale_out_cooldown;
  double target_value = 0;
  static protocol::Members Describe();
};

struct AutoScalingPolicyDescription {
  std::optional<std::string> policy_name;
  std::optional<AutoScalingTargetTrackingScalingPolicyConfigurationDescription>
      target_tracking_scaling_policy_configuration;
  static protocol::Members Describe();
};

struct AutoScalingSettingsDescription {
  std::optional<std::int64_t> minimum_units;
  std::optional<std::int64_t> maximum_units;
  std::optional<bool> auto_scaling_disabled;
  std::optional<std::string> auto_scaling_role_arn;
  std::vector<AutoScalingPolicyDescription> scaling_policies;
  static protocol::Members Describe();
};

struct ReplicaGlobalSecondaryIndexSettingsDescription {
  std::string index_name;
  std::optional<std::string> index_status;
  std::optional<std::int64_t> provisioned_read_capacity_units;
  std::optional<AutoScalingSettingsDescription> provisioned_read_capacity_auto_scaling_settings;
  std::optional<std::int64_t> provisioned_write_capacity_units;
  std::optional<AutoScalingSettingsDescription> provisioned_write_capacity_auto_scaling_settings;
  static protocol::Members Describe();
};

struct ReplicaSettingsDescription {
  std::string region_name;
  std::optional<std::string> replica_status;
  std::optional<BillingModeSummary> replica_billing_mode_summary;
  std::optional<std::int64_t> replica_provisioned_read_capacity_units;
  std::optional<AutoScalingSettingsDescription> replica_provisioned_read_capacity_auto_scaling_settings;
  std::optional<std::int64_t> replica_provisioned_write_capacity_units;
  std::optional<AutoScalingSettingsDescription> replica_provisioned_write_capacity_auto_scaling_settings;
  std::vector<ReplicaGlobalSecondaryIndexSettingsDescription> replica_global_secondary_index_settings;
  std::optional<TableClassSummary> replica_table_class_summary;
  static protocol::Members Describe();
};

struct DescribeGlobalTableSettingsRequest {
  std::string global_table_name;
  static protocol::Members Describe();
};

struct DescribeGlobalTableSettingsResponse {
  std::optional<std::string> global_table_name;
  std::vector<ReplicaSettingsDescription> replica_settings;
  static protocol::Members Describe();
};

struct AutoScalingTargetTrackingScalingPolicyConfigurationUpdate {
  std::optional<bool> disable_scale_in;
  std::optional<std::int32_t> scale_in_cooldown;
  std::optional<std::int32_t> scale_out_cooldown;
  double target_value = 0;
  static protocol::Members Describe();
};

struct AutoScalingPolicyUpdate {
  std::optional<std::string> policy_name;
  AutoScalingTargetTrackingScalingPolicyConfigurationUpdate target_tracking_scaling_policy_configuration;
  static protocol::Members Describe();
};

struct AutoScalingSettingsUpdate {
  std::optional<std::int64_t> minimum_units;
  std::optional<std::int64_t> maximum_units;
  std::optional<bool> auto_scaling_disabled;
  std::optional<std::string> auto_scaling_role_arn;
  std::optional<AutoScalingPolicyUpdate> scaling_policy_update;
  static protocol::Members Describe();
};

struct GlobalTableGlobalSecondaryIndexSettingsUpdate {
  std::string index_name;
  std::optional<std::int64_t> provisioned_write_capacity_units;
  std::optional<AutoScalingSettingsUpdate> provisioned_write_capacity_auto_scaling_settings_update;
  static protocol::Members Describe();
};

struct ReplicaGlobalSecondaryIndexSettingsUpdate {
  std::string index_name;
  std::optional<std::int64_t> provisioned_read_capacity_units;
  std::optional<AutoScalingSettingsUpdate> provisioned_read_capacity_auto_scaling_settings_update;
  static protocol::Members Describe();
};

struct ReplicaSettingsUpdate {
  std::string region_name;
  std::optional<std::int64_t> replica_provisioned_read_capacity_units;
  std::optional<AutoScalingSettingsUpdate> replica_provisioned_read_capacity_auto_scaling_settings_update;
  std::optional<std::vector<ReplicaGlobalSecondaryIndexSettingsUpdate>>
      replica_global_secondary_index_settings_update;
  std::optional<std::string> replica_table_class;
  static protocol::Members Describe();
};

struct UpdateGlobalTableSettingsRequest {
  std::string global_table_name;
  std::optional<std::string> global_table_billing_mode;
  std::optional<std::int64_t> global_table_provisioned_write_capacity_units;
  std::optional<AutoScalingSettingsUpdate>
      global_table_provisioned_write_capacity_auto_scaling_settings_update;
  std::optional<std::vector<GlobalTableGlobalSecondaryIndexSettingsUpdate>>
      global_table_global_secondary_index_settings_update;
  std::optional<std::vector<ReplicaSettingsUpdate>> replica_settings_update;
  static protocol::Members Describe();
};

struct UpdateGlobalTableSettingsResponse {
  std::optional<std::string> global_table_name;
  std::vector<ReplicaSettingsDescription> replica_settings;
  static protocol::Members Describe();
};

// Global tables of version 2017.11.29, which AWS keeps for those who have some. None can be made here: tables
// get replicas by UpdateTable, as version 2019.11.21 has it, and those are not listed here by AWS either.

/// Global tables of the older version: none.
///
/// Errors: InternalServerError.
/// Thread: any.
/// Source: DynamoDB API Reference "ListGlobalTables".
runtime::Task<ListGlobalTablesResponse> ListGlobalTables(DynamoDbService& dynamodb,
                                                         const protocol::RequestContext& context,
                                                         ListGlobalTablesRequest request);

/// Errors: GlobalTableNotFoundException.
/// Thread: any.
/// Source: DynamoDB API Reference "DescribeGlobalTable".
runtime::Task<DescribeGlobalTableResponse> DescribeGlobalTable(DynamoDbService& dynamodb,
                                                               const protocol::RequestContext& context,
                                                               DescribeGlobalTableRequest request);

/// Errors: GlobalTableNotFoundException.
/// Thread: any.
/// Source: DynamoDB API Reference "UpdateGlobalTable".
runtime::Task<UpdateGlobalTableResponse> UpdateGlobalTable(DynamoDbService& dynamodb,
                                                           const protocol::RequestContext& context,
                                                           UpdateGlobalTableRequest request);

/// Errors: GlobalTableNotFoundException.
/// Thread: any.
/// Source: DynamoDB API Reference "DescribeGlobalTableSettings".
runtime::Task<DescribeGlobalTableSettingsResponse> DescribeGlobalTableSettings(
    DynamoDbService& dynamodb, const protocol::RequestContext& context,
    DescribeGlobalTableSettingsRequest request);

/// Errors: GlobalTableNotFoundException.
/// Thread: any.
/// Source: DynamoDB API Reference "UpdateGlobalTableSettings".
runtime::Task<UpdateGlobalTableSettingsResponse> UpdateGlobalTableSettings(
    DynamoDbService& dynamodb, const protocol::RequestContext& context,
    UpdateGlobalTableSettingsRequest request);

}  // namespace cumulite::dynamodb
