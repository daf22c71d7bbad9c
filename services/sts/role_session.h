#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/context.h"
#include "protocol/members.h"
#include "protocol/session.h"
#include "services/sts/credentials.h"
#include "services/sts/session_policy.h"

namespace cumulite::sts {
class StsService;

/// The role that an ARN names; its path is no part of an assumed role's ARN.
struct Role {
  std::string arn;
  std::string partition;
  std::string account;
  std::string name;
};

/// Errors: ValidationError with `refusal` as its text, for what is not the ARN of a role.
Role ParseRole(const std::string& role_arn, std::string refusal);

struct AssumedRoleUser {
  std::string assumed_role_id;
  std::string arn;
  static protocol::Members Describe();
};

/// How long a role's session lasts unless its caller says so, in seconds.
inline constexpr std::int32_t kRoleSeconds = 3'600;

/// What all that assume a role give to a session.
struct RoleSession {
  AssumedRoleUser user;
  Credentials credentials;
  std::optional<std::int32_t> packed_policy_size;  // percent, when a policy or a tag was passed
  std::optional<std::string> source_identity;
};

/// What is passed along with a session, as it came.
struct SessionParameters {
  std::string name;  // RoleSessionName
  std::optional<std::string> policy;
  std::vector<PolicyDescriptor> policy_arns;
  std::vector<Tag> tags;
  std::vector<std::string> transitive_tag_keys;
  std::optional<std::string> source_identity;
};

/// Makes a session of the role that ends at `expires`. What the caller's own session hands down (transitive
/// tags, the source identity) is in it.
/// Errors: as CheckSessionPolicy; InvalidParameterValue for transitive tags; AccessDenied for another source
/// identity than the calling session's.
/// Source: IAM User Guide "Pass session tags in AWS STS", "Monitor and control actions taken with assumed
/// roles".
RoleSession StartRoleSession(const StsService& sts, const protocol::RequestContext& context, const Role& role,
                             const SessionParameters& parameters, base::TimePoint expires);

}  // namespace cumulite::sts
