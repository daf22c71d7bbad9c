#include "services/s3/byte_range.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "services/s3/errors.h"

namespace cumulite::s3 {
namespace {

/// "first-last", either of which may be missing; nullopt for anything else.
struct Bounds {
  std::optional<std::uint64_t> first;
  std::optional<std::uint64_t> last;
};

bool ParseNumber(std::string_view text, std::optional<std::uint64_t>& number) {
  if (text.empty()) return true;
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (end != text.data() + text.size()) return false;
  // More digits than fit stand for "past every end".
  number = error == std::errc::result_out_of_range ? UINT64_MAX : value;
  return true;
}

std::optional<Bounds> ParseBounds(std::string_view header) {
  constexpr std::string_view kUnit = "bytes=";
  if (!header.starts_with(kUnit)) return std::nullopt;
  header.remove_prefix(kUnit.size());
  const std::size_t dash = header.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  Bounds bounds;
  if (!ParseNumber(header.substr(0, dash), bounds.first)) return std::nullopt;
  if (!ParseNumber(header.substr(dash + 1), bounds.last)) return std::nullopt;
  if (!bounds.first && !bounds.last) return std::nullopt;
  if (bounds.first && bounds.last && *bounds.first > *bounds.last) return std::nullopt;
  return bounds;
}

}  // namespace

std::optional<ByteRange> ParseRange(std::string_view header, std::uint64_t object_size) {
  const std::optional<Bounds> bounds = ParseBounds(header);
  if (!bounds) return std::nullopt;
  const std::uint64_t first =
      bounds->first ? *bounds->first : object_size - std::min(*bounds->last, object_size);
  if (first >= object_size) {
    throw AwsError(kInvalidRange, "The requested range is not satisfiable")
        .With("RangeRequested", std::string(header))
        .With("ActualObjectSize", std::to_string(object_size));
  }
  const std::uint64_t last =
      bounds->first ? std::min(bounds->last.value_or(UINT64_MAX), object_size - 1) : object_size - 1;
  return ByteRange{first, last - first + 1};
}

ByteRange ParseCopyRange(std::string_view header, std::uint64_t source_size) {
  const std::optional<Bounds> bounds = ParseBounds(header);
  if (!bounds || !bounds->first || !bounds->last) {
    throw InvalidArgument(
        "The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the "
        "zero-based offsets of the first and last bytes to copy",
        "x-amz-copy-source-range", header);
  }
  if (*bounds->first >= source_size) {
    throw AwsError(kInvalidRequest, "The specified copy range is invalid for the source object size");
  }
  if (*bounds->last >= source_size) {
    throw InvalidArgument(
        "Range specified is not valid for source object of size: " + std::to_string(source_size),
        "x-amz-copy-source-range", header);
  }
  return {*bounds->first, *bounds->last - *bounds->first + 1};
}

}  // namespace cumulite::s3
