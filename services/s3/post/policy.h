#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "services/s3/post/form.h"

namespace cumulite::s3 {

/// How many bytes a form's policy lets its file have.
struct LengthRange {
  std::uint64_t least = 0;
  std::uint64_t most = 0;
};

/// Holds the fields of a form (with "bucket" and the finished "key" among them) against its policy.
///
/// Errors: InvalidPolicyDocument; AccessDenied ("Invalid according to Policy: ...") for one that has expired,
/// a condition that does not hold and a field that none speaks of. Pure; bounded by the length of the text.
/// Source: S3 API Reference "POST Policy".
std::optional<LengthRange> CheckPostPolicy(std::string_view json, const PostForm::Fields& fields,
                                           base::TimePoint now);

}  // namespace cumulite::s3
