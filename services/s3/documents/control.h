#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/members.h"
#include "services/s3/documents/access_control.h"
#include "services/s3/documents/tagging.h"

/// Requests and answers of S3 Control. Source: S3 Control API Reference, "Data Types".
namespace cumulite::s3::documents {

struct VpcConfiguration {
  std::string vpc_id;
  static protocol::Members Describe();
};

struct CreateAccessPointRequest {
  std::string bucket;
  std::optional<VpcConfiguration> vpc_configuration;
  std::optional<PublicAccessBlockConfiguration> public_access_block_configuration;
  std::optional<std::string> bucket_account_id;
  static protocol::Members Describe();
};

struct GetAccessPointResult {
  std::string name;
  std::string bucket;
  std::string network_origin;
  std::optional<VpcConfiguration> vpc_configuration;
  PublicAccessBlockConfiguration public_access_block_configuration;
  protocol::Timestamp creation_date;
  std::string alias;
  std::string bucket_account_id;
  static protocol::Members Describe();
};

struct TagResourceRequest {
  std::vector<Tag> tags;
  static protocol::Members Describe();
};

struct PutAccessPointPolicyRequest {
  std::string policy;
  static protocol::Members Describe();
};

}  // namespace cumulite::s3::documents
