#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "protocol/aws_chunked_decoder.h"
#include "protocol/http.h"
#include "protocol/payload.h"

namespace cumulite::protocol {

/// Decodes an aws-chunked body while it is read: hands out views into the source's buffer, keeps nothing.
///
/// Chunk and trailer signatures are verified when `payload.signing` is set; a piece may be handed out before
/// the signature of its chunk has been seen, so nothing counts before Read returned empty.
///
/// Errors: of the constructor MissingContentLength (411, no x-amz-decoded-content-length), InvalidArgument;
/// of reading IncompleteBody, InvalidChunkSizeError, MalformedTrailerError, SignatureDoesNotMatch.
/// Thread: the request's loop.
/// Source: S3 API Reference "Signature calculations for the Authorization header: transferring payload in
/// multiple chunks" and "... including trailing headers".
class AwsChunkedReader final : public BodyReader {
 public:
  /// `raw`, `request` and `payload` must outlive this reader.
  AwsChunkedReader(BodyReader& raw, const HttpRequest& request, const PayloadSigning& payload);

  /// x-amz-decoded-content-length.
  std::optional<std::uint64_t> content_length() const override { return decoder_.decoded_length(); }
  runtime::Task<std::string_view> Read() override;
  runtime::Task<std::optional<std::string_view>> ReadAll(std::size_t limit) override;

  /// The trailing headers, names in lower case; complete once Read has returned empty.
  std::span<const Trailer> trailers() const { return decoder_.trailers(); }

 private:
  BodyReader& raw_;
  AwsChunkedDecoder decoder_;
  std::string_view input_;  // of the source's current piece, not yet decoded
  bool ended_ = false;
  std::string whole_;  // ReadAll's
};

}  // namespace cumulite::protocol
