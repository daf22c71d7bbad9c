#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/sts/role_session.h"

namespace cumulite::sts {
class StsService;

struct AssumeRoleWithSamlRequest {
  std::string role_arn;
  std::string principal_arn;   // of the SAML provider
  std::string saml_assertion;  // base64
  std::vector<PolicyDescriptor> policy_arns;
  std::optional<std::string> policy;
  std::optional<std::int32_t> duration_seconds;
  static protocol::Members Describe();
};

struct AssumeRoleWithSamlResponse {
  Credentials credentials;
  AssumedRoleUser assumed_role_user;
  std::optional<std::int32_t> packed_policy_size;
  std::string subject;
  std::string subject_type;
  std::string issuer;
  std::string audience;
  std::string name_qualifier;
  std::optional<std::string> source_identity;
  static protocol::Members Describe();
};

/// Hands out temporary credentials of a role that a SAML 2.0 authentication response names. Needs no
/// signature.
///
/// Differs from AWS: providers are not registered and their signatures not checked, so that any response of
/// the right form does; in strict mode, therefore, none. Encrypted assertions are not implemented.
/// Shapes: duration_seconds 900..43'200, one hour unless given, and at most until SessionNotOnOrAfter.
/// Errors: ValidationError, InvalidIdentityToken, ExpiredTokenException, IDPRejectedClaim, AccessDenied,
/// MalformedPolicyDocument, PackedPolicyTooLarge, InvalidParameterValue. Thread: any.
/// Source: STS API Reference "AssumeRoleWithSAML".
runtime::Task<AssumeRoleWithSamlResponse> AssumeRoleWithSaml(StsService& sts,
                                                             const protocol::RequestContext& context,
                                                             AssumeRoleWithSamlRequest request);

}  // namespace cumulite::sts
