#include "protocol/unpacker.h"

#include <bzlib.h>
#include <zlib.h>

#include <new>
#include <string>

namespace cumulite::protocol {

class Unpacker::Impl {
 public:
  virtual ~Impl() = default;
  virtual bool Feed(std::string_view packed, const std::function<bool(std::string_view)>& take) = 0;
  bool at_end() const { return at_end_; }

 protected:
  static constexpr std::size_t kPieceBytes = 64 * 1024;
  std::string out_ = std::string(kPieceBytes, '\0');
  bool at_end_ = false;  // of a member, and nothing has followed yet
};

namespace {

constexpr int kGzipOnly = 16 + 15;

/// Both libraries have the same kind of interface with other names.
class Gunzip final : public Unpacker::Impl {
 public:
  Gunzip() {
    if (inflateInit2(&stream_, kGzipOnly) != Z_OK) throw std::bad_alloc();
  }
  Gunzip(const Gunzip&) = delete;
  Gunzip& operator=(const Gunzip&) = delete;
  ~Gunzip() override { inflateEnd(&stream_); }

  bool Feed(std::string_view packed, const std::function<bool(std::string_view)>& take) override {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));  // zlib only reads it
    stream_.avail_in = static_cast<uInt>(packed.size());
    for (;;) {
      if (at_end_ && stream_.avail_in != 0) {
        if (inflateReset(&stream_) != Z_OK) return false;
        at_end_ = false;
      }
      if (at_end_) return true;
      stream_.next_out = reinterpret_cast<Bytef*>(out_.data());
      stream_.avail_out = kPieceBytes;
      const int result = inflate(&stream_, Z_NO_FLUSH);
      const std::size_t got = kPieceBytes - stream_.avail_out;
      if (got != 0 && !take(std::string_view(out_).substr(0, got))) return true;
      if (result == Z_STREAM_END) {
        at_end_ = true;
      } else if (result == Z_BUF_ERROR || (result == Z_OK && stream_.avail_in == 0 && got < kPieceBytes)) {
        return true;  // it wants more
      } else if (result != Z_OK) {
        return false;
      }
    }
  }

 private:
  z_stream stream_{};
};

class Bunzip2 final : public Unpacker::Impl {
 public:
  Bunzip2() { Begin(); }
  Bunzip2(const Bunzip2&) = delete;
  Bunzip2& operator=(const Bunzip2&) = delete;
  ~Bunzip2() override { BZ2_bzDecompressEnd(&stream_); }

  bool Feed(std::string_view packed, const std::function<bool(std::string_view)>& take) override {
    stream_.next_in = const_cast<char*>(packed.data());
    stream_.avail_in = static_cast<unsigned>(packed.size());
    for (;;) {
      if (at_end_ && stream_.avail_in != 0) Restart();
      if (at_end_) return true;
      stream_.next_out = out_.data();
      stream_.avail_out = kPieceBytes;
      const int result = BZ2_bzDecompress(&stream_);
      const std::size_t got = kPieceBytes - stream_.avail_out;
      if (got != 0 && !take(std::string_view(out_).substr(0, got))) return true;
      if (result == BZ_STREAM_END) {
        at_end_ = true;
      } else if (result != BZ_OK) {
        return false;
      } else if (stream_.avail_in == 0 && got < kPieceBytes) {
        return true;
      }
    }
  }

 private:
  void Begin() {
    if (BZ2_bzDecompressInit(&stream_, 0, 0) != BZ_OK) throw std::bad_alloc();
  }
  void Restart() {
    char* const next = stream_.next_in;
    const unsigned left = stream_.avail_in;
    BZ2_bzDecompressEnd(&stream_);
    stream_ = {};
    Begin();
    stream_.next_in = next;
    stream_.avail_in = left;
    at_end_ = false;
  }

  bz_stream stream_{};
};

}  // namespace

Unpacker::Unpacker(StreamPacking packing) {
  if (packing == StreamPacking::kGzip) {
    impl_ = std::make_unique<Gunzip>();
  } else {
    impl_ = std::make_unique<Bunzip2>();
  }
}

Unpacker::~Unpacker() = default;

bool Unpacker::Feed(std::string_view packed, const std::function<bool(std::string_view)>& take) {
  return impl_->Feed(packed, take);
}

bool Unpacker::AtEnd() const { return impl_->at_end(); }

}  // namespace cumulite::protocol
