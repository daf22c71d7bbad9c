#include "protocol/auth.h"

#include <algorithm>
#include <utility>

#include "protocol/arn.h"
#include "protocol/auth_claim.h"
#include "protocol/auth_errors.h"
#include "protocol/auth_syntax.h"
#include "protocol/auth_verify.h"
#include "protocol/sigv4.h"
#include "protocol/temporary_key.h"

namespace cumulite::protocol {
namespace {

constexpr std::string_view kUserIdPrefix = "AIDA";

constexpr std::size_t kUserIdLength = 17;

/// Letters and digits that follow from the access key alone, in the form of IAM's unique ids.
/// They identify, they do not protect: a fast mix of the bits is enough.
std::string UserId(std::string_view access_key) {
  constexpr std::string_view kBase32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::uint64_t state = 0xcbf29ce484222325;  // FNV-1a
  for (const char c : access_key) {
    state = (state ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  }
  std::string id(kUserIdPrefix);
  id.resize(kUserIdPrefix.size() + kUserIdLength);
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < kUserIdLength; ++i, bits >>= 5) {
    if (i % 12 == 0) {  // a word gives twelve of them
      state = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9;
      state = (state ^ (state >> 27)) * 0x94d049bb133111eb;
      bits = state ^ (state >> 31);
    }
    id[kUserIdPrefix.size() + i] = kBase32[bits & 31];
  }
  return id;
}

std::string PrincipalArn(std::string_view account, std::string_view name) {
  return FormatArn("iam", "", account, name.empty() ? "root" : "user/" + std::string(name));
}

bool IsSha256(std::string_view text) {
  return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
         });
}

/// x-amz-content-sha256, which a presigned URL may carry as a parameter.
std::optional<std::string_view> ContentSha256(const HttpRequest& request, const SignatureClaim& claim) {
  const auto header = request.Find("x-amz-content-sha256");
  if (header || !claim.presigned()) return header;
  return FindQueryAuthorization(request.query).content_sha256;
}

PayloadSigning ReadPayload(std::optional<std::string_view> content_sha256) {
  using Mode = PayloadSigning::Mode;
  constexpr std::pair<std::string_view, Mode> kModes[] = {
      {"UNSIGNED-PAYLOAD", Mode::kUnsigned},
      {"STREAMING-UNSIGNED-PAYLOAD-TRAILER", Mode::kUnsignedTrailer},
      {"STREAMING-AWS4-HMAC-SHA256-PAYLOAD", Mode::kStreaming},
      {"STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER", Mode::kStreamingTrailer},
  };
  PayloadSigning payload;
  if (!content_sha256) return payload;
  if (IsSha256(*content_sha256)) {
    payload.mode = Mode::kSha256;
    payload.sha256 = *content_sha256;
    return payload;
  }
  for (const auto& [text, mode] : kModes) {
    if (*content_sha256 != text) continue;
    payload.mode = mode;
    return payload;
  }
  throw AwsError(kS3InvalidArgument,
                 "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, "
                 "STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER, or a valid "
                 "sha256 value.")
      .With("ArgumentName", "x-amz-content-sha256")
      .With("ArgumentValue", std::string(*content_sha256));
}

/// X-Amz-Security-Token; empty when there is none.
std::string SecurityToken(const HttpRequest& request, const SignatureClaim& claim) {
  if (const auto header = request.Find("x-amz-security-token")) return std::string(*header);
  if (!claim.presigned()) return {};
  const auto parameter = FindQueryAuthorization(request.query).security_token;
  return PercentDecode(parameter.value_or(std::string_view{})).value_or(std::string{});
}

[[noreturn]] void ThrowExpiredToken(Flavor flavor) {
  if (flavor == Flavor::kS3) throw AwsError(kS3ExpiredToken, "The provided token has expired.");
  throw AwsError(flavor == Flavor::kJson ? kJsonExpiredToken : kQueryExpiredToken,
                 "The security token included in the request is expired");
}

[[noreturn]] void ThrowUnknownAccessKey(Flavor flavor, std::string_view access_key) {
  if (flavor == Flavor::kS3) {
    throw AwsError(kS3InvalidAccessKeyId, "The AWS Access Key Id you provided does not exist in our records.")
        .With("AWSAccessKeyId", std::string(access_key));
  }
  throw AwsError(flavor == Flavor::kJson ? kJsonUnrecognizedClient : kQueryInvalidClientTokenId,
                 "The security token included in the request is invalid.");
}

}  // namespace

/// Who a signed request says it comes from, as far as we know them: a configured credential, else a session.
struct Authenticator::Caller {
  const Known* known = nullptr;
  std::string token;  // what came as a session token, looked at only where the access key is not configured
  std::optional<Session> session;
};

Authenticator::Authenticator(AuthSettings settings)
    : settings_(std::move(settings)), keys_(std::make_unique<SigningKeyCache>()) {
  for (const Credential& credential : settings_.credentials) {
    std::string account = credential.account;
    if (account.empty()) {
      account = IsAccountId(credential.access_key) ? credential.access_key : settings_.default_account;
    }
    Identity identity{.account = account,
                      .region = {},
                      .access_key = credential.access_key,
                      .principal = PrincipalArn(account, credential.name),
                      .user_id = UserId(credential.access_key),
                      .display_name = credential.name.empty() ? account : credential.name};
    known_.insert_or_assign(credential.access_key, Known{credential, std::move(identity)});
  }
}

Authenticator::~Authenticator() = default;

const Authenticator::Known* Authenticator::Find(std::string_view access_key) const {
  const auto found = known_.find(access_key);
  return found == known_.end() ? nullptr : &found->second;
}

const Credential* Authenticator::FindCredential(std::string_view access_key) const {
  const Known* known = Find(access_key);
  return known == nullptr ? nullptr : &known->credential;
}

