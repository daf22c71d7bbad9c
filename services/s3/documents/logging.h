#pragma once
#include <optional>
#include <string>
#include <vector>

#include "protocol/members.h"
#include "services/s3/documents/access_control.h"

/// Where server access logs go. Source: S3 API Reference, "Data Types".
namespace cumulite::s3::documents {

struct TargetGrant {
  std::optional<Grantee> grantee;
  std::optional<std::string> permission;
  static protocol::Members Describe();
};

/// Log files with their names as they always were.
struct SimplePrefix {
  static protocol::Members Describe() { return {}; }
};

struct PartitionedPrefix {
  std::optional<std::string> partition_date_source;
  static protocol::Members Describe();
};

struct TargetObjectKeyFormat {
  std::optional<SimplePrefix> simple_prefix;
  std::optional<PartitionedPrefix> partitioned_prefix;
  static protocol::Members Describe();
};

struct LoggingEnabled {
  std::string target_bucket;
  std::vector<TargetGrant> target_grants;
  std::string target_prefix;
  std::optional<TargetObjectKeyFormat> target_object_key_format;
  static protocol::Members Describe();
};

struct BucketLoggingStatus {
  std::optional<LoggingEnabled> logging_enabled;
  static protocol::Members Describe();
};

}  // namespace cumulite::s3::documents
