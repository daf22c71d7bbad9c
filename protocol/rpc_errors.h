#pragma once
#include "protocol/error.h"

namespace cumulite::protocol {

/// What AWS's RPC front end itself refuses, before a service sees the request.
///
/// Source: "Common Errors" of the SQS, STS and DynamoDB API references.
inline constexpr ErrorKind kSerialization{.code = "SerializationException",
                                          .query_code = "MalformedInput",
                                          .status = 400,
                                          .origin = Origin::kFrontEnd,
                                          .capital_message = true};
inline constexpr ErrorKind kMalformedQueryString{
    .code = "MalformedQueryString", .query_code = "MalformedQueryString", .status = 400};
inline constexpr ErrorKind kUnknownOperation{.code = "UnknownOperationException",
                                             .query_code = "InvalidAction",
                                             .status = 400,
                                             .origin = Origin::kFrontEnd};
inline constexpr ErrorKind kInvalidAction{
    .code = "InvalidAction", .query_code = "InvalidAction", .status = 400};
inline constexpr ErrorKind kValidation{.code = "ValidationException",
                                       .query_code = "ValidationError",
                                       .status = 400,
                                       .origin = Origin::kValidation};
inline constexpr ErrorKind kRequestTooLarge{.code = "RequestEntityTooLargeException",
                                            .query_code = "RequestEntityTooLarge",
                                            .status = 413,
                                            .origin = Origin::kFrontEnd};

}  // namespace cumulite::protocol
