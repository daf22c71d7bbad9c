#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/checksum.h"
#include "protocol/error.h"
#include "protocol/payload.h"

namespace cumulite::protocol {

inline constexpr ErrorKind kIncompleteBody{.code = "IncompleteBody", .query_code = {}, .status = 400};
inline constexpr ErrorKind kInvalidChunkSizeError{
    .code = "InvalidChunkSizeError", .query_code = {}, .status = 400};
inline constexpr ErrorKind kMissingContentLength{
    .code = "MissingContentLength", .query_code = {}, .status = 411};
inline constexpr ErrorKind kMalformedTrailerError{
    .code = "MalformedTrailerError", .query_code = {}, .status = 400};
inline constexpr ErrorKind kInvalidDecodedLength{.code = "InvalidArgument", .query_code = {}, .status = 400};

struct Trailer {
  std::string name;  // lower case
  std::string value;
};

/// The state machine of the aws-chunked framing: bytes in, payload out, without any I/O.
///
///   Next(input) until it returns empty, refill input, ...; at the end of the source Finish().
///
/// Errors: IncompleteBody (framing, length), InvalidChunkSizeError, MalformedTrailerError,
/// SignatureDoesNotMatch; after one the decoder must not be used again.
class AwsChunkedDecoder {
 public:
  /// `trailer_names`: the value of x-amz-trailer, a list of the names that may follow. `payload` must
  /// outlive.
  AwsChunkedDecoder(const PayloadSigning& payload, std::uint64_t decoded_length,
                    std::string_view trailer_names);

  /// Consumes from the front of `input` and returns the next payload bytes, a view into it; empty when input
  /// is used up.
  std::string_view Next(std::string_view& input);
  /// The source has no more bytes.
  void Finish() const;

  std::uint64_t decoded_length() const { return decoded_length_; }
  std::span<const Trailer> trailers() const { return trailers_; }

 private:
  enum class State : unsigned char { kHeader, kData, kDataEnd, kTrailer, kDone };

  /// Collects line_ over pieces; true when it is complete, without its end.
  bool TakeLine(std::string_view& input, std::size_t limit);
  void OnHeader();
  void OnChunkEnd();
  void OnTrailerLine();
  void EndTrailers();
  void VerifyChunk();
  void VerifyTrailers() const;
  void VerifySignature(std::string_view string_to_sign, std::string_view given) const;

  const PayloadSigning& payload_;
  const std::uint64_t decoded_length_;
  std::vector<std::string> expected_;  // trailers that were announced and have not come
  State state_ = State::kHeader;
  std::string line_;  // of the framing, bounded
  bool after_bare_newline_ = false;
  std::uint64_t chunk_size_ = 0;      // of the current chunk
  std::uint64_t chunk_left_ = 0;      // its bytes not yet seen
  std::uint64_t decoded_ = 0;         // payload bytes announced so far
  std::uint64_t chunks_ = 0;          // chunks begun
  std::optional<Hasher> chunk_hash_;  // when signatures are verified
  std::string chunk_signature_;       // of the current chunk, hex
  std::string previous_signature_;    // of the one before
  std::string trailer_signature_;
  std::vector<Trailer> trailers_;
};

}  // namespace cumulite::protocol
