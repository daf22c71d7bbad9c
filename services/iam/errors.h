#pragma once
#include <exception>
#include <optional>

#include "protocol/error.h"

namespace cumulite::iam {
using protocol::AwsError;
using protocol::ErrorKind;

// Source: IAM API Reference, each action's errors; their codes are those of the Query protocol.

inline constexpr ErrorKind kAccessDenied{.code = "AccessDenied", .status = 403};
inline constexpr ErrorKind kDeleteConflict{.code = "DeleteConflict", .status = 409};
inline constexpr ErrorKind kEntityAlreadyExists{.code = "EntityAlreadyExists", .status = 409};
inline constexpr ErrorKind kInvalidInput{.code = "InvalidInput", .status = 400};
inline constexpr ErrorKind kKeyPairMismatch{.code = "KeyPairMismatch", .status = 400};
inline constexpr ErrorKind kLimitExceeded{.code = "LimitExceeded", .status = 409};
inline constexpr ErrorKind kMalformedCertificate{.code = "MalformedCertificate", .status = 400};
inline constexpr ErrorKind kNoSuchEntity{.code = "NoSuchEntity", .status = 404};

/// What the store's failures are to a caller; nothing for other failures.
std::optional<AwsError> Explain(const std::exception& failure);

}  // namespace cumulite::iam
