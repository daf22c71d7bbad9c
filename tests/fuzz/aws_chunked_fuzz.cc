// The aws-chunked decoder, fed with hostile bytes. First byte: mode and size of the pieces; second: length.
#include <cstdlib>
#include <string>

#include "protocol/aws_chunked_decoder.h"
#include "tests/fuzz/fuzz_target.h"

namespace cumulite::fuzz {

void FuzzAwsChunked(std::string_view data) {
  if (data.size() < 2) return;
  using Mode = protocol::PayloadSigning::Mode;
  constexpr Mode kModes[] = {Mode::kStreaming, Mode::kStreamingTrailer, Mode::kUnsignedTrailer};
  const auto first = static_cast<unsigned char>(data[0]);
  const auto length = static_cast<unsigned char>(data[1]);
  data.remove_prefix(2);
  protocol::PayloadSigning payload;
  payload.mode = kModes[first % 3];
  if ((first & 0x40) != 0) payload.signing.emplace();
  const std::size_t piece = first % 13 + std::size_t{1};
  std::uint64_t decoded = 0;
  try {
    protocol::AwsChunkedDecoder decoder(payload, length, "x-amz-checksum-crc32");
    while (!data.empty()) {
      std::string_view input = data.substr(0, piece);
      data.remove_prefix(input.size());
      while (!input.empty()) decoded += decoder.Next(input).size();
      if (decoded > length) std::abort();  // more than was announced
    }
    decoder.Finish();
    if (decoded != length) std::abort();  // less, and yet complete
  } catch (const protocol::AwsError&) {
  }
}

}  // namespace cumulite::fuzz
