#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/sts/role_session.h"

namespace cumulite::sts {
class StsService;

struct AssumeRoleRequest {
  std::string role_arn;
  std::string role_session_name;
  std::vector<PolicyDescriptor> policy_arns;
  std::optional<std::string> policy;
  std::optional<std::int32_t> duration_seconds;
  std::vector<Tag> tags;
  std::vector<std::string> transitive_tag_keys;
  std::optional<std::string> external_id;
  std::optional<std::string> serial_number;
  std::optional<std::string> token_code;
  std::optional<std::string> source_identity;
  static protocol::Members Describe();
};

struct AssumeRoleResponse {
  Credentials credentials;
  AssumedRoleUser assumed_role_user;
  std::optional<std::int32_t> packed_policy_size;  // percent, when a policy was passed
  std::optional<std::string> source_identity;
  static protocol::Members Describe();
};

/// Hands out temporary credentials of the role; in strict mode to callers of the role's account only.
///
/// Shapes: duration_seconds 900..43'200, one hour unless given, and at most for a caller who has assumed a
/// role already.
/// Errors: ValidationError, AccessDenied, MalformedPolicyDocument, InvalidParameterValue. Thread: any.
/// Source: STS API Reference "AssumeRole".
runtime::Task<AssumeRoleResponse> AssumeRole(StsService& sts, const protocol::RequestContext& context,
                                             AssumeRoleRequest request);

}  // namespace cumulite::sts
