#include "tests/support/wire/signer.h"

#include "protocol/checksum.h"
#include "protocol/sigv4.h"

namespace cumulite::testing {

std::vector<std::pair<std::string, std::string>> Signer::Sign(
    std::string_view method, std::string_view target, std::string_view body,
    std::vector<std::pair<std::string, std::string>> headers) const {
  static constexpr std::string_view kSignedHeaders = "host;x-amz-date";
  headers.emplace_back("Host", "localhost");
  headers.emplace_back("X-Amz-Date", timestamp);
  std::vector<protocol::HeaderField> fields;
  for (const auto& [name, value] : headers) fields.push_back({name, value});
  protocol::HttpRequest request;
  request.method = method;
  request.target = target;
  request.path = target.substr(0, target.find('?'));
  request.query = target.substr(std::min(request.path.size() + 1, target.size()));
  request.headers = fields;

  const std::string date = timestamp.substr(0, 8);
  const std::string scope = date + "/" + region + "/" + service + "/aws4_request";
  const std::string body_hash = protocol::Checksum(protocol::ChecksumAlgorithm::kSha256, body).Hex();
  const std::string canonical =
      protocol::CanonicalRequest(request, kSignedHeaders, body_hash, protocol::CanonicalStyle::kGeneral);
  const std::string signature = protocol::Signature(protocol::SigningKey(secret, date, region, service),
                                                    protocol::StringToSign(timestamp, scope, canonical));
  headers.emplace_back("Authorization", "AWS4-HMAC-SHA256 Credential=" + access_key + "/" + scope +
                                            ", SignedHeaders=" + std::string(kSignedHeaders) +
                                            ", Signature=" + signature);
  return headers;
}

}  // namespace cumulite::testing
