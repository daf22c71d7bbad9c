#pragma once
#include "services/s3/call.h"

namespace cumulite::s3 {

/// Sends an object, a range or a part of it.
///
/// Errors: NoSuchBucket, NoSuchKey, NoSuchVersion, AccessDenied, PreconditionFailed, InvalidRange,
/// InvalidPartNumber. Thread: any; one indexed read, and files by sendfile.
/// Source: S3 API Reference "GetObject".
runtime::Task<void> GetObject(Call& call);

/// The headers of GetObject without the bytes. Source: S3 API Reference "HeadObject".
runtime::Task<void> HeadObject(Call& call);

}  // namespace cumulite::s3
