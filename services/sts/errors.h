#pragma once
#include "protocol/error.h"

namespace cumulite::sts {

/// Source: STS API Reference, "Common Errors" and the pages of the operations.
inline constexpr protocol::ErrorKind kValidationError{
    .code = "ValidationError", .query_code = "ValidationError", .status = 400};
inline constexpr protocol::ErrorKind kAccessDenied{
    .code = "AccessDenied", .query_code = "AccessDenied", .status = 403};

}  // namespace cumulite::sts
