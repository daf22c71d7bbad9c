#include "protocol/session.h"

#include <cstdint>

#include "protocol/base64.h"
#include "protocol/hmac.h"
#include "protocol/temporary_key.h"

namespace cumulite::protocol {
namespace {

constexpr std::string_view kTokenPrefix = "FwoGZXIvYXdzE";  // AWS's own begin with it
constexpr std::size_t kTagSize = std::tuple_size_v<Sha256Digest>;
constexpr std::size_t kSecretSize = 30;  // 40 characters of base64, as AWS's have

// What each HMAC is for, so that the one never serves as the other.
constexpr std::string_view kForToken = "token\n";
constexpr std::string_view kForSecret = "secret access key\n";

std::string Hmac(std::string_view key, std::string_view purpose, std::string_view claims) {
  return std::string(AsText(HmacSha256(key, std::string(purpose).append(claims))));
}

void AppendNumber(std::string& out, std::uint64_t value, std::size_t size) {
  for (std::size_t i = size; i-- > 0;) out.push_back(static_cast<char>(value >> (8 * i) & 0xff));
}

void AppendText(std::string& out, std::string_view text) {
  AppendNumber(out, text.size(), 4);
  out.append(text);
}

std::uint64_t TakeNumber(std::string_view& rest, std::size_t size) {
  std::uint64_t value = 0;
  for (const char c : rest.substr(0, size)) value = value << 8 | static_cast<unsigned char>(c);
  rest.remove_prefix(size);
  return value;
}

std::string TakeText(std::string_view& rest) {
  const std::size_t size = TakeNumber(rest, 4);
  std::string text(rest.substr(0, size));
  rest.remove_prefix(size);
  return text;
}

void AppendTexts(std::string& out, const std::vector<std::string>& texts) {
  AppendNumber(out, texts.size(), 4);
  for (const std::string& text : texts) AppendText(out, text);
}

std::vector<std::string> TakeTexts(std::string_view& rest) {
  std::vector<std::string> texts(TakeNumber(rest, 4));
  for (std::string& text : texts) text = TakeText(rest);
  return texts;
}

bool IsPlain(const SessionAttributes& attributes) {
  return attributes.role_arn.empty() && attributes.source_identity.empty() && attributes.policy.empty() &&
         attributes.policy_arns.empty() && attributes.tags.empty() && attributes.transitive_tag_keys.empty();
}

std::string WriteClaims(const Identity& identity, const SessionAttributes& attributes) {
  std::string claims;
  AppendNumber(claims, static_cast<std::uint64_t>(attributes.expires.time_since_epoch().count()), 8);
  for (const std::string* text : {&identity.access_key, &identity.account, &identity.principal,
                                  &identity.user_id, &identity.display_name}) {
    AppendText(claims, *text);
  }
  if (IsPlain(attributes)) return claims;  // short tokens for the most of them
  for (const std::string* text : {&attributes.role_arn, &attributes.source_identity, &attributes.policy}) {
    AppendText(claims, *text);
  }
  AppendTexts(claims, attributes.policy_arns);
  AppendNumber(claims, attributes.tags.size(), 4);
  for (const auto& [key, value] : attributes.tags) {
    AppendText(claims, key);
    AppendText(claims, value);
  }
  AppendTexts(claims, attributes.transitive_tag_keys);
  return claims;
}

/// Reads what WriteClaims wrote; only for claims that were found to be ours.
Session ReadClaims(std::string_view claims) {
  Session session;
  const auto attributes = std::make_shared<SessionAttributes>();
  const auto expires = static_cast<std::int64_t>(TakeNumber(claims, 8));
  attributes->expires = session.expires = base::TimePoint(std::chrono::milliseconds(expires));
  Identity& identity = session.identity;
  for (std::string* text : {&identity.access_key, &identity.account, &identity.principal, &identity.user_id,
                            &identity.display_name}) {
    *text = TakeText(claims);
  }
  identity.session = attributes;
  if (claims.empty()) return session;
  for (std::string* text : {&attributes->role_arn, &attributes->source_identity, &attributes->policy}) {
    *text = TakeText(claims);
  }
  attributes->policy_arns = TakeTexts(claims);
  attributes->tags.resize(TakeNumber(claims, 4));
  for (auto& [key, value] : attributes->tags) {
    key = TakeText(claims);
    value = TakeText(claims);
  }
  attributes->transitive_tag_keys = TakeTexts(claims);
  return session;
}

std::string SecretOf(std::string_view key, std::string_view claims) {
  return Base64Encode(std::string_view(Hmac(key, kForSecret, claims)).substr(0, kSecretSize));
}

}  // namespace

SessionCredentials SessionIssuer::Issue(Identity identity, const SessionAttributes& attributes) const {
  identity.access_key = MakeTemporaryKey(identity.account);
  const std::string claims = WriteClaims(identity, attributes);
  std::string token(kTokenPrefix);
  token += Base64Encode(claims + Hmac(key_, kForToken, claims));
  return {.access_key = std::move(identity.access_key),
          .secret = SecretOf(key_, claims),
          .token = std::move(token)};
}

std::optional<Session> SessionIssuer::Open(std::string_view access_key, std::string_view token) const {
  if (!token.starts_with(kTokenPrefix)) return std::nullopt;
  const auto bytes = Base64Decode(token.substr(kTokenPrefix.size()));
  if (!bytes || bytes->size() < kTagSize) return std::nullopt;
  const std::string_view claims = std::string_view(*bytes).substr(0, bytes->size() - kTagSize);
  if (!ConstantTimeEquals(Hmac(key_, kForToken, claims), std::string_view(*bytes).substr(claims.size()))) {
    return std::nullopt;
  }
  Session session = ReadClaims(claims);
  if (session.identity.access_key != access_key) return std::nullopt;
  session.secret = SecretOf(key_, claims);
  return session;
}

}  // namespace cumulite::protocol
