#include "services/dynamodb/shapes.h"

namespace cumulite::dynamodb {
using protocol::Wire;
namespace {

constexpr std::string_view kScalarAttributeType[] = {"B", "N", "S"};
constexpr std::string_view kKeyType[] = {"HASH", "RANGE"};
constexpr protocol::Limits kProjectedName = protocol::Limits{}.Length(1, 255);
constexpr std::string_view kProjectionType[] = {"ALL", "KEYS_ONLY", "INCLUDE"};
constexpr std::string_view kStreamViewType[] = {"NEW_IMAGE", "OLD_IMAGE", "NEW_AND_OLD_IMAGES", "KEYS_ONLY"};
constexpr std::string_view kSSEType[] = {"AES256", "KMS"};
constexpr std::string_view kComparisonOperator[] = {
    "EQ",      "NE",       "IN",   "LE",       "LT",           "GE",         "GT",
    "BETWEEN", "NOT_NULL", "NULL", "CONTAINS", "NOT_CONTAINS", "BEGINS_WITH"};

}  // namespace

bool IsTableName(std::string_view text) {
  if (text.starts_with("arn:")) return true;
  return text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-") ==
         std::string_view::npos;
}

protocol::Members AttributeDefinition::Describe() {
  using T = AttributeDefinition;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::attribute_name>("AttributeName").Required().Length(1, 255),
      Wire<&T::attribute_type>("AttributeType").Required().Values(kScalarAttributeType),
  };
  return kMembers;
}

protocol::Members KeySchemaElement::Describe() {
  using T = KeySchemaElement;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::attribute_name>("AttributeName").Required().Length(1, 255),
      Wire<&T::key_type>("KeyType").Required().Values(kKeyType),
  };
  return kMembers;
}

protocol::Members IndexProjection::Describe() {
  using T = IndexProjection;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::projection_type>("ProjectionType").Values(kProjectionType),
      Wire<&T::non_key_attributes>("NonKeyAttributes").Length(1, 20).Elements(kProjectedName),
  };
  return kMembers;
}

protocol::Members LocalSecondaryIndex::Describe() {
  using T = LocalSecondaryIndex;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::index_name>("IndexName").Required().Length(3, 255).Pattern(kTableNamePattern),
      Wire<&T::key_schema>("KeySchema").Required().Length(1, 2),
      Wire<&T::projection>("Projection").Required(),
  };
  return kMembers;
}

protocol::Members ProvisionedThroughput::Describe() {
  using T = ProvisionedThroughput;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::read_capacity_units>("ReadCapacityUnits").Required(),
      Wire<&T::write_capacity_units>("WriteCapacityUnits").Required(),
  };
  return kMembers;
}

protocol::Members OnDemandThroughput::Describe() {
  using T = OnDemandThroughput;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::max_read_request_units>("MaxReadRequestUnits"),
      Wire<&T::max_write_request_units>("MaxWriteRequestUnits"),
  };
  return kMembers;
}

protocol::Members WarmThroughput::Describe() {
  using T = WarmThroughput;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::read_units_per_second>("ReadUnitsPerSecond"),
      Wire<&T::write_units_per_second>("WriteUnitsPerSecond"),
  };
  return kMembers;
}

protocol::Members GlobalSecondaryIndex::Describe() {
  using T = GlobalSecondaryIndex;
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

protocol::Members StreamSpecification::Describe() {
  using T = StreamSpecification;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::stream_enabled>("StreamEnabled").Required(),
      Wire<&T::stream_view_type>("StreamViewType").Values(kStreamViewType),
  };
  return kMembers;
}

protocol::Members SSESpecification::Describe() {
  using T = SSESpecification;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::enabled>("Enabled"),
      Wire<&T::sse_type>("SSEType").Values(kSSEType),
      Wire<&T::kms_master_key_id>("KMSMasterKeyId"),
  };
  return kMembers;
}

protocol::Members Tag::Describe() {
  using T = Tag;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::key>("Key").Required().Length(1, 128),
      Wire<&T::value>("Value").Required().Length(0, 256),
  };
  return kMembers;
}

