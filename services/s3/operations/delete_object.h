#pragma once
#include "services/s3/call.h"

namespace cumulite::s3 {

/// Deletes an object; a key that holds none is no error.
///
/// Errors: NoSuchBucket, AccessDenied, PreconditionFailed (If-Match), NoSuchVersion.
/// Source: S3 API Reference "DeleteObject".
runtime::Task<void> DeleteObject(Call& call);

/// Deletes up to 1000 objects, all in one transaction; keys that hold none count as deleted.
///
/// Errors: MalformedXML, InvalidRequest (no digest), NoSuchBucket, AccessDenied, BadDigest. A key that cannot
/// be one is reported under Error. Source: S3 API Reference "DeleteObjects".
runtime::Task<void> DeleteObjects(Call& call);

}  // namespace cumulite::s3
