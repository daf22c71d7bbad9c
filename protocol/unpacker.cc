#include "protocol/unpacker.h"

#include <bzlib.h>

#include <new>
#include <string>

#include "protocol/inflate.h"

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

class Gunzip final : public Unpacker::Impl {
 public:
  bool Feed(std::string_view packed, const std::function<bool(std::string_view)>& take) override {
    while (!packed.empty()) {
      out_.clear();
      const bool sound = stream_.Feed(packed, kPieceBytes - kStep, out_);
      at_end_ = stream_.AtEnd();
      if (!out_.empty() && !take(out_)) return true;
      if (!sound) return false;
    }
    return true;
  }

 private:
  static constexpr std::size_t kStep = 16 * 1024;  // by which a stream may go beyond the limit

  GunzipStream stream_;
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
