#pragma once
#include <string_view>

#include "protocol/policy.h"
#include "services/s3/bucket_store.h"

namespace cumulite::s3 {

/// Reads a policy that is to be put on a bucket, or on an access point (`resource`: the ARN that its
/// resources are, or begin with). Errors: MalformedPolicy. Source: S3 User Guide "Policies and permissions in
/// Amazon S3".
protocol::Policy ReadPolicy(std::string_view text, std::string_view resource);

}  // namespace cumulite::s3
