#pragma once
#include <span>
#include <string>
#include <string_view>

#include "protocol/http.h"

namespace cumulite::protocol {

/// The text that a SigV2 signature of S3 covers. `date` is the Date header's value, empty when x-amz-date was
/// sent, or Expires of a presigned URL; `resource_path` "/bucket/key" as the client encoded it.
/// Source: S3 User Guide "Signing and authenticating REST requests (Signature Version 2)".
std::string StringToSignV2(const HttpRequest& request, std::string_view date, std::string_view resource_path);

/// base64(HMAC-SHA1).
std::string SignatureV2(std::string_view secret, std::string_view string_to_sign);

/// What a request was signed for: its path as sent, behind the bucket that the Host header names, if any.
std::string ResourcePathV2(const HttpRequest& request, std::span<const std::string> base_hosts = {});

}  // namespace cumulite::protocol
