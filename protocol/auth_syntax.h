#pragma once
#include <optional>
#include <string_view>

#include "protocol/auth.h"

namespace cumulite::protocol {

// The grammar of what carries a signature; nothing is verified here and nothing thrown.

/// "Credential=..., SignedHeaders=..., Signature=...": what follows "AWS4-HMAC-SHA256 ". A part that is
/// missing is null.
struct AuthorizationParts {
  std::string_view credential;
  std::string_view signed_headers;
  std::string_view signature;
  std::string_view not_a_pair;  // the first piece without '=', if there is one
};
AuthorizationParts SplitAuthorization(std::string_view parameters);

/// The five parts between the slashes, which may be percent-encoded as in a query string.
struct CredentialParts {
  CredentialScope scope;
  std::string_view terminator;  // "aws4_request"
};
/// nullopt unless there are exactly five.
std::optional<CredentialParts> SplitCredential(std::string_view credential);

/// What can be read of a credential that people wrote by hand: "test/us-east-1/sqs" without date and
/// terminator, "test" alone. Parts that no name may have are empty.
CredentialScope GuessScope(std::string_view credential);

/// A scope that can be somebody's: an access key, a date of 8 digits, a plain region and service, the
/// terminator. (The region becomes part of names and ARNs.)
bool IsWellFormed(const CredentialParts& credential);
/// The same, whatever its date says.
bool IsComplete(const CredentialParts& credential);

/// "AKID:signature" of SigV2, split at the last colon; nullopt if a side is empty.
struct AuthorizationV2 {
  std::string_view access_key;
  std::string_view signature;
};
std::optional<AuthorizationV2> SplitAuthorizationV2(std::string_view parameters);

/// The parameters of a presigned URL as they stand in the query, not decoded.
struct QueryAuthorization {
  std::optional<std::string_view> algorithm, credential, date, expires, signed_headers, signature;
  std::optional<std::string_view> content_sha256, security_token;
  std::optional<std::string_view> v2_access_key, v2_expires, v2_signature;

  bool IsV4() const { return algorithm || credential || signature; }
  bool IsV2() const { return v2_access_key || v2_signature; }
};
QueryAuthorization FindQueryAuthorization(std::string_view query);

}  // namespace cumulite::protocol
