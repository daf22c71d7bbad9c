#pragma once
#include "services/s3/call.h"

namespace cumulite::s3 {

/// The tags of a version, an empty set if it has none.
/// Errors: NoSuchKey, NoSuchVersion, MethodNotAllowed (delete marker).
/// Source: S3 API Reference "GetObjectTagging".
runtime::Task<void> GetObjectTagging(Call& call);

/// Replaces the tags of a version. Errors: also MalformedXML, InvalidTag, BadRequest (more than 10).
/// Source: S3 API Reference "PutObjectTagging".
runtime::Task<void> PutObjectTagging(Call& call);

/// Source: S3 API Reference "DeleteObjectTagging".
runtime::Task<void> DeleteObjectTagging(Call& call);

}  // namespace cumulite::s3
