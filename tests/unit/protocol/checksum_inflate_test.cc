#include <gtest/gtest.h>
#include <zlib.h>

#include "protocol/inflate.h"

namespace cumulite::protocol {
namespace {

std::string Gzip(std::string_view plain) {
  z_stream stream{};
  EXPECT_EQ(deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string out(deflateBound(&stream, plain.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(plain.data()));
  stream.avail_in = static_cast<uInt>(plain.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

TEST(InflateTest, UnpacksWhatWasPacked) {
  for (const std::size_t size : {0u, 1u, 16'383u, 16'384u, 16'385u, 300'000u}) {
    const std::string plain(size, 'a');
    std::string out = "left over";
    EXPECT_EQ(Inflate(Packing::kGzip, Gzip(plain), 1'000'000, out), InflateResult::kOk) << size;
    EXPECT_EQ(out, plain);
    EXPECT_GE(out.capacity(), size + 64) << "simdjson's padding";
  }
}

TEST(InflateTest, StopsAtItsLimit) {
  const std::string bomb = Gzip(std::string(50'000'000, '\0'));
  std::string out;
  EXPECT_EQ(Inflate(Packing::kGzip, bomb, 1'000'000, out), InflateResult::kTooLarge);
  EXPECT_LE(out.capacity(), 4'000'000u);
  const std::string exact = Gzip(std::string(1000, 'x'));
  EXPECT_EQ(Inflate(Packing::kGzip, exact, 1000, out), InflateResult::kOk);
  EXPECT_EQ(Inflate(Packing::kGzip, exact, 999, out), InflateResult::kTooLarge);
  EXPECT_EQ(Inflate(Packing::kGzip, exact, 0, out), InflateResult::kTooLarge);
  EXPECT_EQ(Inflate(Packing::kGzip, Gzip(""), 0, out), InflateResult::kOk);
}

TEST(InflateTest, RefusesWhatIsBroken) {
  const std::string good = Gzip("{\"TableName\":\"orders\"}");
  std::string out;
  for (std::size_t size = 0; size < good.size(); ++size) {
    EXPECT_EQ(Inflate(Packing::kGzip, std::string_view(good).substr(0, size), 1000, out),
              InflateResult::kCorrupt)
        << size;
  }
  std::string flipped = good;
  flipped[flipped.size() - 6] ^= 1;  // of its checksum
  EXPECT_EQ(Inflate(Packing::kGzip, flipped, 1000, out), InflateResult::kCorrupt);
  EXPECT_EQ(Inflate(Packing::kGzip, good + "x", 1000, out), InflateResult::kCorrupt);
  EXPECT_EQ(Inflate(Packing::kGzip, "{\"plain\":1}", 1000, out), InflateResult::kCorrupt);
}

}  // namespace
}  // namespace cumulite::protocol
