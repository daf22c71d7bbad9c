#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "protocol/members.h"

/// Metadata tables of a bucket, and access by its tags (ABAC). Source: S3 API Reference, "Data Types".
namespace cumulite::s3::documents {

struct AbacStatus {
  std::optional<std::string> status;
  static protocol::Members Describe();
};

struct MetadataTableEncryptionConfiguration {
  std::string sse_algorithm;
  std::optional<std::string> kms_key_arn;
  static protocol::Members Describe();
};

struct RecordExpiration {
  std::string expiration;
  std::optional<std::int32_t> days;
  static protocol::Members Describe();
};

struct JournalTableConfiguration {
  RecordExpiration record_expiration;
  std::optional<MetadataTableEncryptionConfiguration> encryption_configuration;
  static protocol::Members Describe();
};

struct InventoryTableConfiguration {
  std::string configuration_state;
  std::optional<MetadataTableEncryptionConfiguration> encryption_configuration;
  static protocol::Members Describe();
};

struct MetadataConfiguration {
  JournalTableConfiguration journal_table_configuration;
  std::optional<InventoryTableConfiguration> inventory_table_configuration;
  static protocol::Members Describe();
};

struct S3TablesDestination {
  std::string table_bucket_arn;
  std::string table_name;
  static protocol::Members Describe();
};

struct MetadataTableConfiguration {
  S3TablesDestination s3_tables_destination;
  static protocol::Members Describe();
};

}  // namespace cumulite::s3::documents
