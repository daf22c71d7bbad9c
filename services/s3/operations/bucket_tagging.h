#pragma once
#include "services/s3/call.h"

namespace cumulite::s3 {

/// The tags of a bucket. Errors: NoSuchTagSet. Source: S3 API Reference "GetBucketTagging".
runtime::Task<void> GetBucketTagging(Call& call);

/// Puts a tag set in the place of the one before; an empty one counts as none.
/// Errors: MalformedXML, InvalidTag, BadRequest. Source: S3 API Reference "PutBucketTagging".
runtime::Task<void> PutBucketTagging(Call& call);

/// Source: S3 API Reference "DeleteBucketTagging".
runtime::Task<void> DeleteBucketTagging(Call& call);

}  // namespace cumulite::s3
