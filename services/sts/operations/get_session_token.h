#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "protocol/operation.h"
#include "services/sts/credentials.h"

namespace cumulite::sts {
class StsService;

struct GetSessionTokenRequest {
  std::optional<std::int32_t> duration_seconds;
  std::optional<std::string> serial_number;  // of an MFA device; not checked, there is no IAM
  std::optional<std::string> token_code;
  static protocol::Members Describe();
};

struct GetSessionTokenResponse {
  Credentials credentials;
  static protocol::Members Describe();
};

/// Hands out temporary credentials of the caller, who must not have temporary ones.
///
/// Shapes: duration_seconds 900..129'600, 12 hours unless given.
/// Errors: ValidationError, AccessDenied. Thread: any.
/// Source: STS API Reference "GetSessionToken".
runtime::Task<GetSessionTokenResponse> GetSessionToken(StsService& sts,
                                                       const protocol::RequestContext& context,
                                                       GetSessionTokenRequest request);

}  // namespace cumulite::sts
