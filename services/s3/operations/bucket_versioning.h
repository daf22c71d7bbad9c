#pragma once
#include "services/s3/call.h"

namespace cumulite::s3 {

/// Whether the bucket keeps versions; nothing when it never did.
/// Errors: NoSuchBucket, AccessDenied. Source: S3 API Reference "GetBucketVersioning".
runtime::Task<void> GetBucketVersioning(Call& call);

/// Switches versions on, or suspends them; once on, they never go back to never.
/// Errors: MalformedXML, IllegalVersioningConfigurationException, InvalidBucketState (Object Lock),
/// NotImplemented (MFA delete). Source: S3 API Reference "PutBucketVersioning".
runtime::Task<void> PutBucketVersioning(Call& call);

}  // namespace cumulite::s3
