#pragma once
#include <gtest/gtest.h>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/time_text.h"
#include "protocol/auth.h"
#include "protocol/error.h"
#include "protocol/sigv4.h"
#include "tests/unit/protocol/auth_request.h"

namespace cumulite::protocol {

inline const base::TimePoint kNow = *base::ParseAmzDate("20130524T000000Z");
inline constexpr std::string_view kKey = "AKIAIOSFODNN7EXAMPLE";
inline constexpr std::string_view kSecret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
inline constexpr std::string_view kEmptyHash =
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

inline AuthSettings Settings(AuthMode mode) {
  return {.mode = mode,
          .credentials = {{std::string(kKey), std::string(kSecret), "111111111111", "alice"},
                          {"ROOTKEY", "root-secret", "222222222222", ""},
                          {"333333333333", "secret", "", ""}},
          .default_account = "000000000000",
          .default_region = "eu-west-1",
          .clock = nullptr};
}

inline const Authenticator& Permissive() {
  static const Authenticator authenticator(Settings(AuthMode::kPermissive));
  return authenticator;
}

inline const Authenticator& Strict() {
  static const Authenticator authenticator(Settings(AuthMode::kStrict));
  return authenticator;
}

struct Refusal {
  std::string code;
  int status = 0;
  std::string message;
};

/// The error of an authentication, empty when it went well.
inline Refusal Refused(const Authenticator& authenticator, AuthRequest& request, Flavor flavor,
                       base::TimePoint now = kNow,
                       std::optional<std::string_view> body_sha256 = std::nullopt) {
  try {
    authenticator.Authenticate(request.View(), now, flavor, body_sha256);
    return {};
  } catch (const AwsError& error) {
    return {std::string(error.kind().code), error.kind().status, error.message()};
  }
}

struct Signer {
  std::string_view key = kKey;
  std::string_view secret = kSecret;
  std::string_view service = "s3";
  std::string_view timestamp = "20130524T000000Z";
  std::string_view signed_headers = "host;x-amz-content-sha256;x-amz-date";
  std::string_view payload_hash = kEmptyHash;

  std::string Scope() const {
    return std::string(timestamp.substr(0, 8)) + "/us-east-1/" + std::string(service) + "/aws4_request";
  }
  std::string Sign(AuthRequest& request) const {
    const auto style = service == "s3" ? CanonicalStyle::kS3 : CanonicalStyle::kGeneral;
    const std::string canonical = CanonicalRequest(request.View(), signed_headers, payload_hash, style);
    return Signature(SigningKey(secret, timestamp.substr(0, 8), "us-east-1", service),
                     StringToSign(timestamp, Scope(), canonical));
  }
  void SignHeader(AuthRequest& request) const {
    request.Set("Authorization", "AWS4-HMAC-SHA256 Credential=" + std::string(key) + "/" + Scope() +
                                     ", SignedHeaders=" + std::string(signed_headers) +
                                     ", Signature=" + Sign(request));
  }
};

inline AuthRequest S3Get(std::string target = "/bucket/key") {
  return {.method = "GET",
          .target = std::move(target),
          .headers = {{"Host", "localhost:4566"},
                      {"x-amz-date", "20130524T000000Z"},
                      {"x-amz-content-sha256", std::string(kEmptyHash)}}};
}

inline AuthRequest RpcPost() {
  return {.method = "POST",
          .target = "/",
          .headers = {{"Host", "localhost:4566"}, {"X-Amz-Date", "20130524T000000Z"}}};
}

inline AuthRequest WithAuthorization(AuthRequest request, std::string_view value) {
  request.Set("Authorization", value);
  return request;
}

inline std::string PresignedTarget(std::string_view expires = "60",
                                   std::string_view date = "20130524T000000Z") {
  return "/bucket/key?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=" + std::string(kKey) +
         "%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=" + std::string(date) +
         "&X-Amz-Expires=" + std::string(expires) + "&X-Amz-SignedHeaders=host";
}

inline AuthRequest Presigned(std::string target, std::string_view signature = "00") {
  return {.method = "GET",
          .target = std::move(target) + "&X-Amz-Signature=" + std::string(signature),
          .headers = {{"Host", "localhost:4566"}}};
}

}  // namespace cumulite::protocol
