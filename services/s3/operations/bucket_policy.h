#pragma once
#include "services/s3/call.h"

namespace cumulite::s3 {

/// The policy's text as it was put. Errors: NoSuchBucketPolicy. Source: S3 API Reference "GetBucketPolicy".
runtime::Task<void> GetBucketPolicy(Call& call);

/// Errors: MalformedPolicy, AccessDenied (a public policy where such are blocked). Source: "PutBucketPolicy".
runtime::Task<void> PutBucketPolicy(Call& call);

/// Source: "DeleteBucketPolicy".
runtime::Task<void> DeleteBucketPolicy(Call& call);

/// Whether the policy is public. Errors: NoSuchBucketPolicy. Source: "GetBucketPolicyStatus".
runtime::Task<void> GetBucketPolicyStatus(Call& call);

}  // namespace cumulite::s3
