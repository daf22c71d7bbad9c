#pragma once
#include <exception>
#include <optional>
#include <string>
#include <string_view>

#include "protocol/error.h"

namespace cumulite::sns {
using protocol::AwsError;
using protocol::ErrorKind;

// `code` is the shape that AWS JSON names in __type, `query_code` what the Query protocol says.
// Source: SNS API Reference, "Common Errors" and each action's errors.

inline constexpr ErrorKind kInvalidParameter{.code = "InvalidParameterException",
                                             .query_code = "InvalidParameter"};
inline constexpr ErrorKind kParameterValueInvalid{.code = "InvalidParameterValueException",
                                                  .query_code = "ParameterValueInvalid"};
inline constexpr ErrorKind kNotFound{.code = "NotFoundException", .query_code = "NotFound", .status = 404};
inline constexpr ErrorKind kResourceNotFound{
    .code = "ResourceNotFoundException", .query_code = "ResourceNotFound", .status = 404};
inline constexpr ErrorKind kAuthorizationError{
    .code = "AuthorizationErrorException", .query_code = "AuthorizationError", .status = 403};
inline constexpr ErrorKind kTagLimitExceeded{.code = "TagLimitExceededException",
                                             .query_code = "TagLimitExceeded"};
inline constexpr ErrorKind kEndpointDisabled{.code = "EndpointDisabledException",
                                             .query_code = "EndpointDisabled"};
inline constexpr ErrorKind kPlatformApplicationDisabled{.code = "PlatformApplicationDisabledException",
                                                        .query_code = "PlatformApplicationDisabled"};
inline constexpr ErrorKind kUserError{.code = "UserErrorException", .query_code = "UserError"};
inline constexpr ErrorKind kInvalidState{.code = "InvalidStateException", .query_code = "InvalidState"};
inline constexpr ErrorKind kVerification{.code = "VerificationException",
                                         .query_code = "VerificationException"};
inline constexpr ErrorKind kThrottled{.code = "ThrottledException", .query_code = "Throttled", .status = 429};

inline constexpr ErrorKind kEmptyBatchRequest{.code = "EmptyBatchRequestException",
                                              .query_code = "EmptyBatchRequest"};
inline constexpr ErrorKind kTooManyEntries{.code = "TooManyEntriesInBatchRequestException",
                                           .query_code = "TooManyEntriesInBatchRequest"};
inline constexpr ErrorKind kBatchEntryIdsNotDistinct{.code = "BatchEntryIdsNotDistinctException",
                                                     .query_code = "BatchEntryIdsNotDistinct"};
inline constexpr ErrorKind kInvalidBatchEntryId{.code = "InvalidBatchEntryIdException",
                                                .query_code = "InvalidBatchEntryId"};
inline constexpr ErrorKind kBatchRequestTooLong{.code = "BatchRequestTooLongException",
                                                .query_code = "BatchRequestTooLong"};

/// InvalidParameter: "Invalid parameter: Topic Name", as AWS begins nearly all of its refusals.
AwsError Invalid(std::string_view what);
/// InvalidParameter: "Invalid parameter: Attributes Reason: ..."
AwsError Invalid(std::string_view parameter, std::string_view reason);
AwsError TopicDoesNotExist();
AwsError SubscriptionDoesNotExist();
/// What the store's failures are to a caller: Throttled when too many writes wait, ServiceUnavailable when it
/// refuses; nothing for other failures.
std::optional<AwsError> Explain(const std::exception& failure);

}  // namespace cumulite::sns
