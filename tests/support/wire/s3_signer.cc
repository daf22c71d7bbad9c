#include "tests/support/wire/s3_signer.h"

#include "protocol/checksum.h"
#include "protocol/http.h"
#include "protocol/sigv4.h"

namespace cumulite::testing {
namespace {

const std::string kTimestamp = "20260102T030405Z";  // where the clock of WireTest stands
const std::string kDate = "20260102";
const std::string kScope = kDate + "/us-east-1/s3/aws4_request";
const std::string kHost = "localhost";

std::string Sha256(std::string_view data) {
  return protocol::Checksum(protocol::ChecksumAlgorithm::kSha256, data).Hex();
}

}  // namespace

std::string S3Signer::SignText(const std::string& text) const {
  return protocol::Signature(protocol::SigningKey(secret_, kDate, "us-east-1", "s3"), text);
}

Headers S3Signer::Sign(std::string_view method, std::string_view target, std::string_view payload,
                       Headers headers) const {
  headers.emplace_back("Host", kHost);
  headers.emplace_back("X-Amz-Date", kTimestamp);
  headers.emplace_back("x-amz-content-sha256", payload);
  const std::string signed_headers = SignedHeaders(headers);
  const std::string canonical =
      CanonicalRequest(method, target, headers, signed_headers, payload, protocol::CanonicalStyle::kS3);
  headers.emplace_back("Authorization", "AWS4-HMAC-SHA256 Credential=" + access_key_ + "/" + kScope +
                                            ", SignedHeaders=" + signed_headers + ", Signature=" +
                                            SignText(protocol::StringToSign(kTimestamp, kScope, canonical)));
  return headers;
}

std::string S3Signer::Presign(std::string_view method, const std::string& path, int expires_s,
                              std::string_view token) const {
  std::string target = path + "?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=" +
                       protocol::PercentEncode(access_key_ + "/" + kScope) + "&X-Amz-Date=" + kTimestamp +
                       "&X-Amz-Expires=" + std::to_string(expires_s) + "&X-Amz-SignedHeaders=host";
  if (!token.empty()) target += "&X-Amz-Security-Token=" + protocol::PercentEncode(token);
  const std::string canonical = CanonicalRequest(method, target, {{"Host", kHost}}, "host",
                                                 "UNSIGNED-PAYLOAD", protocol::CanonicalStyle::kS3);
  return target + "&X-Amz-Signature=" + SignText(protocol::StringToSign(kTimestamp, kScope, canonical));
}

std::string S3Signer::Seed(const Headers& headers) {
  const std::string& authorization = headers.back().second;
  return authorization.substr(authorization.size() - 64);
}

std::string S3Signer::ChunkSignature(std::string_view previous, std::string_view chunk) const {
  return SignText("AWS4-HMAC-SHA256-PAYLOAD\n" + kTimestamp + "\n" + kScope + "\n" + std::string(previous) +
                  "\n" + Sha256("") + "\n" + Sha256(chunk));
}

std::string S3Signer::TrailerSignature(std::string_view previous, std::string_view lines) const {
  return SignText("AWS4-HMAC-SHA256-TRAILER\n" + kTimestamp + "\n" + kScope + "\n" + std::string(previous) +
                  "\n" + Sha256(lines));
}

}  // namespace cumulite::testing
