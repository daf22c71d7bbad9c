#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/sts/credentials.h"
#include "services/sts/session_policy.h"

namespace cumulite::sts {
class StsService;

struct GetFederationTokenRequest {
  std::string name;
  std::optional<std::string> policy;
  std::vector<PolicyDescriptor> policy_arns;
  std::optional<std::int32_t> duration_seconds;
  std::vector<Tag> tags;
  static protocol::Members Describe();
};

struct FederatedUser {
  std::string federated_user_id;
  std::string arn;
  static protocol::Members Describe();
};

struct GetFederationTokenResponse {
  Credentials credentials;
  FederatedUser federated_user;
  std::optional<std::int32_t> packed_policy_size;  // percent, when a policy was passed
  static protocol::Members Describe();
};

/// Hands out temporary credentials of a user whom the caller's own application knows by `name`.
///
/// Shapes: name 2..32 characters; duration_seconds 900..129'600, 12 hours unless given.
/// Errors: ValidationError, AccessDenied for session credentials, MalformedPolicyDocument,
/// InvalidParameterValue for tags. Thread: any.
/// Source: STS API Reference "GetFederationToken".
runtime::Task<GetFederationTokenResponse> GetFederationToken(StsService& sts,
                                                             const protocol::RequestContext& context,
                                                             GetFederationTokenRequest request);

}  // namespace cumulite::sts
