#pragma once
#include "services/s3/call.h"

namespace cumulite::s3 {

/// Makes a bucket; names are shared by all accounts.
///
/// Errors: InvalidBucketName, BucketAlreadyExists, BucketAlreadyOwnedByYou (not in us-east-1, where making
/// one's own bucket again succeeds and changes nothing), InvalidLocationConstraint,
/// IllegalLocationConstraintException, MalformedXML, AccessDenied (anonymous), InvalidTag,
/// NotImplemented (directory buckets). Source: S3 API Reference "CreateBucket".
runtime::Task<void> CreateBucket(Call& call);

}  // namespace cumulite::s3
