#include "services/s3/body_checks.h"

#include "protocol/base64.h"
#include "services/s3/errors.h"

namespace cumulite::s3 {
namespace {

AwsError ChecksumMismatch(ChecksumAlgorithm algorithm) {
  return AwsError(kBadDigest, "The " + std::string(protocol::ChecksumName(algorithm)) +
                                  " you specified did not match the calculated checksum.");
}

std::optional<protocol::Digest> ReadContentMd5(const protocol::HttpRequest& request) {
  const auto value = request.Find("Content-MD5");
  if (!value) return std::nullopt;
  auto digest = protocol::ParseDigest(ChecksumAlgorithm::kMd5, *value);
  if (!digest) {
    throw AwsError(kInvalidDigest, "The Content-MD5 you specified was invalid.")
        .With("Content-MD5", std::string(*value));
  }
  return digest;
}

/// x-amz-sdk-checksum-algorithm announces a checksum, which must then be there.
void RequireAnnounced(const protocol::HttpRequest& request, std::optional<ChecksumAlgorithm> given) {
  const auto announced = request.Find("x-amz-sdk-checksum-algorithm");
  if (!announced) return;
  const auto algorithm = protocol::ParseChecksumName(*announced);
  if (!algorithm || *algorithm == ChecksumAlgorithm::kMd5) {
    throw AwsError(kInvalidRequest, "Value for x-amz-sdk-checksum-algorithm header is invalid.");
  }
  if (!given) {
    throw AwsError(kInvalidRequest,
                   "x-amz-sdk-checksum-algorithm specified, but no corresponding x-amz-checksum-* or "
                   "x-amz-trailer headers were found.");
  }
  if (*given != *algorithm) {
    throw AwsError(kInvalidRequest, "Value for x-amz-sdk-checksum-algorithm header is invalid.");
  }
}

}  // namespace

BodyChecks::BodyChecks(const protocol::HttpRequest& request, const protocol::PayloadSigning& payload,
                       ChecksumAlgorithm fallback)
    : algorithm_(fallback), content_md5_(ReadContentMd5(request)) {
  if (const auto given = FindChecksum(request)) {
    algorithm_ = given->algorithm;
    algorithm_given_ = true;
    checksum_ = protocol::ParseDigest(given->algorithm, given->value);
    if (!checksum_) {
      throw AwsError(kInvalidRequest,
                     "Value for " + std::string(ChecksumHeader(given->algorithm)) + " header is invalid.");
    }
  }
  if (payload.has_trailer()) ReadTrailerNames(request);
  RequireAnnounced(request, algorithm_given_ ? std::optional(algorithm_) : std::nullopt);
  hashers_.Add(ChecksumAlgorithm::kMd5);
  hashers_.Add(algorithm_);
  RequirePayloadHash(payload);
}

BodyChecks::BodyChecks(ChecksumAlgorithm algorithm) : algorithm_(algorithm) {
  hashers_.Add(ChecksumAlgorithm::kMd5);
  hashers_.Add(algorithm_);
}

void BodyChecks::RequirePayloadHash(const protocol::PayloadSigning& payload) {
  if (payload.mode != protocol::PayloadSigning::Mode::kSha256) return;
  payload_sha256_ = payload.sha256;
  hashers_.Add(ChecksumAlgorithm::kSha256);
}

void BodyChecks::ReadTrailerNames(const protocol::HttpRequest& request) {
  std::string_view names = request.Header("x-amz-trailer");
  while (!names.empty()) {
    const std::size_t comma = names.find(',');
    std::string_view name = names.substr(0, comma);
    names.remove_prefix(comma == std::string_view::npos ? names.size() : comma + 1);
    while (name.starts_with(' ')) name.remove_prefix(1);
    while (name.ends_with(' ')) name.remove_suffix(1);
    const auto algorithm = ChecksumOfHeader(name);
    if (!algorithm) {
      throw AwsError(kInvalidRequest, "The value specified in the x-amz-trailer header is not supported");
    }
    if (algorithm_given_) {
      throw AwsError(kInvalidRequest,
                     "Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.");
    }
    algorithm_ = *algorithm;
    algorithm_given_ = true;
  }
}

void BodyChecks::Finish(std::span<const protocol::Trailer> trailers) {
  hashers_.Finish();
  if (content_md5_ && *content_md5_ != md5()) {
    throw AwsError(kBadDigest, "The Content-MD5 you specified did not match what we received.")
        .With("ExpectedDigest", content_md5_->Base64())
        .With("CalculatedDigest", md5().Base64());
  }
  if (!payload_sha256_.empty()) {
    const std::string computed = hashers_.Get(ChecksumAlgorithm::kSha256)->Hex();
    if (!protocol::EqualsIgnoreCase(payload_sha256_, computed)) {
      throw AwsError(kXAmzContentSHA256Mismatch,
                     "The provided 'x-amz-content-sha256' header does not match what was computed.")
          .With("ClientComputedContentSHA256", std::string(payload_sha256_))
          .With("S3ComputedContentSHA256", computed);
    }
  }
  if (checksum_ && *checksum_ != checksum()) throw ChecksumMismatch(algorithm_);
  CheckTrailers(trailers);
}

void BodyChecks::CheckTrailers(std::span<const protocol::Trailer> trailers) const {
  for (const protocol::Trailer& trailer : trailers) {
    const auto digest = protocol::ParseDigest(algorithm_, trailer.value);
    if (!digest) {
      throw AwsError(kInvalidRequest, "Value for " + trailer.name + " trailing header is invalid.");
    }
    if (*digest != checksum()) throw ChecksumMismatch(algorithm_);
  }
}

}  // namespace cumulite::s3