protocol::Members ProvisionedThroughputDescription::Describe() {
  using T = ProvisionedThroughputDescription;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::last_increase_date_time>("LastIncreaseDateTime"),
      Wire<&T::last_decrease_date_time>("LastDecreaseDateTime"),
      Wire<&T::number_of_decreases_today>("NumberOfDecreasesToday"),
      Wire<&T::read_capacity_units>("ReadCapacityUnits"),
      Wire<&T::write_capacity_units>("WriteCapacityUnits"),
  };
  return kMembers;
}

protocol::Members BillingModeSummary::Describe() {
  using T = BillingModeSummary;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::billing_mode>("BillingMode"),
      Wire<&T::last_update_to_pay_per_request_date_time>("LastUpdateToPayPerRequestDateTime"),
  };
  return kMembers;
}

protocol::Members LocalSecondaryIndexDescription::Describe() {
  using T = LocalSecondaryIndexDescription;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::index_name>("IndexName"),  Wire<&T::key_schema>("KeySchema"),
      Wire<&T::projection>("Projection"), Wire<&T::index_size_bytes>("IndexSizeBytes"),
      Wire<&T::item_count>("ItemCount"),  Wire<&T::index_arn>("IndexArn"),
  };
  return kMembers;
}

protocol::Members TableWarmThroughputDescription::Describe() {
  using T = TableWarmThroughputDescription;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::read_units_per_second>("ReadUnitsPerSecond"),
      Wire<&T::write_units_per_second>("WriteUnitsPerSecond"),
      Wire<&T::status>("Status"),
  };
  return kMembers;
}

protocol::Members GlobalSecondaryIndexDescription::Describe() {
  using T = GlobalSecondaryIndexDescription;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::index_name>("IndexName"),
      Wire<&T::key_schema>("KeySchema"),
      Wire<&T::projection>("Projection"),
      Wire<&T::index_status>("IndexStatus"),
      Wire<&T::backfilling>("Backfilling"),
      Wire<&T::provisioned_throughput>("ProvisionedThroughput"),
      Wire<&T::index_size_bytes>("IndexSizeBytes"),
      Wire<&T::item_count>("ItemCount"),
      Wire<&T::index_arn>("IndexArn"),
      Wire<&T::on_demand_throughput>("OnDemandThroughput"),
      Wire<&T::warm_throughput>("WarmThroughput"),
  };
  return kMembers;
}

protocol::Members ProvisionedThroughputOverride::Describe() {
  using T = ProvisionedThroughputOverride;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::read_capacity_units>("ReadCapacityUnits"),
  };
  return kMembers;
}

protocol::Members ReplicaGlobalSecondaryIndexDescription::Describe() {
  using T = ReplicaGlobalSecondaryIndexDescription;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::index_name>("IndexName"),
      Wire<&T::provisioned_throughput_override>("ProvisionedThroughputOverride"),
  };
  return kMembers;
}

protocol::Members TableClassSummary::Describe() {
  using T = TableClassSummary;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_class>("TableClass"),
      Wire<&T::last_update_date_time>("LastUpdateDateTime"),
  };
  return kMembers;
}

protocol::Members ReplicaDescription::Describe() {
  using T = ReplicaDescription;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::region_name>("RegionName"),
      Wire<&T::replica_status>("ReplicaStatus"),
      Wire<&T::replica_status_description>("ReplicaStatusDescription"),
      Wire<&T::replica_status_percent_progress>("ReplicaStatusPercentProgress"),
      Wire<&T::kms_master_key_id>("KMSMasterKeyId"),
      Wire<&T::provisioned_throughput_override>("ProvisionedThroughputOverride"),
      Wire<&T::global_secondary_indexes>("GlobalSecondaryIndexes"),
      Wire<&T::replica_inaccessible_date_time>("ReplicaInaccessibleDateTime"),
      Wire<&T::replica_table_class_summary>("ReplicaTableClassSummary"),
  };
  return kMembers;
}

protocol::Members RestoreSummary::Describe() {
  using T = RestoreSummary;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::source_backup_arn>("SourceBackupArn"),
      Wire<&T::source_table_arn>("SourceTableArn"),
      Wire<&T::restore_date_time>("RestoreDateTime"),
      Wire<&T::restore_in_progress>("RestoreInProgress"),
  };
  return kMembers;
}

