#pragma once
#include "services/s3/call.h"

namespace cumulite::s3 {

/// Those attributes of an object that x-amz-object-attributes names, where they apply.
///
/// Errors: InvalidArgument, NoSuchBucket, NoSuchKey, AccessDenied.
/// Source: S3 API Reference "GetObjectAttributes".
runtime::Task<void> GetObjectAttributes(Call& call);

}  // namespace cumulite::s3
