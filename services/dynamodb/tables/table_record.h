#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "services/dynamodb/shapes.h"

namespace cumulite::dynamodb {

/// What is stored of an index, as JSON in its table's row.
struct IndexRecord {
  std::int64_t number = 0;  // of its rows; never used again
  std::string name;
  bool local = false;
  std::vector<KeySchemaElement> key_schema;
  IndexProjection projection;
  std::optional<ProvisionedThroughput> throughput;
  std::optional<OnDemandThroughput> on_demand_throughput;
  std::optional<WarmThroughput> warm_throughput;
  std::optional<bool> backfilling;
  static protocol::Members Describe();
};

/// What UpdateContributorInsights set for a table or one of its indexes.
struct InsightsRecord {
  std::string mode;
  protocol::Timestamp since;
  static protocol::Members Describe();
};

/// Another region that has this table, too.
struct ReplicaRecord {
  std::string region;
  std::optional<std::string> kms_master_key_id;
  std::optional<ProvisionedThroughputOverride> throughput_override;
  std::vector<ReplicaGlobalSecondaryIndexDescription> global_secondary_indexes;
  std::optional<std::string> table_class_override;
  static protocol::Members Describe();
};

/// A Kinesis data stream that was named as a destination of a table's changes.
struct KinesisRecord {
  std::string stream_arn;
  bool active = true;
  std::string precision;  // of ApproximateCreationDateTime
  static protocol::Members Describe();
};

/// What is stored of a table besides its name, as JSON in one row.
struct TableRecord {
  std::string table_id;
  protocol::Timestamp created;
  std::vector<AttributeDefinition> attribute_definitions;
  std::vector<KeySchemaElement> key_schema;
  std::string billing_mode;
  std::optional<protocol::Timestamp> on_demand_since;
  ProvisionedThroughput throughput;  // zero on demand
  std::optional<protocol::Timestamp> last_increase;
  std::optional<protocol::Timestamp> last_decrease;
  std::optional<OnDemandThroughput> on_demand_throughput;
  std::optional<WarmThroughput> warm_throughput;
  std::int64_t next_index = 1;
  std::vector<IndexRecord> indexes;
  std::optional<StreamSpecification> stream;
  std::optional<std::string> stream_label;  // of the latest stream, which may be disabled
  std::int64_t stream_id = 0;               // of the stream that is written to; 0: none
  bool deletion_protection = false;
  std::optional<std::string> table_class;
  std::optional<protocol::Timestamp> table_class_since;
  std::optional<SSEDescription> sse;
  std::map<std::string, std::string> tags;
  std::optional<std::string> ttl_attribute;
  bool point_in_time_recovery = false;
  std::optional<protocol::Timestamp> recoverable_since;
  std::int64_t recovery_days = 35;
  std::int64_t copies = 0;                 // backups and restores that read it now: changes are kept for them
  std::optional<RestoreSummary> restored;  // its items are not all there while that is in progress
  std::optional<std::string> resource_policy;
  std::optional<std::string> policy_revision;
  std::map<std::string, InsightsRecord> insights;  // of enabled ones, by index; "": the table's
  std::vector<ReplicaRecord> replicas;
  std::vector<KinesisRecord> kinesis;
  /// AutoScalingSettingsDescription as JSON, by "REGION/INDEX/read" and "…/write"; INDEX empty: the table's.
  std::map<std::string, std::string> scaling;
  std::optional<std::string> phase;  // a TableStatus that lasts until then, where a setting wants phases
  std::optional<protocol::Timestamp> phase_ends;
  static protocol::Members Describe();
};

}  // namespace cumulite::dynamodb