protocol::Members SSEDescription::Describe() {
  using T = SSEDescription;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::status>("Status"),
      Wire<&T::sse_type>("SSEType"),
      Wire<&T::kms_master_key_arn>("KMSMasterKeyArn"),
      Wire<&T::inaccessible_encryption_date_time>("InaccessibleEncryptionDateTime"),
  };
  return kMembers;
}

protocol::Members ArchivalSummary::Describe() {
  using T = ArchivalSummary;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::archival_date_time>("ArchivalDateTime"),
      Wire<&T::archival_reason>("ArchivalReason"),
      Wire<&T::archival_backup_arn>("ArchivalBackupArn"),
  };
  return kMembers;
}

protocol::Members TableDescription::Describe() {
  using T = TableDescription;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::attribute_definitions>("AttributeDefinitions"),
      Wire<&T::table_name>("TableName"),
      Wire<&T::key_schema>("KeySchema"),
      Wire<&T::table_status>("TableStatus"),
      Wire<&T::creation_date_time>("CreationDateTime"),
      Wire<&T::provisioned_throughput>("ProvisionedThroughput"),
      Wire<&T::table_size_bytes>("TableSizeBytes"),
      Wire<&T::item_count>("ItemCount"),
      Wire<&T::table_arn>("TableArn"),
      Wire<&T::table_id>("TableId"),
      Wire<&T::billing_mode_summary>("BillingModeSummary"),
      Wire<&T::local_secondary_indexes>("LocalSecondaryIndexes"),
      Wire<&T::global_secondary_indexes>("GlobalSecondaryIndexes"),
      Wire<&T::stream_specification>("StreamSpecification"),
      Wire<&T::latest_stream_label>("LatestStreamLabel"),
      Wire<&T::latest_stream_arn>("LatestStreamArn"),
      Wire<&T::global_table_version>("GlobalTableVersion"),
      Wire<&T::replicas>("Replicas"),
      Wire<&T::restore_summary>("RestoreSummary"),
      Wire<&T::sse_description>("SSEDescription"),
      Wire<&T::archival_summary>("ArchivalSummary"),
      Wire<&T::table_class_summary>("TableClassSummary"),
      Wire<&T::deletion_protection_enabled>("DeletionProtectionEnabled"),
      Wire<&T::on_demand_throughput>("OnDemandThroughput"),
      Wire<&T::warm_throughput>("WarmThroughput"),
  };
  return kMembers;
}

protocol::Members ExpectedAttributeValue::Describe() {
  using T = ExpectedAttributeValue;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::value>("Value"),
      Wire<&T::exists>("Exists"),
      Wire<&T::comparison_operator>("ComparisonOperator").Values(kComparisonOperator),
      Wire<&T::attribute_value_list>("AttributeValueList"),
  };
  return kMembers;
}

protocol::Members Capacity::Describe() {
  using T = Capacity;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::read_capacity_units>("ReadCapacityUnits"),
      Wire<&T::write_capacity_units>("WriteCapacityUnits"),
      Wire<&T::capacity_units>("CapacityUnits"),
  };
  return kMembers;
}

protocol::Members ConsumedCapacity::Describe() {
  using T = ConsumedCapacity;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_name>("TableName"),
      Wire<&T::capacity_units>("CapacityUnits"),
      Wire<&T::read_capacity_units>("ReadCapacityUnits"),
      Wire<&T::write_capacity_units>("WriteCapacityUnits"),
      Wire<&T::table>("Table"),
      Wire<&T::local_secondary_indexes>("LocalSecondaryIndexes"),
      Wire<&T::global_secondary_indexes>("GlobalSecondaryIndexes"),
  };
  return kMembers;
}

protocol::Members ItemCollectionMetrics::Describe() {
  using T = ItemCollectionMetrics;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::item_collection_key>("ItemCollectionKey"),
      Wire<&T::size_estimate_range_gb>("SizeEstimateRangeGB"),
  };
  return kMembers;
}

