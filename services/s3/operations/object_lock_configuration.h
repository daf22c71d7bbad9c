#pragma once
#include "services/s3/call.h"

namespace cumulite::s3 {

/// Whether the bucket has Object Lock, and how long new versions are kept by default.
/// Errors: ObjectLockConfigurationNotFoundError. Source: S3 API Reference "GetObjectLockConfiguration".
runtime::Task<void> GetObjectLockConfiguration(Call& call);

/// Switches Object Lock on for a bucket with versioning, and sets or takes away the default retention.
/// Errors: MalformedXML, InvalidArgument, InvalidBucketState.
/// Source: S3 API Reference "PutObjectLockConfiguration".
runtime::Task<void> PutObjectLockConfiguration(Call& call);

}  // namespace cumulite::s3
