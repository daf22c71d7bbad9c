#include "protocol/inflate.h"

#include <zlib.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "protocol/http.h"

namespace cumulite::protocol {
namespace {

constexpr std::size_t kPadding = 64;         // simdjson reads that far behind its text
constexpr std::size_t kFirstPiece = 16'384;  // then doubled as needed
constexpr int kWindowBits = 15;
constexpr int kGzip = 16;  // zlib: that many more mean "a gzip header and nothing else"

int WindowBits(Packing packing) { return packing == Packing::kGzip ? kWindowBits + kGzip : kWindowBits; }

/// inflateEnd at the end of the scope.
struct Stream : z_stream {
  Stream() : z_stream{} {}
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
  ~Stream() { inflateEnd(this); }
};

}  // namespace

std::optional<Packing> PackingOf(std::string_view name) {
  if (EqualsIgnoreCase(name, "gzip")) return Packing::kGzip;
  return EqualsIgnoreCase(name, "deflate") ? std::optional(Packing::kDeflate) : std::nullopt;
}

InflateResult Inflate(Packing packing, std::string_view packed, std::size_t limit, std::string& out) {
  Stream stream;
  if (inflateInit2(&stream, WindowBits(packing)) != Z_OK) throw std::bad_alloc();
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));  // zlib does not write to it
  stream.avail_in = static_cast<uInt>(packed.size());
  out.clear();
  std::size_t size = 0;
  for (;;) {
    // One byte over the limit is asked for, so that a body of exactly `limit` bytes is seen to end there.
    if (size == out.size()) out.resize(std::min(std::max(kFirstPiece, out.size() * 2), limit + 1));
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + size);
    stream.avail_out = static_cast<uInt>(out.size() - size);
    const int result = inflate(&stream, Z_NO_FLUSH);
    size = out.size() - stream.avail_out;
    if (size > limit) return InflateResult::kTooLarge;
    if (result == Z_STREAM_END) {
      if (packing != Packing::kGzip || stream.avail_in == 0) break;
      if (inflateReset(&stream) != Z_OK) return InflateResult::kCorrupt;  // the next member
      continue;
    }
    if (result != Z_OK || (stream.avail_in == 0 && stream.avail_out != 0)) return InflateResult::kCorrupt;
  }
  if (stream.avail_in != 0) return InflateResult::kCorrupt;
  out.reserve(size + kPadding);
  out.resize(size);
  return InflateResult::kOk;
}

struct GunzipStream::State : Stream {};

GunzipStream::GunzipStream() : state_(std::make_unique<State>()) {
  if (inflateInit2(state_.get(), WindowBits(Packing::kGzip)) != Z_OK) throw std::bad_alloc();
}

GunzipStream::~GunzipStream() = default;

bool GunzipStream::Feed(std::string_view& packed, std::size_t limit, std::string& out) {
  const std::size_t start = out.size();
  while (!packed.empty() && out.size() - start < limit) {
    if (at_end_ && inflateReset(state_.get()) != Z_OK) return false;
    const std::size_t before = out.size();
    out.resize(before + kFirstPiece);
    state_->next_in =
        reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));  // zlib does not write to it
    state_->avail_in = static_cast<uInt>(packed.size());
    state_->next_out = reinterpret_cast<Bytef*>(out.data() + before);
    state_->avail_out = static_cast<uInt>(kFirstPiece);
    const int result = inflate(state_.get(), Z_NO_FLUSH);
    out.resize(before + kFirstPiece - state_->avail_out);
    packed.remove_prefix(packed.size() - state_->avail_in);
    at_end_ = result == Z_STREAM_END;
    if (!at_end_ && result != Z_OK && result != Z_BUF_ERROR) return false;
  }
  return true;
}

std::string Deflate(Packing packing, std::string_view text) {
  z_stream stream{};
  if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, WindowBits(packing), 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::bad_alloc();
  }
  const std::unique_ptr<z_stream, int (*)(z_stream*)> end(&stream, &deflateEnd);
  std::string packed(deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));  // zlib does not write to it
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  if (deflate(&stream, Z_FINISH) != Z_STREAM_END) throw std::logic_error("deflateBound was too small");
  packed.resize(packed.size() - stream.avail_out);
  return packed;
}

}  // namespace cumulite::protocol