protocol::Members LegacyCondition::Describe() {
  using T = LegacyCondition;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::attribute_value_list>("AttributeValueList"),
      Wire<&T::comparison_operator>("ComparisonOperator").Required().Values(kComparisonOperator),
  };
  return kMembers;
}

protocol::Members ItemResponse::Describe() {
  using T = ItemResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::item>("Item"),
  };
  return kMembers;
}

protocol::Members TimeToLiveDescription::Describe() {
  using T = TimeToLiveDescription;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::time_to_live_status>("TimeToLiveStatus"),
      Wire<&T::attribute_name>("AttributeName"),
  };
  return kMembers;
}

protocol::Members PointInTimeRecoveryDescription::Describe() {
  using T = PointInTimeRecoveryDescription;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::point_in_time_recovery_status>("PointInTimeRecoveryStatus"),
      Wire<&T::recovery_period_in_days>("RecoveryPeriodInDays"),
      Wire<&T::earliest_restorable_date_time>("EarliestRestorableDateTime"),
      Wire<&T::latest_restorable_date_time>("LatestRestorableDateTime"),
  };
  return kMembers;
}

protocol::Members ContinuousBackupsDescription::Describe() {
  using T = ContinuousBackupsDescription;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::continuous_backups_status>("ContinuousBackupsStatus"),
      Wire<&T::point_in_time_recovery_description>("PointInTimeRecoveryDescription"),
  };
  return kMembers;
}

protocol::Members BackupDetails::Describe() {
  using T = BackupDetails;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::backup_arn>("BackupArn"),
      Wire<&T::backup_name>("BackupName"),
      Wire<&T::backup_size_bytes>("BackupSizeBytes"),
      Wire<&T::backup_status>("BackupStatus"),
      Wire<&T::backup_type>("BackupType"),
      Wire<&T::backup_creation_date_time>("BackupCreationDateTime"),
      Wire<&T::backup_expiry_date_time>("BackupExpiryDateTime"),
  };
  return kMembers;
}

protocol::Members SourceTableDetails::Describe() {
  using T = SourceTableDetails;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_name>("TableName"),
      Wire<&T::table_id>("TableId"),
      Wire<&T::table_arn>("TableArn"),
      Wire<&T::table_size_bytes>("TableSizeBytes"),
      Wire<&T::key_schema>("KeySchema"),
      Wire<&T::table_creation_date_time>("TableCreationDateTime"),
      Wire<&T::provisioned_throughput>("ProvisionedThroughput"),
      Wire<&T::item_count>("ItemCount"),
      Wire<&T::billing_mode>("BillingMode"),
  };
  return kMembers;
}

protocol::Members LocalSecondaryIndexInfo::Describe() {
  using T = LocalSecondaryIndexInfo;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::index_name>("IndexName"),
      Wire<&T::key_schema>("KeySchema"),
      Wire<&T::projection>("Projection"),
  };
  return kMembers;
}

protocol::Members GlobalSecondaryIndexInfo::Describe() {
  using T = GlobalSecondaryIndexInfo;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::index_name>("IndexName"),
      Wire<&T::key_schema>("KeySchema"),
      Wire<&T::projection>("Projection"),
      Wire<&T::provisioned_throughput>("ProvisionedThroughput"),
  };
  return kMembers;
}

protocol::Members SourceTableFeatureDetails::Describe() {
  using T = SourceTableFeatureDetails;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::local_secondary_indexes>("LocalSecondaryIndexes"),
      Wire<&T::global_secondary_indexes>("GlobalSecondaryIndexes"),
      Wire<&T::stream_description>("StreamDescription"),
      Wire<&T::time_to_live_description>("TimeToLiveDescription"),
      Wire<&T::sse_description>("SSEDescription"),
  };
  return kMembers;
}

protocol::Members BackupDescription::Describe() {
  using T = BackupDescription;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::backup_details>("BackupDetails"),
      Wire<&T::source_table_details>("SourceTableDetails"),
      Wire<&T::source_table_feature_details>("SourceTableFeatureDetails"),
  };
  return kMembers;
}

}  // namespace cumulite::dynamodb
