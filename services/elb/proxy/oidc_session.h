#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "services/elb/proxy/snapshot.h"

typedef struct evp_pkey_st EVP_PKEY;

namespace cumulite::elb::proxy {

/// Text that goes through the hands of a client who can neither read nor change it: AES-256-GCM with a key
/// that follows from the action's secret, so that a session outlives a restart. Thread: any.
class OidcSeal {
 public:
  /// `purpose` keeps what is sealed for one thing from being shown for another.
  OidcSeal(const AuthenticateOidc& action, std::string_view load_balancer_arn, std::string_view purpose);

  /// base64url, without padding.
  std::string Seal(std::string_view text) const;
  /// nullopt for what was not sealed like this.
  std::optional<std::string> Open(std::string_view sealed) const;

 private:
  std::string key_;
};

/// The key pair that signs x-amzn-oidc-data. Thread: any.
class OidcSigner {
 public:
  OidcSigner();

  const std::string& key_id() const { return key_id_; }
  const std::string& public_key_pem() const { return public_key_pem_; }
  /// "HEADER.PAYLOAD.SIGNATURE": ES256 as AWS writes it, base64url with padding.
  std::string Sign(std::string_view header_json, std::string_view payload_json) const;

 private:
  struct Free {
    void operator()(EVP_PKEY* key) const;
  };
  std::unique_ptr<EVP_PKEY, Free> key_;
  std::string key_id_;
  std::string public_key_pem_;
};

/// A user who has logged in.
struct OidcSession {
  std::string access_token;
  std::string claims;  // JSON, as the user info endpoint gave it
  base::TimePoint expires{};

  std::string ToJson() const;
  static std::optional<OidcSession> Parse(std::string_view json);
  /// "sub" of the claims; empty when there is none.
  std::string Subject() const;
};

/// What x-amzn-oidc-data says: the claims, signed, with when they end and for whom they are.
/// Source: User Guide "Authenticate users using an Application Load Balancer", user claims encoding.
std::string OidcData(const OidcSigner& signer, const OidcSession& session, const AuthenticateOidc& action,
                     std::string_view load_balancer_arn, base::TimePoint now);

}  // namespace cumulite::elb::proxy
