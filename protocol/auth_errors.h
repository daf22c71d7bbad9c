#pragma once
#include <string_view>

#include "protocol/error.h"

namespace cumulite::protocol {

// Where a caller's signature is refused: S3's codes, those of AWS JSON, those of AWS Query. `query_code` of
// the JSON ones is what services that moved from Query to JSON name in x-amzn-query-error.

inline constexpr ErrorKind kS3AuthorizationHeaderMalformed{
    .code = "AuthorizationHeaderMalformed", .query_code = {}, .status = 400};
inline constexpr ErrorKind kS3AuthorizationQueryParametersError{
    .code = "AuthorizationQueryParametersError", .query_code = {}, .status = 400};
inline constexpr ErrorKind kS3AccessDenied{.code = "AccessDenied", .query_code = {}, .status = 403};
inline constexpr ErrorKind kS3InvalidAccessKeyId{
    .code = "InvalidAccessKeyId", .query_code = {}, .status = 403};
inline constexpr ErrorKind kS3InvalidToken{.code = "InvalidToken", .query_code = {}, .status = 400};
inline constexpr ErrorKind kS3ExpiredToken{.code = "ExpiredToken", .query_code = {}, .status = 400};
inline constexpr ErrorKind kS3InvalidArgument{.code = "InvalidArgument", .query_code = {}, .status = 400};
inline constexpr ErrorKind kS3InvalidRequest{.code = "InvalidRequest", .query_code = {}, .status = 400};
inline constexpr ErrorKind kS3RequestTimeTooSkewed{
    .code = "RequestTimeTooSkewed", .query_code = {}, .status = 403};
inline constexpr ErrorKind kS3SignatureDoesNotMatch{
    .code = "SignatureDoesNotMatch", .query_code = {}, .status = 403};
inline constexpr std::string_view kS3SignatureDoesNotMatchMessage =
    "The request signature we calculated does not match the signature you provided. Check your key and "
    "signing "
    "method.";

inline constexpr ErrorKind kJsonIncompleteSignature{.code = "IncompleteSignatureException",
                                                    .query_code = "IncompleteSignature",
                                                    .status = 400,
                                                    .origin = Origin::kFrontEnd};
inline constexpr ErrorKind kJsonMissingAuthenticationToken{.code = "MissingAuthenticationTokenException",
                                                           .query_code = "MissingAuthenticationToken",
                                                           .status = 400,
                                                           .origin = Origin::kFrontEnd};
inline constexpr ErrorKind kJsonInvalidSignature{.code = "InvalidSignatureException",
                                                 .query_code = "SignatureDoesNotMatch",
                                                 .status = 400,
                                                 .origin = Origin::kFrontEnd};
inline constexpr ErrorKind kJsonUnrecognizedClient{.code = "UnrecognizedClientException",
                                                   .query_code = "InvalidClientTokenId",
                                                   .status = 400,
                                                   .origin = Origin::kFrontEnd};
inline constexpr ErrorKind kJsonExpiredToken{.code = "ExpiredTokenException",
                                             .query_code = "ExpiredToken",
                                             .status = 400,
                                             .origin = Origin::kFrontEnd};

inline constexpr ErrorKind kQueryIncompleteSignature{
    .code = "IncompleteSignature", .query_code = {}, .status = 400};
inline constexpr ErrorKind kQueryMissingAuthenticationToken{
    .code = "MissingAuthenticationToken", .query_code = {}, .status = 403};
inline constexpr ErrorKind kQuerySignatureDoesNotMatch{
    .code = "SignatureDoesNotMatch", .query_code = {}, .status = 403};
inline constexpr ErrorKind kQueryInvalidClientTokenId{
    .code = "InvalidClientTokenId", .query_code = {}, .status = 403};
inline constexpr ErrorKind kQueryExpiredToken{.code = "ExpiredToken", .query_code = {}, .status = 403};

}  // namespace cumulite::protocol
