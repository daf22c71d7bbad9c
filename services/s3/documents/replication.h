#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/members.h"
#include "services/s3/documents/tagging.h"

/// What is copied into other buckets. Source: S3 API Reference, "Data Types".
namespace cumulite::s3::documents {

struct ReplicationRuleAndOperator {
  std::optional<std::string> prefix;
  std::vector<Tag> tags;
  static protocol::Members Describe();
};

struct ReplicationRuleFilter {
  std::optional<std::string> prefix;
  std::optional<Tag> tag;
  std::optional<ReplicationRuleAndOperator> all;
  static protocol::Members Describe();
};

struct SseKmsEncryptedObjects {
  std::string status;
  static protocol::Members Describe();
};

struct ReplicaModifications {
  std::string status;
  static protocol::Members Describe();
};

struct SourceSelectionCriteria {
  std::optional<SseKmsEncryptedObjects> sse_kms_encrypted_objects;
  std::optional<ReplicaModifications> replica_modifications;
  static protocol::Members Describe();
};

struct ExistingObjectReplication {
  std::string status;
  static protocol::Members Describe();
};

struct AccessControlTranslation {
  std::string owner;
  static protocol::Members Describe();
};

struct EncryptionConfiguration {
  std::optional<std::string> replica_kms_key_id;
  static protocol::Members Describe();
};

struct ReplicationTimeValue {
  std::optional<std::int32_t> minutes;
  static protocol::Members Describe();
};

struct ReplicationTime {
  std::string status;
  ReplicationTimeValue time;
  static protocol::Members Describe();
};

struct Metrics {
  std::string status;
  std::optional<ReplicationTimeValue> event_threshold;
  static protocol::Members Describe();
};

struct Destination {
  std::string bucket;
  std::optional<std::string> account;
  std::optional<std::string> storage_class;
  std::optional<AccessControlTranslation> access_control_translation;
  std::optional<EncryptionConfiguration> encryption_configuration;
  std::optional<ReplicationTime> replication_time;
  std::optional<Metrics> metrics;
  static protocol::Members Describe();
};

struct DeleteMarkerReplication {
  std::optional<std::string> status;
  static protocol::Members Describe();
};

struct ReplicationRule {
  std::optional<std::string> id;
  std::optional<std::int32_t> priority;
  std::optional<std::string> prefix;
  std::optional<ReplicationRuleFilter> filter;
  std::string status;
  std::optional<SourceSelectionCriteria> source_selection_criteria;
  std::optional<ExistingObjectReplication> existing_object_replication;
  Destination destination;
  std::optional<DeleteMarkerReplication> delete_marker_replication;
  static protocol::Members Describe();
};

struct ReplicationConfiguration {
  std::string role;
  std::vector<ReplicationRule> rules;
  static protocol::Members Describe();
};

}  // namespace cumulite::s3::documents
