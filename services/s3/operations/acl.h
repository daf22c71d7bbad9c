#pragma once
#include "services/s3/call.h"

namespace cumulite::s3 {

/// Source: S3 API Reference "GetBucketAcl".
runtime::Task<void> GetBucketAcl(Call& call);

/// By canned name, grant headers or document.
/// Errors: AccessControlListNotSupported, MalformedACLError, InvalidArgument, InvalidRequest, AccessDenied.
/// Source: "PutBucketAcl".
runtime::Task<void> PutBucketAcl(Call& call);

/// Of one version. Errors: NoSuchKey, NoSuchVersion, MethodNotAllowed (a delete marker).
/// Source: "GetObjectAcl".
runtime::Task<void> GetObjectAcl(Call& call);

/// Errors: those of PutBucketAcl and GetObjectAcl. Source: "PutObjectAcl".
runtime::Task<void> PutObjectAcl(Call& call);

}  // namespace cumulite::s3
