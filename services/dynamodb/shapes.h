#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/members.h"
#include "services/dynamodb/items/attribute_value.h"

namespace cumulite::dynamodb {

inline constexpr std::string_view kBillingMode[] = {"PROVISIONED", "PAY_PER_REQUEST"};
inline constexpr std::string_view kTableClass[] = {"STANDARD", "STANDARD_INFREQUENT_ACCESS"};
inline constexpr std::string_view kReturnValue[] = {"ALL_NEW", "UPDATED_OLD", "ALL_OLD", "NONE",
                                                    "UPDATED_NEW"};
inline constexpr std::string_view kReturnConsumedCapacity[] = {"INDEXES", "TOTAL", "NONE"};
inline constexpr std::string_view kReturnItemCollectionMetrics[] = {"SIZE", "NONE"};
inline constexpr std::string_view kConditionalOperator[] = {"AND", "OR"};
inline constexpr std::string_view kReturnValuesOnConditionCheckFailure[] = {"ALL_OLD", "NONE"};
inline constexpr std::string_view kSelect[] = {"SPECIFIC_ATTRIBUTES", "COUNT", "ALL_ATTRIBUTES",
                                               "ALL_PROJECTED_ATTRIBUTES"};

/// As messages show it. ARNs are names, too, wherever a request wants a table.
inline constexpr std::string_view kTableNamePattern = "[a-zA-Z0-9_.-]+";
bool IsTableName(std::string_view text);

struct AttributeDefinition {
  std::string attribute_name;
  std::string attribute_type;
  static protocol::Members Describe();
};

struct KeySchemaElement {
  std::string attribute_name;
  std::string key_type;
  static protocol::Members Describe();
};

struct IndexProjection {
  std::optional<std::string> projection_type;
  std::optional<std::vector<std::string>> non_key_attributes;
  static protocol::Members Describe();
};

struct LocalSecondaryIndex {
  std::string index_name;
  std::vector<KeySchemaElement> key_schema;
  IndexProjection projection;
  static protocol::Members Describe();
};

struct ProvisionedThroughput {
  std::int64_t read_capacity_units = 0;
  std::int64_t write_capacity_units = 0;
  static protocol::Members Describe();
};

struct OnDemandThroughput {
  std::optional<std::int64_t> max_read_request_units;
  std::optional<std::int64_t> max_write_request_units;
  static protocol::Members Describe();
};

struct WarmThroughput {
  std::optional<std::int64_t> read_units_per_second;
  std::optional<std::int64_t> write_units_per_second;
  static protocol::Members Describe();
};

struct GlobalSecondaryIndex {
  std::string index_name;
  std::vector<KeySchemaElement> key_schema;
  IndexProjection projection;
  std::optional<ProvisionedThroughput> provisioned_throughput;
  std::optional<OnDemandThroughput> on_demand_throughput;
  std::optional<WarmThroughput> warm_throughput;
  static protocol::Members Describe();
};

struct StreamSpecification {
  bool stream_enabled = false;
  std::optional<std::string> stream_view_type;
  static protocol::Members Describe();
};

struct SSESpecification {
  std::optional<bool> enabled;
  std::optional<std::string> sse_type;
  std::optional<std::string> kms_master_key_id;
  static protocol::Members Describe();
};

struct Tag {
  std::string key;
  std::string value;
  static protocol::Members Describe();
};

struct ProvisionedThroughputDescription {
  std::optional<protocol::Timestamp> last_increase_date_time;
  std::optional<protocol::Timestamp> last_decrease_date_time;
  std::optional<std::int64_t> number_of_decreases_today;
  std::optional<std::int64_t> read_capacity_units;
  std::optional<std::int64_t> write_capacity_units;
  static protocol::Members Describe();
};

struct BillingModeSummary {
  std::optional<std::string> billing_mode;
  std::optional<protocol::Timestamp> last_update_to_pay_per_request_date_time;
  static protocol::Members Describe();
};

struct LocalSecondaryIndexDescription {
  std::optional<std::string> index_name;
  std::vector<KeySchemaElement> key_schema;
  std::optional<IndexProjection> projection;
  std::optional<std::int64_t> index_size_bytes;
  std::optional<std::int64_t> item_count;
  std::optional<std::string> index_arn;
  static protocol::Members Describe();
};

struct TableWarmThroughputDescription {
  std::optional<std::int64_t> read_units_per_second;
  std::optional<std::int64_t> write_units_per_second;
  std::optional<std::string> status;
  static protocol::Members Describe();
};

struct GlobalSecondaryIndexDescription {
  std::optional<std::string> index_name;
  std::vector<KeySchemaElement> key_schema;
  std::optional<IndexProjection> projection;
  std::optional<std::string> index_status;
  std::optional<bool> backfilling;
  std::optional<ProvisionedThroughputDescription> provisioned_throughput;
  std::optional<std::int64_t> index_size_bytes;
  std::optional<std::int64_t> item_count;
  std::optional<std::string> index_arn;
  std::optional<OnDemandThroughput> on_demand_throughput;
  std::optional<TableWarmThroughputDescription> warm_throughput;
  static protocol::Members Describe();
};

struct ProvisionedThroughputOverride {
  std::optional<std::int64_t> read_capacity_units;
  static protocol::Members Describe();
};

struct ReplicaGlobalSecondaryIndexDescription {
  std::optional<std::string> index_name;
  std::optional<ProvisionedThroughputOverride> provisioned_throughput_override;
  static protocol::Members Describe();
};

struct TableClassSummary {
  std::optional<std::string> table_class;
  std::optional<protocol::Timestamp> last_update_date_time;
  static protocol::Members Describe();
};

struct ReplicaDescription {
  std::optional<std::string> region_name;
  std::optional<std::string> replica_status;
  std::optional<std::string> replica_status_description;
  std::optional<std::string> replica_status_percent_progress;
  std::optional<std::string> kms_master_key_id;
  std::optional<ProvisionedThroughputOverride> provisioned_throughput_override;
  std::vector<ReplicaGlobalSecondaryIndexDescription> global_secondary_indexes;
  std::optional<protocol::Timestamp> replica_inaccessible_date_time;
  std::optional<TableClassSummary> replica_table_class_summary;
  static protocol::Members Describe();
};

struct RestoreSummary {
  std::optional<std::string> source_backup_arn;
  std::optional<std::string> source_table_arn;
  protocol::Timestamp restore_date_time;
  bool restore_in_progress = false;
  static protocol::Members Describe();
};

struct SSEDescription {
  std::optional<std::string> status;
  std::optional<std::string> sse_type;
  std::optional<std::string> kms_master_key_arn;
  std::optional<protocol::Timestamp> inaccessible_encryption_date_time;
  static protocol::Members Describe();
};

struct ArchivalSummary {
  std::optional<protocol::Timestamp> archival_date_time;
  std::optional<std::string> archival_reason;
  std::optional<std::string> archival_backup_arn;
  static protocol::Members Describe();
};

struct TableDescription {
  std::vector<AttributeDefinition> attribute_definitions;
  std::optional<std::string> table_name;
  std::vector<KeySchemaElement> key_schema;
  std::optional<std::string> table_status;
  std::optional<protocol::Timestamp> creation_date_time;
  std::optional<ProvisionedThroughputDescription> provisioned_throughput;
  std::optional<std::int64_t> table_size_bytes;
  std::optional<std::int64_t> item_count;
  std::optional<std::string> table_arn;
  std::optional<std::string> table_id;
  std::optional<BillingModeSummary> billing_mode_summary;
  std::vector<LocalSecondaryIndexDescription> local_secondary_indexes;
  std::vector<GlobalSecondaryIndexDescription> global_secondary_indexes;
  std::optional<StreamSpecification> stream_specification;
  std::optional<std::string> latest_stream_label;
  std::optional<std::string> latest_stream_arn;
  std::optional<std::string> global_table_version;
  std::vector<ReplicaDescription> replicas;
  std::optional<RestoreSummary> restore_summary;
  std::optional<SSEDescription> sse_description;
  std::optional<ArchivalSummary> archival_summary;
  std::optional<TableClassSummary> table_class_summary;
  std::optional<bool> deletion_protection_enabled;
  std::optional<OnDemandThroughput> on_demand_throughput;
  std::optional<TableWarmThroughputDescription> warm_throughput;
  static protocol::Members Describe();
};

struct ExpectedAttributeValue {
  std::optional<ValueInput> value;
  std::optional<bool> exists;
  std::optional<std::string> comparison_operator;
  std::optional<std::vector<ValueInput>> attribute_value_list;
  static protocol::Members Describe();
};

struct Capacity {
  std::optional<double> read_capacity_units;
  std::optional<double> write_capacity_units;
  std::optional<double> capacity_units;
  static protocol::Members Describe();
};

struct ConsumedCapacity {
  std::optional<std::string> table_name;
  std::optional<double> capacity_units;
  std::optional<double> read_capacity_units;
  std::optional<double> write_capacity_units;
  std::optional<Capacity> table;
  std::map<std::string, Capacity> local_secondary_indexes;
  std::map<std::string, Capacity> global_secondary_indexes;
  static protocol::Members Describe();
};

struct ItemCollectionMetrics {
  std::optional<RawJson> item_collection_key;
  std::vector<double> size_estimate_range_gb;
  static protocol::Members Describe();
};

struct LegacyCondition {
  std::optional<std::vector<ValueInput>> attribute_value_list;
  std::string comparison_operator;
  static protocol::Members Describe();
};

struct ItemResponse {
  std::optional<RawJson> item;
  static protocol::Members Describe();
};

struct TimeToLiveDescription {
  std::optional<std::string> time_to_live_status;
  std::optional<std::string> attribute_name;
  static protocol::Members Describe();
};

struct PointInTimeRecoveryDescription {
  std::optional<std::string> point_in_time_recovery_status;
  std::optional<std::int64_t> recovery_period_in_days;
  std::optional<protocol::Timestamp> earliest_restorable_date_time;
  std::optional<protocol::Timestamp> latest_restorable_date_time;
  static protocol::Members Describe();
};

struct ContinuousBackupsDescription {
  std::string continuous_backups_status;
  std::optional<PointInTimeRecoveryDescription> point_in_time_recovery_description;
  static protocol::Members Describe();
};

struct BackupDetails {
  std::string backup_arn;
  std::string backup_name;
  std::optional<std::int64_t> backup_size_bytes;
  std::string backup_status;
  std::string backup_type;
  protocol::Timestamp backup_creation_date_time;
  std::optional<protocol::Timestamp> backup_expiry_date_time;
  static protocol::Members Describe();
};

struct SourceTableDetails {
  std::string table_name;
  std::string table_id;
  std::optional<std::string> table_arn;
  std::optional<std::int64_t> table_size_bytes;
  std::vector<KeySchemaElement> key_schema;
  protocol::Timestamp table_creation_date_time;
  ProvisionedThroughput provisioned_throughput;
  std::optional<std::int64_t> item_count;
  std::optional<std::string> billing_mode;
  static protocol::Members Describe();
};

struct LocalSecondaryIndexInfo {
  std::optional<std::string> index_name;
  std::vector<KeySchemaElement> key_schema;
  std::optional<IndexProjection> projection;
  static protocol::Members Describe();
};

struct GlobalSecondaryIndexInfo {
  std::optional<std::string> index_name;
  std::vector<KeySchemaElement> key_schema;
  std::optional<IndexProjection> projection;
  std::optional<ProvisionedThroughput> provisioned_throughput;
  static protocol::Members Describe();
};

struct SourceTableFeatureDetails {
  std::vector<LocalSecondaryIndexInfo> local_secondary_indexes;
  std::vector<GlobalSecondaryIndexInfo> global_secondary_indexes;
  std::optional<StreamSpecification> stream_description;
  std::optional<TimeToLiveDescription> time_to_live_description;
  std::optional<SSEDescription> sse_description;
  static protocol::Members Describe();
};

struct BackupDescription {
  std::optional<BackupDetails> backup_details;
  std::optional<SourceTableDetails> source_table_details;
  std::optional<SourceTableFeatureDetails> source_table_feature_details;
  static protocol::Members Describe();
};

}  // namespace cumulite::dynamodb
