#pragma once
#include "services/s3/call.h"

/// The operations on a bucket that take and give next to nothing.
namespace cumulite::s3 {

/// 200 when the bucket exists and is the caller's. Source: S3 API Reference "HeadBucket".
runtime::Task<void> HeadBucket(Call& call);

/// Deletes an empty bucket. Errors: BucketNotEmpty. Source: S3 API Reference "DeleteBucket".
runtime::Task<void> DeleteBucket(Call& call);

/// The LocationConstraint of the bucket, empty in us-east-1. Source: "GetBucketLocation".
runtime::Task<void> GetBucketLocation(Call& call);


}  // namespace cumulite::s3
