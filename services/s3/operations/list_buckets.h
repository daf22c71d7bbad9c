#pragma once
#include "services/s3/call.h"

namespace cumulite::s3 {

/// The caller's buckets, in the order of their names.
///
/// Shapes: max-buckets 1..10000, prefix, bucket-region, continuation-token (starts after the last one given).
/// Errors: InvalidArgument, AccessDenied (anonymous). Source: S3 API Reference "ListBuckets".
runtime::Task<void> ListBuckets(Call& call);

}  // namespace cumulite::s3
