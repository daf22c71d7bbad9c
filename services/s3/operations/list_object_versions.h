#pragma once
#include "services/s3/call.h"

namespace cumulite::s3 {

/// All versions and delete markers, by key, the newest first.
///
/// Errors: NoSuchBucket, AccessDenied, InvalidArgument (markers, max-keys, encoding-type).
/// Source: S3 API Reference "ListObjectVersions".
runtime::Task<void> ListObjectVersions(Call& call);

}  // namespace cumulite::s3
