#pragma once
#include "services/s3/call.h"

namespace cumulite::s3 {

/// Writes an object; it becomes visible when its last byte has arrived and all digests agree.
///
/// Errors: NoSuchBucket, AccessDenied, PreconditionFailed, NoSuchKey (If-Match), InvalidDigest, BadDigest,
/// XAmzContentSHA256Mismatch, MissingContentLength, EntityTooLarge, MetadataTooLarge, those of aws-chunked.
/// Thread: any; one job of the writer. Source: S3 API Reference "PutObject".
runtime::Task<void> PutObject(Call& call);

}  // namespace cumulite::s3
