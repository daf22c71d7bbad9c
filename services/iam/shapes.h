#pragma once
#include <optional>
#include <string>

#include "protocol/members.h"

namespace cumulite::iam {

struct Tag {
  std::string key;
  std::string value;
  static protocol::Members Describe();
};

struct ServerCertificateMetadata {
  std::string path;
  std::string server_certificate_name;
  std::string server_certificate_id;
  std::string arn;
  std::optional<protocol::Timestamp> upload_date;
  std::optional<protocol::Timestamp> expiration;
  static protocol::Members Describe();
};

}  // namespace cumulite::iam
