#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cumulite::s3 {

/// The id of what is written while a bucket has no versioning, or has it suspended: one a key.
inline constexpr std::string_view kNullVersion = "null";

/// A version as a request names it.
struct VersionRef {
  std::string id;           // "null", or 32 characters
  std::int64_t number = 0;  // within the id: where to look for it; 0 for the null version
};

/// An id of 32 letters, digits, '.' and '_', which nobody can guess and which tells its version's number to
/// whoever looks for it.
std::string NewVersionId(std::int64_t number);

/// nullopt when no version can have that id.
std::optional<VersionRef> ParseVersionId(std::string_view text);

/// The same for what a request gave. Errors: InvalidArgument.
VersionRef RequireVersionId(std::string_view text);

}  // namespace cumulite::s3
