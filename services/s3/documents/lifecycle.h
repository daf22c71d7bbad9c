#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/members.h"
#include "services/s3/documents/tagging.h"

/// When objects go elsewhere, and when they go. Source: S3 API Reference, "Data Types".
namespace cumulite::s3::documents {

struct LifecycleExpiration {
  std::optional<protocol::Timestamp> date;
  std::optional<std::int32_t> days;
  std::optional<bool> expired_object_delete_marker;
  static protocol::Members Describe();
};

struct LifecycleRuleAndOperator {
  std::optional<std::string> prefix;
  std::vector<Tag> tags;
  std::optional<std::int64_t> object_size_greater_than;
  std::optional<std::int64_t> object_size_less_than;
  static protocol::Members Describe();
};

struct LifecycleRuleFilter {
  std::optional<std::string> prefix;
  std::optional<Tag> tag;
  std::optional<std::int64_t> object_size_greater_than;
  std::optional<std::int64_t> object_size_less_than;
  std::optional<LifecycleRuleAndOperator> all;
  static protocol::Members Describe();
};

struct Transition {
  std::optional<protocol::Timestamp> date;
  std::optional<std::int32_t> days;
  std::optional<std::string> storage_class;
  static protocol::Members Describe();
};

struct NoncurrentVersionTransition {
  std::optional<std::int32_t> noncurrent_days;
  std::optional<std::string> storage_class;
  std::optional<std::int32_t> newer_noncurrent_versions;
  static protocol::Members Describe();
};

struct NoncurrentVersionExpiration {
  std::optional<std::int32_t> noncurrent_days;
  std::optional<std::int32_t> newer_noncurrent_versions;
  static protocol::Members Describe();
};

struct AbortIncompleteMultipartUpload {
  std::optional<std::int32_t> days_after_initiation;
  static protocol::Members Describe();
};

struct LifecycleRule {
  std::optional<LifecycleExpiration> expiration;
  std::optional<std::string> id;
  std::optional<std::string> prefix;
  std::optional<LifecycleRuleFilter> filter;
  std::string status;
  std::vector<Transition> transitions;
  std::vector<NoncurrentVersionTransition> noncurrent_version_transitions;
  std::optional<NoncurrentVersionExpiration> noncurrent_version_expiration;
  std::optional<AbortIncompleteMultipartUpload> abort_incomplete_multipart_upload;
  static protocol::Members Describe();
};

struct BucketLifecycleConfiguration {
  std::vector<LifecycleRule> rules;
  static protocol::Members Describe();
};

}  // namespace cumulite::s3::documents
