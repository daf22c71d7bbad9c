#pragma once
#include <string_view>

#include "protocol/error.h"

namespace cumulite::sts {

/// Source: STS API Reference, "Common Errors" and the pages of the operations.
inline constexpr protocol::ErrorKind kValidationError{
    .code = "ValidationError", .query_code = "ValidationError", .status = 400};
inline constexpr protocol::ErrorKind kAccessDenied{
    .code = "AccessDenied", .query_code = "AccessDenied", .status = 403};

inline constexpr protocol::ErrorKind kPackedPolicyTooLarge{
    .code = "PackedPolicyTooLarge", .query_code = "PackedPolicyTooLarge", .status = 400};
inline constexpr protocol::ErrorKind kInvalidIdentityToken{
    .code = "InvalidIdentityToken", .query_code = "InvalidIdentityToken", .status = 400};
/// Source: IAM User Guide "Troubleshoot SAML federation with IAM".
inline constexpr std::string_view kBadSourceIdentity =
    "Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with \"aws:\"";
inline constexpr protocol::ErrorKind kExpiredToken{
    .code = "ExpiredTokenException", .query_code = "ExpiredTokenException", .status = 400};
inline constexpr protocol::ErrorKind kIdpRejectedClaim{
    .code = "IDPRejectedClaim", .query_code = "IDPRejectedClaim", .status = 403};
inline constexpr protocol::ErrorKind kSessionDurationEscalation{
    .code = "SessionDurationEscalation", .query_code = "SessionDurationEscalation", .status = 403};
inline constexpr protocol::ErrorKind kInvalidParameterValue{
    .code = "InvalidParameterValue", .query_code = "InvalidParameterValue", .status = 400};
inline constexpr protocol::ErrorKind kMalformedPolicyDocument{
    .code = "MalformedPolicyDocument", .query_code = "MalformedPolicyDocument", .status = 400};
inline constexpr protocol::ErrorKind kInvalidAuthorizationMessage{
    .code = "InvalidAuthorizationMessageException",
    .query_code = "InvalidAuthorizationMessageException",
    .status = 400};

}  // namespace cumulite::sts
