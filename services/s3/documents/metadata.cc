#include "services/s3/documents/metadata.h"

namespace cumulite::s3::documents {
using protocol::Wire;

namespace {

constexpr std::string_view kEnabledOrDisabled[] = {"Enabled", "Disabled"};
constexpr std::string_view kState[] = {"ENABLED", "DISABLED"};
constexpr std::string_view kTableSseAlgorithm[] = {"aws:kms", "AES256"};

}  // namespace

protocol::Members AbacStatus::Describe() {
  using T = AbacStatus;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::status>("Status").Values(kEnabledOrDisabled),
  };
  return kMembers;
}

protocol::Members MetadataTableEncryptionConfiguration::Describe() {
  using T = MetadataTableEncryptionConfiguration;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::sse_algorithm>("SseAlgorithm").Required().Values(kTableSseAlgorithm),
      Wire<&T::kms_key_arn>("KmsKeyArn"),
  };
  return kMembers;
}

protocol::Members RecordExpiration::Describe() {
  using T = RecordExpiration;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::expiration>("Expiration").Required().Values(kState),
      Wire<&T::days>("Days"),
  };
  return kMembers;
}

protocol::Members JournalTableConfiguration::Describe() {
  using T = JournalTableConfiguration;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::record_expiration>("RecordExpiration").Required(),
      Wire<&T::encryption_configuration>("EncryptionConfiguration"),
  };
  return kMembers;
}

protocol::Members InventoryTableConfiguration::Describe() {
  using T = InventoryTableConfiguration;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::configuration_state>("ConfigurationState").Required().Values(kState),
      Wire<&T::encryption_configuration>("EncryptionConfiguration"),
  };
  return kMembers;
}

protocol::Members MetadataConfiguration::Describe() {
  using T = MetadataConfiguration;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::journal_table_configuration>("JournalTableConfiguration").Required(),
      Wire<&T::inventory_table_configuration>("InventoryTableConfiguration"),
  };
  return kMembers;
}

protocol::Members S3TablesDestination::Describe() {
  using T = S3TablesDestination;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_bucket_arn>("TableBucketArn").Required(),
      Wire<&T::table_name>("TableName").Required(),
  };
  return kMembers;
}

protocol::Members MetadataTableConfiguration::Describe() {
  using T = MetadataTableConfiguration;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::s3_tables_destination>("S3TablesDestination").Required(),
  };
  return kMembers;
}

}  // namespace cumulite::s3::documents
