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

/// Of DescribeGlobalTable and DescribeGlobalTableSettings.
struct DescribeGlobalTableRequest {
  std::string global_table_name;
  static protocol::Members Describe();
};

/// What the operations on one global table would answer: there is none to tell of.
struct NoGlobalTable {
  static protocol::Members Describe() { return {}; }
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
runtime::Task<NoGlobalTable> DescribeGlobalTable(DynamoDbService& dynamodb,
                                                 const protocol::RequestContext& context,
                                                 DescribeGlobalTableRequest request);

/// Errors: GlobalTableNotFoundException.
/// Thread: any.
/// Source: DynamoDB API Reference "UpdateGlobalTable".
runtime::Task<NoGlobalTable> UpdateGlobalTable(DynamoDbService& dynamodb,
                                               const protocol::RequestContext& context,
                                               UpdateGlobalTableRequest request);

/// Errors: GlobalTableNotFoundException.
/// Thread: any.
/// Source: DynamoDB API Reference "DescribeGlobalTableSettings".
runtime::Task<NoGlobalTable> DescribeGlobalTableSettings(DynamoDbService& dynamodb,
                                                         const protocol::RequestContext& context,
                                                         DescribeGlobalTableRequest request);

/// Errors: GlobalTableNotFoundException.
/// Thread: any.
/// Source: DynamoDB API Reference "UpdateGlobalTableSettings".
runtime::Task<NoGlobalTable> UpdateGlobalTableSettings(DynamoDbService& dynamodb,
                                                       const protocol::RequestContext& context,
                                                       UpdateGlobalTableSettingsRequest request);

}  // namespace cumulite::dynamodb
