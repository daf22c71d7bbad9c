#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "protocol/aws_chunked_decoder.h"
#include "protocol/checksum.h"
#include "protocol/http.h"
#include "protocol/payload.h"
#include "services/s3/object_checksum.h"

namespace cumulite::s3 {

/// Everything that a request says its body must hash to, and what it does hash to.
///
/// Constructed before the body is read, so that a malformed digest is refused first.
/// Errors: of the constructor InvalidDigest, InvalidRequest; of Finish BadDigest, XAmzContentSHA256Mismatch,
/// InvalidRequest. Thread: one at a time.
/// Source: S3 User Guide "Checking object integrity in Amazon S3".
class BodyChecks {
 public:
  /// The body of a request. `fallback` is computed where the request names no algorithm.
  BodyChecks(const protocol::HttpRequest& request, const protocol::PayloadSigning& payload,
             ChecksumAlgorithm fallback);
  /// Bytes that were checked before: only computes.
  explicit BodyChecks(ChecksumAlgorithm algorithm);

  /// Also computes another checksum, whatever the request names; before the first Update.
  void Also(ChecksumAlgorithm algorithm) { hashers_.Add(algorithm); }
  /// Compares with x-amz-content-sha256 when that is a hash; before the first Update.
  void RequirePayloadHash(const protocol::PayloadSigning& payload);
  void Update(std::string_view piece) { hashers_.Update(piece); }
  /// After the last byte: compares. `trailers` are those of an aws-chunked body.
  void Finish(std::span<const protocol::Trailer> trailers = {});

  std::uint64_t size() const { return hashers_.size(); }
  /// The request named it itself, in a header or trailer.
  bool algorithm_given() const { return algorithm_given_; }
  ChecksumAlgorithm algorithm() const { return algorithm_; }
  // After Finish.
  protocol::Digest md5() const { return *hashers_.Get(ChecksumAlgorithm::kMd5); }
  protocol::Digest checksum() const { return checksum(algorithm_); }
  protocol::Digest checksum(ChecksumAlgorithm algorithm) const { return *hashers_.Get(algorithm); }

 private:
  void ReadTrailerNames(const protocol::HttpRequest& request);
  void CheckTrailers(std::span<const protocol::Trailer> trailers) const;

  protocol::HasherSet hashers_;
  ChecksumAlgorithm algorithm_;
  bool algorithm_given_ = false;
  std::optional<protocol::Digest> content_md5_;
  std::optional<protocol::Digest> checksum_;
  std::string_view payload_sha256_;
};

}  // namespace cumulite::s3
