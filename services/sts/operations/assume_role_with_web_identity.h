#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/sts/role_session.h"

namespace cumulite::sts {
class StsService;

struct AssumeRoleWithWebIdentityRequest {
  std::string role_arn;
  std::string role_session_name;
  std::string web_identity_token;
  std::optional<std::string> provider_id;  // of OAuth 2.0 access tokens only
  std::vector<PolicyDescriptor> policy_arns;
  std::optional<std::string> policy;
  std::optional<std::int32_t> duration_seconds;
  static protocol::Members Describe();
};

struct AssumeRoleWithWebIdentityResponse {
  Credentials credentials;
  std::string subject_from_web_identity_token;
  AssumedRoleUser assumed_role_user;
  std::optional<std::int32_t> packed_policy_size;
  std::string provider;  // the token's issuer
  std::string audience;
  std::optional<std::string> source_identity;
  static protocol::Members Describe();
};

/// Hands out temporary credentials of the role to whoever has a token of an OpenID Connect provider. Needs no
/// signature.
///
/// Differs from AWS: providers are not registered and their signatures not checked, so that any token of the
/// right form does; in strict mode, therefore, none. Access tokens (ProviderId) are not implemented.
/// Shapes: duration_seconds 900..43'200, one hour unless given.
/// Errors: ValidationError, InvalidIdentityToken, ExpiredTokenException, MalformedPolicyDocument,
/// PackedPolicyTooLarge, InvalidParameterValue. Thread: any.
/// Source: STS API Reference "AssumeRoleWithWebIdentity".
runtime::Task<AssumeRoleWithWebIdentityResponse> AssumeRoleWithWebIdentity(
    StsService& sts, const protocol::RequestContext& context, AssumeRoleWithWebIdentityRequest request);

}  // namespace cumulite::sts
