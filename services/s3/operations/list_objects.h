#pragma once
#include "services/s3/call.h"

namespace cumulite::s3 {

/// A page of the bucket's keys, from `marker` on.
///
/// Shapes: max-keys 0..1000 (more counts as 1000). Keys and common prefixes count together.
/// Errors: NoSuchBucket, AccessDenied, InvalidArgument. Source: S3 API Reference "ListObjects".
runtime::Task<void> ListObjects(Call& call);

/// The same with an opaque token that leads from page to page. Source: S3 API Reference "ListObjectsV2".
runtime::Task<void> ListObjectsV2(Call& call);

}  // namespace cumulite::s3
