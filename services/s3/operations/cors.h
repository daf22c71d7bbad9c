#pragma once
#include "services/s3/call.h"

namespace cumulite::s3 {

/// A CORS preflight; needs no signature. Errors: AccessForbidden, BadRequest, NoSuchBucket.
/// Source: S3 API Reference "OPTIONS object"; S3 User Guide "Testing CORS".
runtime::Task<void> OptionsObject(Call& call);

/// Adds what lets a page read the answer, if it came from one and a rule of the bucket has its origin: to
/// errors, too.
void AddCorsHeaders(S3Service& s3, const Address& address, protocol::Exchange& exchange);

}  // namespace cumulite::s3
