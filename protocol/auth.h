#pragma once
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "protocol/context.h"
#include "protocol/http.h"
#include "protocol/payload.h"
#include "protocol/route.h"
#include "protocol/session.h"

namespace cumulite::protocol {

class SigningKeyCache;
struct SignatureClaim;

struct Credential {
  std::string access_key;
  std::string secret;
  std::string account;  // empty: the access key id if it is 12 digits, else the default account
  std::string name;     // empty: the root of the account; else the user of that name
};

enum class AuthMode : unsigned char { kPermissive, kStrict };

struct AuthSettings {
  AuthMode mode = AuthMode::kPermissive;
  std::vector<Credential> credentials;
  std::string default_account = "000000000000";
  std::string default_region = "us-east-1";
  /// Clients sign by the real time: what Clock::Advance has added is taken off again before a signature in
  /// strict mode is called too old. Null: nothing is taken off.
  const base::Clock* clock = nullptr;
  /// Names below which S3's buckets have hosts of their own, besides the built-in ones.
  std::vector<std::string> base_hosts = {};
  /// Whose session tokens count. Null: nobody's.
  const SessionIssuer* sessions = nullptr;
};

/// Whether a call without any signature is let through in strict mode. By default S3 only, whose policies and
/// ACLs decide then; a few RPC operations (SNS ConfirmSubscription, STS AssumeRoleWithWebIdentity) need none.
enum class Anonymous : unsigned char { kByFlavor, kAllow };

/// What the request claims about its caller, without verifying anything: the Authorization header, or
/// X-Amz-Credential / AWSAccessKeyId of a presigned URL, as far as it can be read. nullopt where there is no
/// access key.
std::optional<CredentialScope> PeekScope(const HttpRequest& request);

struct AuthResult {
  Identity identity;  // access_key is empty for an anonymous caller; in strict mode so is its account
  PayloadSigning payload;
  CredentialScope scope;
  bool presigned = false;
};

/// Tells who calls. Permissive: takes the caller's word, however it is put, and refuses expired presigned
/// URLs only. Strict: verifies the signature against the configured credentials and the temporary ones
/// that STS handed out, while these last. A session token of ours tells who calls in both modes.
///
/// Errors (AwsError): kS3 AuthorizationHeaderMalformed, AuthorizationQueryParametersError,
/// InvalidAccessKeyId, InvalidToken, ExpiredToken, SignatureDoesNotMatch, RequestTimeTooSkewed, AccessDenied
/// ("Request has expired", ...), InvalidRequest, InvalidArgument; kJson IncompleteSignatureException,
/// MissingAuthenticationTokenException, InvalidSignatureException, UnrecognizedClientException,
/// ExpiredTokenException; kQuery IncompleteSignature, MissingAuthenticationToken, SignatureDoesNotMatch,
/// InvalidClientTokenId, ExpiredToken. Thread: any.
class Authenticator {
 public:
  explicit Authenticator(AuthSettings settings);
  ~Authenticator();
  Authenticator(const Authenticator&) = delete;
  Authenticator& operator=(const Authenticator&) = delete;

  AuthMode mode() const { return settings_.mode; }

  /// The signature covers the body's hash, so the server reads the body and gives its SHA-256 to
  /// Authenticate: signed requests other than S3's, in strict mode.
  bool NeedsBodyHash(const Route& route) const;

  /// `body_sha256`: 64 lower-case hex digits, where NeedsBodyHash asked for it.
  AuthResult Authenticate(const HttpRequest& request, base::TimePoint now, Flavor flavor,
                          std::optional<std::string_view> body_sha256 = std::nullopt,
                          Anonymous anonymous = Anonymous::kByFlavor) const;

  /// The configured credential of that id, or null: for S3's POST forms, which sign a policy.
  const Credential* FindCredential(std::string_view access_key) const;

  /// Who a caller with that access key is, by the account rules (no verification).
  Identity IdentityOf(std::string_view access_key, std::string_view region) const;

 private:
  struct Known {
    Credential credential;
    Identity identity;  // but for the region
  };
  const Known* Find(std::string_view access_key) const;
  struct Caller;
  Caller FindCaller(const HttpRequest& request, const SignatureClaim& claim) const;
  std::string_view SecretOf(const Caller& caller, const SignatureClaim& claim, base::TimePoint now,
                            Flavor flavor) const;
  std::string AccountOf(std::string_view access_key) const;
  Identity AnonymousIdentity(Flavor flavor, Anonymous anonymous) const;

  AuthSettings settings_;
  std::map<std::string, Known, std::less<>> known_;
  std::unique_ptr<SigningKeyCache> keys_;  // shared by all threads
};

}  // namespace cumulite::protocol
