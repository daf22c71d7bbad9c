#pragma once
#include <exception>
#include <optional>
#include <string>
#include <string_view>

#include "protocol/error.h"
#include "protocol/rpc_errors.h"

namespace cumulite::dynamodb {
using protocol::AwsError;
using protocol::ErrorKind;
using protocol::kValidation;

// Source: DynamoDB API Reference "Common Errors" and each action's errors.

inline constexpr ErrorKind kAccessDenied{.code = "AccessDeniedException",
                                         .query_code = {},
                                         .origin = protocol::Origin::kFrontEnd,
                                         .capital_message = true};
inline constexpr ErrorKind kResourceNotFound{.code = "ResourceNotFoundException"};
inline constexpr ErrorKind kResourceInUse{.code = "ResourceInUseException"};
inline constexpr ErrorKind kTableNotFound{.code = "TableNotFoundException"};
inline constexpr ErrorKind kBackupNotFound{.code = "BackupNotFoundException"};
inline constexpr ErrorKind kTableAlreadyExists{.code = "TableAlreadyExistsException"};
inline constexpr ErrorKind kTableInUse{.code = "TableInUseException"};
inline constexpr ErrorKind kBackupInUse{.code = "BackupInUseException"};
inline constexpr ErrorKind kGlobalTableNotFound{.code = "GlobalTableNotFoundException"};
inline constexpr ErrorKind kPolicyNotFound{.code = "PolicyNotFoundException"};
inline constexpr ErrorKind kPointInTimeRecoveryUnavailable{.code = "PointInTimeRecoveryUnavailableException"};
inline constexpr ErrorKind kInvalidRestoreTime{.code = "InvalidRestoreTimeException"};
inline constexpr ErrorKind kConditionalCheckFailed{.code = "ConditionalCheckFailedException"};
inline constexpr ErrorKind kLimitExceeded{.code = "LimitExceededException"};
inline constexpr ErrorKind kTransactionCanceled{.code = "TransactionCanceledException"};
inline constexpr ErrorKind kTransactionConflict{.code = "TransactionConflictException"};
inline constexpr ErrorKind kIdempotentParameterMismatch{.code = "IdempotentParameterMismatchException"};
inline constexpr ErrorKind kProvisionedThroughputExceeded{.code = "ProvisionedThroughputExceededException"};
inline constexpr ErrorKind kThrottled{.code = "ThrottlingException"};
inline constexpr ErrorKind kExpiredIterator{.code = "ExpiredIteratorException"};
inline constexpr ErrorKind kTrimmedDataAccess{.code = "TrimmedDataAccessException"};

/// ValidationException in these words.
AwsError Invalid(std::string message);
/// The same behind "One or more parameter values were invalid: ".
AwsError InvalidValue(std::string_view message);

/// What the store's failures are to a caller: ThrottlingException when too many writes wait, 503 when it
/// refuses; nothing for other failures.
std::optional<AwsError> Explain(const std::exception& failure);

}  // namespace cumulite::dynamodb