Authenticator::Caller Authenticator::FindCaller(const HttpRequest& request,
                                                const SignatureClaim& claim) const {
  Caller caller;
  caller.known = Find(claim.scope.access_key);
  if (caller.known != nullptr || settings_.sessions == nullptr) return caller;
  caller.token = SecurityToken(request, claim);
  if (!caller.token.empty()) {
    caller.session = settings_.sessions->Open(claim.scope.access_key, caller.token);
  }
  return caller;
}

/// The secret that the request must be signed with.
/// Errors: an access key that nobody has, a session token that is not ours or has expired.
std::string_view Authenticator::SecretOf(const Caller& caller, const SignatureClaim& claim,
                                         base::TimePoint now, Flavor flavor) const {
  if (caller.known != nullptr) return caller.known->credential.secret;
  if (caller.session) {
    if (now >= caller.session->expires) ThrowExpiredToken(flavor);
    return caller.session->secret;
  }
  if (flavor == Flavor::kS3 && !caller.token.empty()) {
    throw AwsError(kS3InvalidToken, "The provided token is malformed or otherwise invalid.");
  }
  ThrowUnknownAccessKey(flavor, claim.scope.access_key);
}

/// Of a key that is not configured: one that names or carries its account, or the default.
std::string Authenticator::AccountOf(std::string_view access_key) const {
  if (IsAccountId(access_key)) return std::string(access_key);
  return AccountOfTemporaryKey(access_key).value_or(settings_.default_account);
}

Identity Authenticator::IdentityOf(std::string_view access_key, std::string_view region) const {
  Identity identity;
  if (const Known* known = Find(access_key)) {
    identity = known->identity;
  } else {
    identity.account = AccountOf(access_key);
    identity.access_key = access_key;
    identity.principal = PrincipalArn(identity.account, {});
    identity.user_id = UserId(access_key);
    identity.display_name = identity.account;
  }
  identity.region = region.empty() ? std::string_view(settings_.default_region) : region;
  // Accounts have no partition until a region says it.
  constexpr std::string_view kArnOfAws = "arn:aws:";
  const std::string_view partition = PartitionOf(identity.region);
  if (partition != "aws" && identity.principal.starts_with(kArnOfAws)) {
    identity.principal.replace(4, 3, partition);
  }
  return identity;
}

Identity Authenticator::AnonymousIdentity(Flavor flavor, Anonymous anonymous) const {
  if (settings_.mode == AuthMode::kPermissive) return IdentityOf({}, {});
  if (flavor != Flavor::kS3 && anonymous == Anonymous::kByFlavor) {
    throw AwsError(
        flavor == Flavor::kJson ? kJsonMissingAuthenticationToken : kQueryMissingAuthenticationToken,
        "Request is missing Authentication Token");
  }
  Identity identity;
  identity.region = settings_.default_region;
  identity.principal = "*";
  identity.user_id = "anonymous";
  return identity;
}

bool Authenticator::NeedsBodyHash(const Route& route) const {
  return settings_.mode == AuthMode::kStrict && route.flavor != Flavor::kS3 && route.scope.has_value();
}

AuthResult Authenticator::Authenticate(const HttpRequest& request, base::TimePoint now, Flavor flavor,
                                       std::optional<std::string_view> body_sha256,
                                       Anonymous anonymous) const {
  const bool strict = settings_.mode == AuthMode::kStrict;
  const SignatureClaim claim = strict ? ReadClaim(request, flavor) : ReadPermissiveClaim(request);
  if (!strict) {
    CheckPermissiveTimes(claim, now, flavor);
  } else if (claim.presigned()) {
    CheckPresignedTimes(claim, now, flavor);
  }
  AuthResult result;
  result.scope = claim.scope;
  result.presigned = claim.presigned();
  const auto content_sha256 =
      flavor == Flavor::kS3 ? ContentSha256(request, claim) : std::optional<std::string_view>{};
  result.payload = ReadPayload(content_sha256);
  if (claim.kind == SignatureClaim::Kind::kAnonymous) {
    result.identity = AnonymousIdentity(flavor, anonymous);
    return result;
  }
  const auto advanced = settings_.clock == nullptr ? std::chrono::milliseconds{0} : settings_.clock->offset();
  if (strict && flavor != Flavor::kS3 && claim.kind == SignatureClaim::Kind::kV4Header) {
    // First of all, even of keys that nobody has (recorded from DynamoDB).
    CheckHeaderTime({.request = request,
                     .claim = claim,
                     .secret = {},
                     .flavor = flavor,
                     .now = now,
                     .unmoved_now = now - advanced,
                     .body_sha256 = {},
                     .base_hosts = {},
                     .content_sha256 = {}});
  }
  const Caller caller = FindCaller(request, claim);
  if (strict) {
    const VerifyInput input{.request = request,
                            .claim = claim,
                            .secret = SecretOf(caller, claim, now, flavor),
                            .flavor = flavor,
                            .now = now,
                            .unmoved_now = now - advanced,
                            .body_sha256 = body_sha256,
                            .base_hosts = settings_.base_hosts,
                            .content_sha256 = content_sha256};
    if (claim.scope.date.empty()) {
      VerifyV2(input);
    } else {
      ChunkSigning signing = VerifyV4(input, *keys_);
      if (result.payload.chunks_signed()) result.payload.signing = std::move(signing);
    }
  }
  if (caller.session) {
    result.identity = caller.session->identity;
    result.identity.region = claim.scope.region.empty() ? settings_.default_region : claim.scope.region;
  } else {
    result.identity = IdentityOf(claim.scope.access_key, claim.scope.region);
  }
  return result;
}

}  // namespace cumulite::protocol
