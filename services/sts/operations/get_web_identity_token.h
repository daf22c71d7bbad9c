#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/sts/session_policy.h"

namespace cumulite::sts {
class StsService;

struct GetWebIdentityTokenRequest {
  std::vector<std::string> audience;
  std::optional<std::int32_t> duration_seconds;
  std::string signing_algorithm;
  std::vector<Tag> tags;
  static protocol::Members Describe();
};

struct GetWebIdentityTokenResponse {
  std::string web_identity_token;
  protocol::Timestamp expiration;
  static protocol::Members Describe();
};

/// Gives the caller a JWT that says who it is, to show to others. They find the keys at the issuer:
/// ISSUER/.well-known/openid-configuration.
///
/// Differs from AWS: every account may, without being asked first to turn it on.
/// Shapes: audience 1..10 of 1..1000 characters; duration_seconds 60..3600, 300 unless given;
/// signing_algorithm RS256 or ES384.
/// Errors: ValidationError, AccessDenied, SessionDurationEscalation for one that would outlast the caller's
/// own session, InvalidParameterValue for tags. Thread: any. Source: STS API Reference "GetWebIdentityToken";
/// IAM User Guide "Understanding token claims".
runtime::Task<GetWebIdentityTokenResponse> GetWebIdentityToken(StsService& sts,
                                                               const protocol::RequestContext& context,
                                                               GetWebIdentityTokenRequest request);

}  // namespace cumulite::sts
