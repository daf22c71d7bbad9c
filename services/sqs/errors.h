#pragma once
#include <exception>
#include <optional>
#include <string>
#include <string_view>

#include "protocol/error.h"

namespace cumulite::sqs {
using protocol::AwsError;
using protocol::ErrorKind;

// `code` is the shape that AWS JSON names in __type, `query_code` what the Query protocol and the
// x-amzn-query-error header say. Source: SQS API Reference "Common Errors" and each action's errors.

inline constexpr ErrorKind kQueueDoesNotExist{
    .code = "QueueDoesNotExist",
    .query_code = "AWS.SimpleQueueService.NonExistentQueue",
    .query_message = "The specified queue does not exist for this wsdl version."};
inline constexpr ErrorKind kQueueNameExists{.code = "QueueNameExists", .query_code = "QueueAlreadyExists"};
inline constexpr ErrorKind kQueueDeletedRecently{.code = "QueueDeletedRecently",
                                                 .query_code = "AWS.SimpleQueueService.QueueDeletedRecently"};
inline constexpr ErrorKind kPurgeQueueInProgress{.code = "PurgeQueueInProgress",
                                                 .query_code = "AWS.SimpleQueueService.PurgeQueueInProgress",
                                                 .status = 403};
inline constexpr ErrorKind kReceiptHandleIsInvalid{.code = "ReceiptHandleIsInvalid"};
inline constexpr ErrorKind kInvalidAttributeName{.code = "InvalidAttributeName"};
inline constexpr ErrorKind kInvalidAttributeValue{.code = "InvalidAttributeValue"};
inline constexpr ErrorKind kInvalidMessageContents{.code = "InvalidMessageContents"};
inline constexpr ErrorKind kInvalidParameterValue{.code = "InvalidParameterValueException",
                                                  .query_code = "InvalidParameterValue"};
inline constexpr ErrorKind kMissingParameter{.code = "MissingRequiredParameterException",
                                             .query_code = "MissingParameter"};
inline constexpr ErrorKind kUnsupportedOperation{.code = "UnsupportedOperation",
                                                 .query_code = "AWS.SimpleQueueService.UnsupportedOperation"};
inline constexpr ErrorKind kOverLimit{.code = "OverLimit", .query_code = "OverLimit", .status = 403};
inline constexpr ErrorKind kResourceNotFound{
    .code = "ResourceNotFoundException", .query_code = "ResourceNotFoundException", .status = 404};
inline constexpr ErrorKind kAccessDenied{.code = "AccessDeniedException",
                                         .query_code = "AccessDenied",
                                         .status = 403,
                                         .origin = protocol::Origin::kFrontEnd,
                                         .capital_message = true};
inline constexpr ErrorKind kThrottled{
    .code = "RequestThrottled", .query_code = "RequestThrottled", .status = 403};

inline constexpr ErrorKind kEmptyBatchRequest{.code = "EmptyBatchRequest",
                                              .query_code = "AWS.SimpleQueueService.EmptyBatchRequest"};
inline constexpr ErrorKind kTooManyEntries{
    .code = "TooManyEntriesInBatchRequest",
    .query_code = "AWS.SimpleQueueService.TooManyEntriesInBatchRequest"};
inline constexpr ErrorKind kBatchEntryIdsNotDistinct{
    .code = "BatchEntryIdsNotDistinct", .query_code = "AWS.SimpleQueueService.BatchEntryIdsNotDistinct"};
inline constexpr ErrorKind kInvalidBatchEntryId{.code = "InvalidBatchEntryId",
                                                .query_code = "AWS.SimpleQueueService.InvalidBatchEntryId"};
inline constexpr ErrorKind kBatchRequestTooLong{.code = "BatchRequestTooLong",
                                                .query_code = "AWS.SimpleQueueService.BatchRequestTooLong"};

/// InvalidParameterValue: "Value 11 for parameter MaxNumberOfMessages is invalid. Reason: ..."
AwsError InvalidValue(std::string_view value, std::string_view parameter, std::string_view reason);
/// InvalidAttributeValue: "Invalid value for the parameter DelaySeconds."
AwsError InvalidAttribute(std::string_view attribute, std::string_view reason = {});
/// MissingParameter: "The request must contain the parameter MessageBody."
AwsError Missing(std::string_view parameter);
AwsError QueueDoesNotExist();
/// InvalidParameterValue: a FIFO queue that can deduplicate neither by id nor by content.
AwsError MissingDeduplicationId();
/// What the store's failures are to a caller: RequestThrottled when too many writes wait, ServiceUnavailable
/// when it refuses; nothing for other failures.
std::optional<AwsError> Explain(const std::exception& failure);

}  // namespace cumulite::sqs
