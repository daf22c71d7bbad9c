#pragma once
#include <exception>
#include <optional>
#include <string>

#include "protocol/error.h"

namespace cumulite::acm {
using protocol::AwsError;
using protocol::ErrorKind;

// Source: AWS Certificate Manager API Reference, each action's errors.

inline constexpr ErrorKind kAccessDenied{.code = "AccessDeniedException"};
inline constexpr ErrorKind kInvalidArgs{.code = "InvalidArgsException"};
inline constexpr ErrorKind kInvalidDomainValidationOptions{.code = "InvalidDomainValidationOptionsException"};
inline constexpr ErrorKind kInvalidState{.code = "InvalidStateException"};
inline constexpr ErrorKind kInvalidTag{.code = "InvalidTagException"};
inline constexpr ErrorKind kResourceInUse{.code = "ResourceInUseException"};
inline constexpr ErrorKind kResourceNotFound{.code = "ResourceNotFoundException"};
inline constexpr ErrorKind kTooManyTags{.code = "TooManyTagsException"};

/// ValidationException.
AwsError Invalid(std::string message);

/// What the store's failures are to a caller; nothing for other failures.
std::optional<AwsError> Explain(const std::exception& failure);

}  // namespace cumulite::acm
