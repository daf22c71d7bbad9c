#pragma once
#include <functional>
#include <memory>
#include <string_view>

namespace cumulite::protocol {

enum class StreamPacking : unsigned char { kGzip, kBzip2 };

/// Unpacks a stream piece by piece with bounded memory; several members or streams may follow one another.
/// Thread: one at a time.
class Unpacker {
 public:
  explicit Unpacker(StreamPacking packing);
  Unpacker(const Unpacker&) = delete;
  Unpacker& operator=(const Unpacker&) = delete;
  ~Unpacker();

  /// Gives `take` what the next piece of the packed stream unpacks into, in pieces of up to 64 KiB, until it
  /// says false. False when the stream is corrupt.
  bool Feed(std::string_view packed, const std::function<bool(std::string_view)>& take);
  /// Whether the stream may end here.
  bool AtEnd() const;

  class Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace cumulite::protocol
