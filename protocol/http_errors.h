#pragma once
#include "protocol/error.h"

namespace cumulite::protocol {

// What can be wrong with a request's body on its way here, in the words of the RPC services' "Common Errors";
// S3 has names of its own for them.

inline constexpr ErrorKind kRequestTimeoutException{
    .code = "RequestTimeoutException", .query_code = {}, .status = 408, .origin = Origin::kFrontEnd};
inline constexpr ErrorKind kRequestAbortedException{
    .code = "RequestAbortedException", .query_code = {}, .status = 400, .origin = Origin::kFrontEnd};

}  // namespace cumulite::protocol
