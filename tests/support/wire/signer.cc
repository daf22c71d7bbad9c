#include "tests/support/wire/signer.h"

#include "protocol/checksum.h"
#include "protocol/sigv4.h"

namespace cumulite::testing {

Headers Signer::Sign(std::string_view method, std::string_view target, std::string_view body,
                     Headers headers) const {
  headers.emplace_back("Host", "localhost");
  headers.emplace_back("X-Amz-Date", timestamp);

  const std::string signed_headers = SignedHeaders(headers);
  const std::string date = timestamp.substr(0, 8);
  const std::string scope = date + "/" + region + "/" + service + "/aws4_request";
  const std::string body_hash = protocol::Checksum(protocol::ChecksumAlgorithm::kSha256, body).Hex();
  const std::string canonical = CanonicalRequest(method, target, headers, signed_headers, body_hash,
                                                 protocol::CanonicalStyle::kGeneral);
  const std::string signature = protocol::Signature(protocol::SigningKey(secret, date, region, service),
                                                    protocol::StringToSign(timestamp, scope, canonical));
  headers.emplace_back("Authorization", "AWS4-HMAC-SHA256 Credential=" + access_key + "/" + scope +
                                            ", SignedHeaders=" + signed_headers + ", Signature=" + signature);
  return headers;
}

}  // namespace cumulite::testing
