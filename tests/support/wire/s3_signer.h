#pragma once
#include <string>
#include <string_view>
#include <utility>

#include "tests/support/wire/canonical_request.h"

namespace cumulite::testing {

/// A caller who signs requests to S3 with SigV4, for servers in strict mode.
class S3Signer {
 public:
  S3Signer(std::string access_key, std::string secret)
      : access_key_(std::move(access_key)), secret_(std::move(secret)) {}

  /// `headers` with Host, X-Amz-Date, x-amz-content-sha256 (`payload`) and Authorization added.
  Headers Sign(std::string_view method, std::string_view target, std::string_view payload,
               Headers headers = {}) const;
  /// `path` with the query of a presigned URL behind it; `token` is that of temporary credentials.
  std::string Presign(std::string_view method, const std::string& path, int expires_s,
                      std::string_view token = {}) const;

  /// What chunk signatures continue from: the signature in the Authorization header of signed `headers`.
  static std::string Seed(const Headers& headers);
  std::string ChunkSignature(std::string_view previous, std::string_view chunk) const;
  /// `lines`: "name:value\n" of each trailer.
  std::string TrailerSignature(std::string_view previous, std::string_view lines) const;

 private:
  std::string SignText(const std::string& text) const;

  std::string access_key_;
  std::string secret_;
};

}  // namespace cumulite::testing
