#pragma once
#include <string>
#include <vector>

#include "protocol/members.h"

/// Tags of buckets, and as filters name them. Source: S3 API Reference, "Data Types".
namespace cumulite::s3::documents {

struct Tag {
  std::string key;
  std::string value;
  static protocol::Members Describe();
};

struct Tagging {
  std::vector<Tag> tag_set;
  static protocol::Members Describe();
};

}  // namespace cumulite::s3::documents
