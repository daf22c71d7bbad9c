#pragma once
#include <string_view>

#include "services/s3/call.h"
#include "services/s3/object.h"

namespace cumulite::s3 {

/// Decides whose a new object is, by the bucket's object ownership, and with what ACL it begins.
/// Errors: AccessControlListNotSupported, AccessDenied (a public ACL where such are blocked),
/// InvalidArgument, InvalidRequest. Source: S3 User Guide "Controlling ownership of objects".
void ReadAccessHeaders(const Call& call, const Bucket& bucket, ObjectAttributes& attributes);

}  // namespace cumulite::s3
