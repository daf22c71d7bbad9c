#include "services/s3/documents/replication.h"

namespace cumulite::s3::documents {
using protocol::Wire;

namespace {

constexpr std::string_view kSseKmsEncryptedObjectsStatus[] = {"Enabled", "Disabled"};
constexpr std::string_view kReplicaModificationsStatus[] = {"Enabled", "Disabled"};
constexpr std::string_view kExistingObjectReplicationStatus[] = {"Enabled", "Disabled"};
constexpr std::string_view kOwnerOverride[] = {"Destination"};
constexpr std::string_view kReplicationTimeStatus[] = {"Enabled", "Disabled"};
constexpr std::string_view kMetricsStatus[] = {"Enabled", "Disabled"};
constexpr std::string_view kStorageClass[] = {
    "STANDARD", "REDUCED_REDUNDANCY", "STANDARD_IA", "ONEZONE_IA", "INTELLIGENT_TIERING",
    "GLACIER",  "DEEP_ARCHIVE",       "OUTPOSTS",    "GLACIER_IR"};
constexpr std::string_view kDeleteMarkerReplicationStatus[] = {"Enabled", "Disabled"};
constexpr std::string_view kReplicationRuleStatus[] = {"Enabled", "Disabled"};

}  // namespace

protocol::Members ReplicationRuleAndOperator::Describe() {
  using T = ReplicationRuleAndOperator;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::prefix>("Prefix"),
      Wire<&T::tags>("Tags").InQuery("Tag").Flattened(),
  };
  return kMembers;
}

protocol::Members ReplicationRuleFilter::Describe() {
  using T = ReplicationRuleFilter;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::prefix>("Prefix"),
      Wire<&T::tag>("Tag"),
      Wire<&T::all>("And"),
  };
  return kMembers;
}

protocol::Members SseKmsEncryptedObjects::Describe() {
  using T = SseKmsEncryptedObjects;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::status>("Status").Required().Values(kSseKmsEncryptedObjectsStatus),
  };
  return kMembers;
}

protocol::Members ReplicaModifications::Describe() {
  using T = ReplicaModifications;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::status>("Status").Required().Values(kReplicaModificationsStatus),
  };
  return kMembers;
}

protocol::Members SourceSelectionCriteria::Describe() {
  using T = SourceSelectionCriteria;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::sse_kms_encrypted_objects>("SseKmsEncryptedObjects"),
      Wire<&T::replica_modifications>("ReplicaModifications"),
  };
  return kMembers;
}

protocol::Members ExistingObjectReplication::Describe() {
  using T = ExistingObjectReplication;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::status>("Status").Required().Values(kExistingObjectReplicationStatus),
  };
  return kMembers;
}

protocol::Members AccessControlTranslation::Describe() {
  using T = AccessControlTranslation;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::owner>("Owner").Required().Values(kOwnerOverride),
  };
  return kMembers;
}

protocol::Members EncryptionConfiguration::Describe() {
  using T = EncryptionConfiguration;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::replica_kms_key_id>("ReplicaKmsKeyID"),
  };
  return kMembers;
}

protocol::Members ReplicationTimeValue::Describe() {
  using T = ReplicationTimeValue;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::minutes>("Minutes"),
  };
  return kMembers;
}

protocol::Members ReplicationTime::Describe() {
  using T = ReplicationTime;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::status>("Status").Required().Values(kReplicationTimeStatus),
      Wire<&T::time>("Time").Required(),
  };
  return kMembers;
}

protocol::Members Metrics::Describe() {
  using T = Metrics;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::status>("Status").Required().Values(kMetricsStatus),
      Wire<&T::event_threshold>("EventThreshold"),
  };
  return kMembers;
}

protocol::Members Destination::Describe() {
  using T = Destination;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::bucket>("Bucket").Required(),
      Wire<&T::account>("Account"),
      Wire<&T::storage_class>("StorageClass").Values(kStorageClass),
      Wire<&T::access_control_translation>("AccessControlTranslation"),
      Wire<&T::encryption_configuration>("EncryptionConfiguration"),
      Wire<&T::replication_time>("ReplicationTime"),
      Wire<&T::metrics>("Metrics"),
  };
  return kMembers;
}

protocol::Members DeleteMarkerReplication::Describe() {
  using T = DeleteMarkerReplication;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::status>("Status").Values(kDeleteMarkerReplicationStatus),
  };
  return kMembers;
}

protocol::Members ReplicationRule::Describe() {
  using T = ReplicationRule;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::id>("ID"),
      Wire<&T::priority>("Priority"),
      Wire<&T::prefix>("Prefix"),
      Wire<&T::filter>("Filter"),
      Wire<&T::status>("Status").Required().Values(kReplicationRuleStatus),
      Wire<&T::source_selection_criteria>("SourceSelectionCriteria"),
      Wire<&T::existing_object_replication>("ExistingObjectReplication"),
      Wire<&T::destination>("Destination").Required(),
      Wire<&T::delete_marker_replication>("DeleteMarkerReplication"),
  };
  return kMembers;
}

protocol::Members ReplicationConfiguration::Describe() {
  using T = ReplicationConfiguration;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::role>("Role").Required(),
      Wire<&T::rules>("Rules").InQuery("Rule").Flattened().Required(),
  };
  return kMembers;
}

}  // namespace cumulite::s3::documents
