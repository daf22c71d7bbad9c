#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace cumulite::protocol {

enum class InflateResult : unsigned char { kOk, kCorrupt, kTooLarge };

/// Unpacks a gzip body (Content-Encoding: gzip) into `out`, at most `limit` bytes: stops there, so a small
/// body cannot unpack into all of memory. At least 64 readable bytes follow the result (simdjson's padding).
/// Trailing bytes after the gzip member, a bad checksum or a truncated stream are kCorrupt.
InflateResult InflateGzip(std::string_view packed, std::size_t limit, std::string& out);

/// Packs a body as gzip, at the speed that answers need.
std::string DeflateGzip(std::string_view text);

}  // namespace cumulite::protocol
