#pragma once
#include <optional>
#include <string>
#include <vector>

#include "protocol/members.h"

/// Who may: access control lists, object ownership, public access block. Source: S3 API Reference, "Data
/// Types".
namespace cumulite::s3::documents {

struct Grantee {
  std::optional<std::string> display_name;
  std::optional<std::string> email_address;
  std::optional<std::string> id;
  std::string type;
  std::optional<std::string> uri;
  static protocol::Members Describe();
};

struct Grant {
  std::optional<Grantee> grantee;
  std::optional<std::string> permission;
  static protocol::Members Describe();
};

struct Owner {
  std::optional<std::string> display_name;
  std::optional<std::string> id;
  static protocol::Members Describe();
};

struct AccessControlPolicy {
  std::vector<Grant> grants;
  std::optional<Owner> owner;
  static protocol::Members Describe();
};

struct OwnershipControlsRule {
  std::string object_ownership;
  static protocol::Members Describe();
};

struct OwnershipControls {
  std::vector<OwnershipControlsRule> rules;
  static protocol::Members Describe();
};

struct PublicAccessBlockConfiguration {
  std::optional<bool> block_public_acls;
  std::optional<bool> ignore_public_acls;
  std::optional<bool> block_public_policy;
  std::optional<bool> restrict_public_buckets;
  static protocol::Members Describe();
};

struct PolicyStatus {
  std::optional<bool> is_public;
  static protocol::Members Describe();
};

}  // namespace cumulite::s3::documents
