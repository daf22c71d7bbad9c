#pragma once
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace cumulite::protocol {

/// What Content-Encoding calls "gzip" and "deflate"; the latter is zlib's format (RFC 9110, 8.4.1).
enum class Packing : unsigned char { kGzip, kDeflate };

/// Of a header's value, in any case; nothing for others.
std::optional<Packing> PackingOf(std::string_view name);

enum class InflateResult : unsigned char { kOk, kCorrupt, kTooLarge };

/// Unpacks a body into `out`, at most `limit` bytes: stops there, so a small body cannot unpack into all of
/// memory. At least 64 readable bytes follow the result (simdjson's padding). Gzip may come in several
/// members, one after the other; other trailing bytes, a bad checksum or a truncated stream are kCorrupt.
InflateResult Inflate(Packing packing, std::string_view packed, std::size_t limit, std::string& out);

/// Unpacks gzip that comes in pieces: a file that nobody wants to hold whole. Members as with Inflate.
class GunzipStream {
 public:
  GunzipStream();
  ~GunzipStream();
  GunzipStream(const GunzipStream&) = delete;
  GunzipStream& operator=(const GunzipStream&) = delete;

  /// Takes some of `packed`, which it shortens, and appends up to `limit` bytes, and 16 KiB at the most
  /// beyond them, to `out`; call it until nothing of the piece is left. False when it is corrupt.
  bool Feed(std::string_view& packed, std::size_t limit, std::string& out);
  /// Whether the last member is complete, or nothing ever came.
  bool AtEnd() const { return at_end_; }

 private:
  struct State;
  const std::unique_ptr<State> state_;
  bool at_end_ = true;
};

/// Packs a body, at the speed that answers need.
std::string Deflate(Packing packing, std::string_view text);

}  // namespace cumulite::protocol
