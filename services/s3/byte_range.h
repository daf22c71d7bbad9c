#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace cumulite::s3 {

struct ByteRange {
  std::uint64_t first = 0;
  std::uint64_t size = 0;
  friend bool operator==(const ByteRange&, const ByteRange&) = default;
};

/// What a Range header asks of an object of `object_size` bytes: nullopt is the whole, which S3 also gives
/// for several ranges, for other units and for what it cannot read.
/// Errors: InvalidRange when the range lies outside.
/// Source: RFC 9110 section 14; S3 API Reference "GetObject", Range.
std::optional<ByteRange> ParseRange(std::string_view header, std::uint64_t object_size);

/// x-amz-copy-source-range: "bytes=first-last" and nothing else, within the source.
/// Errors: InvalidArgument (form, end past the source), InvalidRequest (start past it).
ByteRange ParseCopyRange(std::string_view header, std::uint64_t source_size);

}  // namespace cumulite::s3
