#pragma once
#include "services/s3/call.h"

namespace cumulite::s3 {

/// Copies an object, within or between the caller's buckets; the copy is one piece with an ETag of its own.
///
/// Errors: NoSuchBucket, NoSuchKey, AccessDenied, PreconditionFailed, InvalidArgument, InvalidRequest (onto
/// itself without a change, more than 5 GiB). Thread: any; bytes are copied by workers.
/// Source: S3 API Reference "CopyObject".
runtime::Task<void> CopyObject(Call& call);

}  // namespace cumulite::s3
