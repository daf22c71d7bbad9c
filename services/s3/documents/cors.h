#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/members.h"

/// Whose pages may read and write. Source: S3 API Reference, "Data Types".
namespace cumulite::s3::documents {

struct CORSRule {
  std::optional<std::string> id;
  std::vector<std::string> allowed_headers;
  std::vector<std::string> allowed_methods;
  std::vector<std::string> allowed_origins;
  std::vector<std::string> expose_headers;
  std::optional<std::int32_t> max_age_seconds;
  static protocol::Members Describe();
};

struct CORSConfiguration {
  std::vector<CORSRule> cors_rules;
  static protocol::Members Describe();
};

}  // namespace cumulite::s3::documents
