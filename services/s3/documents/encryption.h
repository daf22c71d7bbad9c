#pragma once
#include <optional>
#include <string>
#include <vector>

#include "protocol/members.h"

/// What encrypts objects that do not say. Source: S3 API Reference, "Data Types".
namespace cumulite::s3::documents {

struct ServerSideEncryptionByDefault {
  std::string sse_algorithm;
  std::optional<std::string> kms_master_key_id;
  static protocol::Members Describe();
};

struct ServerSideEncryptionRule {
  std::optional<ServerSideEncryptionByDefault> apply_server_side_encryption_by_default;
  std::optional<bool> bucket_key_enabled;
  static protocol::Members Describe();
};

struct ServerSideEncryptionConfiguration {
  std::vector<ServerSideEncryptionRule> rules;
  static protocol::Members Describe();
};

}  // namespace cumulite::s3::documents
