#pragma once
#include "services/s3/call.h"

namespace cumulite::s3 {

/// Until when a version is kept, and how strictly.
/// Errors: InvalidRequest (a bucket without Object Lock), NoSuchObjectLockConfiguration (none set), those of
/// GetObjectTagging. Source: S3 API Reference "GetObjectRetention".
runtime::Task<void> GetObjectRetention(Call& call);

/// Sets it; an empty document takes it away. Less than what holds needs the bypass of governance mode.
/// Errors: also MalformedXML, InvalidArgument (a date that is past), AccessDenied.
/// Source: S3 API Reference "PutObjectRetention".
runtime::Task<void> PutObjectRetention(Call& call);

/// Errors: as GetObjectRetention. Source: S3 API Reference "GetObjectLegalHold".
runtime::Task<void> GetObjectLegalHold(Call& call);
/// Errors: also MalformedXML. Source: S3 API Reference "PutObjectLegalHold".
runtime::Task<void> PutObjectLegalHold(Call& call);

}  // namespace cumulite::s3
