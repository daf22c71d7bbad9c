#pragma once
#include <optional>
#include <string>
#include <vector>

#include "protocol/members.h"
#include "services/s3/documents/tagging.h"

/// What a new bucket is to be. Source: S3 API Reference, "Data Types".
namespace cumulite::s3::documents {

struct LocationInfo {
  std::optional<std::string> type;
  std::optional<std::string> name;
  static protocol::Members Describe();
};

struct BucketInfo {
  std::optional<std::string> type;
  std::optional<std::string> data_redundancy;
  static protocol::Members Describe();
};

struct CreateBucketConfiguration {
  std::optional<std::string> location_constraint;
  std::optional<LocationInfo> location;
  std::optional<BucketInfo> bucket;
  std::vector<Tag> tags;
  static protocol::Members Describe();
};

}  // namespace cumulite::s3::documents
