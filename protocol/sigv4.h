#pragma once
#include <array>
#include <mutex>
#include <string>
#include <string_view>

#include "protocol/http.h"
#include "protocol/payload.h"

namespace cumulite::protocol {

/// S3 encodes the path once and keeps it as it is; all others remove its dots and double slashes and encode
/// what the client had encoded already once more.
enum class CanonicalStyle : unsigned char { kGeneral, kS3 };

/// The text whose hash a SigV4 signature covers. `signed_headers` is "host;x-amz-date"; `payload_hash` the
/// body's SHA-256 in hex or what x-amz-content-sha256 says instead. X-Amz-Signature is left out of the query.
/// Source: IAM User Guide "Create a signed AWS API request".
std::string CanonicalRequest(const HttpRequest& request, std::string_view signed_headers,
                             std::string_view payload_hash, CanonicalStyle style);

/// `timestamp` "20130524T000000Z", `scope` "20130524/us-east-1/s3/aws4_request".
std::string StringToSign(std::string_view timestamp, std::string_view scope,
                         std::string_view canonical_request);

/// `date` YYYYMMDD.
Sha256Digest SigningKey(std::string_view secret, std::string_view date, std::string_view region,
                        std::string_view service);

/// 64 lower-case hex digits.
std::string Signature(const Sha256Digest& key, std::string_view string_to_sign);

/// Signing keys of recent (secret, date, region, service), which cost four HMACs each. Fixed in size: clients
/// choose the date, region and service, and must not be able to make it grow.
/// Thread: any.
class SigningKeyCache {
 public:
  Sha256Digest Get(std::string_view secret, std::string_view date, std::string_view region,
                   std::string_view service);

 private:
  struct Slot {
    std::mutex mutex;
    std::string input;  // what `key` was made from
    Sha256Digest key{};
  };
  std::array<Slot, 64> slots_;
};

}  // namespace cumulite::protocol
