#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cumulite::protocol {

using Sha256Digest = std::array<unsigned char, 32>;

/// What the signature of each chunk of a signed aws-chunked body is computed from.
struct ChunkSigning {
  Sha256Digest key{};     // SigV4 signing key of the request
  std::string timestamp;  // "20130524T000000Z"
  std::string scope;      // "20130524/us-east-1/s3/aws4_request"
  std::string seed;       // the request's own signature, 64 hex digits: "previous" of the first chunk
};

/// How a body travels and what protects it, as x-amz-content-sha256 says. Lives as long as the request's
/// head.
///
/// Source: SigV4 "Signature Calculations for the Authorization Header: Transferring Payload in Multiple
/// Chunks".
struct PayloadSigning {
  enum class Mode : unsigned char {
    kNone,              // no x-amz-content-sha256
    kSha256,            // `sha256` is the body's hash; whoever reads the body compares
    kUnsigned,          // UNSIGNED-PAYLOAD
    kStreaming,         // STREAMING-AWS4-HMAC-SHA256-PAYLOAD
    kStreamingTrailer,  // STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER
    kUnsignedTrailer,   // STREAMING-UNSIGNED-PAYLOAD-TRAILER
  };

  Mode mode = Mode::kNone;
  std::string_view sha256;              // kSha256: 64 hex digits, as sent
  std::optional<ChunkSigning> signing;  // set when chunk signatures are to be verified (auth = strict)

  /// The body is aws-chunked: read it through AwsChunkedReader.
  bool chunked() const { return mode >= Mode::kStreaming; }
  bool has_trailer() const { return mode >= Mode::kStreamingTrailer; }
  /// Each chunk carries a signature (verified or not).
  bool chunks_signed() const { return mode == Mode::kStreaming || mode == Mode::kStreamingTrailer; }
};

}  // namespace cumulite::protocol
