#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/members.h"
#include "services/s3/documents/tagging.h"

/// Configurations of which a bucket has many, each with an id. Source: S3 API Reference, "Data Types".
namespace cumulite::s3::documents {

struct AnalyticsAndOperator {
  std::optional<std::string> prefix;
  std::vector<Tag> tags;
  static protocol::Members Describe();
};

struct AnalyticsFilter {
  std::optional<std::string> prefix;
  std::optional<Tag> tag;
  std::optional<AnalyticsAndOperator> all;
  static protocol::Members Describe();
};

struct AnalyticsS3BucketDestination {
  std::string format;
  std::optional<std::string> bucket_account_id;
  std::string bucket;
  std::optional<std::string> prefix;
  static protocol::Members Describe();
};

struct AnalyticsExportDestination {
  AnalyticsS3BucketDestination s3_bucket_destination;
  static protocol::Members Describe();
};

struct StorageClassAnalysisDataExport {
  std::string output_schema_version;
  AnalyticsExportDestination destination;
  static protocol::Members Describe();
};

struct StorageClassAnalysis {
  std::optional<StorageClassAnalysisDataExport> data_export;
  static protocol::Members Describe();
};

struct AnalyticsConfiguration {
  std::string id;
  std::optional<AnalyticsFilter> filter;
  StorageClassAnalysis storage_class_analysis;
  static protocol::Members Describe();
};

struct SSES3 {
  static protocol::Members Describe() { return {}; }
};

struct SSEKMS {
  std::string key_id;
  static protocol::Members Describe();
};

struct InventoryEncryption {
  std::optional<SSES3> sses3;
  std::optional<SSEKMS> ssekms;
  static protocol::Members Describe();
};

struct InventoryS3BucketDestination {
  std::optional<std::string> account_id;
  std::string bucket;
  std::string format;
  std::optional<std::string> prefix;
  std::optional<InventoryEncryption> encryption;
  static protocol::Members Describe();
};

struct InventoryDestination {
  InventoryS3BucketDestination s3_bucket_destination;
  static protocol::Members Describe();
};

struct InventoryFilter {
  std::string prefix;
  static protocol::Members Describe();
};

struct InventorySchedule {
  std::string frequency;
  static protocol::Members Describe();
};

struct InventoryConfiguration {
  InventoryDestination destination;
  bool is_enabled = false;
  std::optional<InventoryFilter> filter;
  std::string id;
  std::string included_object_versions;
  std::vector<std::string> optional_fields;
  InventorySchedule schedule;
  static protocol::Members Describe();
};

struct MetricsAndOperator {
  std::optional<std::string> prefix;
  std::vector<Tag> tags;
  std::optional<std::string> access_point_arn;
  static protocol::Members Describe();
};

struct MetricsFilter {
  std::optional<std::string> prefix;
  std::optional<Tag> tag;
  std::optional<std::string> access_point_arn;
  std::optional<MetricsAndOperator> all;
  static protocol::Members Describe();
};

struct MetricsConfiguration {
  std::string id;
  std::optional<MetricsFilter> filter;
  static protocol::Members Describe();
};

struct IntelligentTieringAndOperator {
  std::optional<std::string> prefix;
  std::vector<Tag> tags;
  static protocol::Members Describe();
};

struct IntelligentTieringFilter {
  std::optional<std::string> prefix;
  std::optional<Tag> tag;
  std::optional<IntelligentTieringAndOperator> all;
  static protocol::Members Describe();
};

struct Tiering {
  std::int32_t days = 0;
  std::string access_tier;
  static protocol::Members Describe();
};

struct IntelligentTieringConfiguration {
  std::string id;
  std::optional<IntelligentTieringFilter> filter;
  std::string status;
  std::vector<Tiering> tierings;
  static protocol::Members Describe();
};

}  // namespace cumulite::s3::documents
