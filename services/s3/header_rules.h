#pragma once
#include "protocol/http.h"

namespace cumulite::s3 {

/// What an operation does with an object's bytes, as far as the rules for headers differ.
enum class Access : unsigned char { kRead, kWrite, kWritePart, kOther };

/// Refuses the headers whose feature is not built, and values that S3 does not know: an option that is
/// accepted is honoured. Headers that S3 itself does not know are ignored, as there.
///
/// Errors: NotImplemented naming the header; InvalidArgument, InvalidStorageClass.
void CheckHeaders(const protocol::HttpRequest& request, Access access);

}  // namespace cumulite::s3
