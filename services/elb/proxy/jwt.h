#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "services/elb/proxy/snapshot.h"

typedef struct evp_pkey_st EVP_PKEY;

namespace cumulite::elb::proxy {

/// The RSA keys of a JWKS document, for RS256. Immutable. Thread: any.
class JwtKeys {
 public:
  /// nullopt for what is no such document, or larger than AWS takes: 150 KB, 10 keys.
  static std::optional<JwtKeys> Parse(std::string_view json);

  /// Those that a token without `kid`, or with that one, may be signed by.
  std::vector<EVP_PKEY*> For(std::string_view key_id) const;

 private:
  struct Free {
    void operator()(EVP_PKEY* key) const;
  };
  struct Key {
    std::string id;
    std::unique_ptr<EVP_PKEY, Free> key;
  };
  std::vector<Key> keys_;
};

enum class JwtVerdict {
  kValid,
  kUnknownKey,  // well-formed, but signed by a key that is not among these
  kInvalid,
};

/// Whether a token is what a jwt-validation action asks for: RS256, signed by one of the keys, of the issuer,
/// not expired, valid by now, with all claims.
/// Source: User Guide "Verify JWTs using an Application Load Balancer"; RFC 7515, 7519.
JwtVerdict VerifyJwt(std::string_view token, const JwtKeys& keys, const ValidateJwt& wanted,
                     base::TimePoint now);

/// The token of "Bearer TOKEN"; empty for any other credentials.
std::string_view BearerToken(std::string_view authorization);

}  // namespace cumulite::elb::proxy
