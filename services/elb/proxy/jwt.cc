#include "services/elb/proxy/jwt.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "protocol/base64.h"
#include "protocol/http.h"
#include "protocol/owned.h"

namespace cumulite::elb::proxy {
namespace {
using Json = nlohmann::json;

constexpr std::size_t kMaxDocument = 150 << 10;
constexpr std::size_t kMaxKeys = 10;
constexpr int kLeastKeyBits = 2048;

using protocol::Deleter;
using Number = std::unique_ptr<BIGNUM, Deleter<BN_free>>;

std::optional<Json> DecodeObject(std::string_view text) {
  const std::optional<std::string> bytes = protocol::Base64UrlDecode(text);
  if (!bytes) return std::nullopt;
  Json json = Json::parse(*bytes, nullptr, false);
  return json.is_object() ? std::optional(std::move(json)) : std::nullopt;
}

std::string Text(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

std::optional<double> Time(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_number() ? std::optional(found->get<double>()) : std::nullopt;
}

Number NumberOf(const std::string& text) {
  const std::optional<std::string> bytes = protocol::Base64UrlDecode(text);
  if (!bytes || bytes->empty()) return nullptr;
  return Number(BN_bin2bn(reinterpret_cast<const unsigned char*>(bytes->data()),
                          static_cast<int>(bytes->size()), nullptr));
}

EVP_PKEY* RsaKey(const Json& key) {
  const Number modulus = NumberOf(Text(key, "n"));
  const Number exponent = NumberOf(Text(key, "e"));
  if (!modulus || !exponent || BN_num_bits(modulus.get()) < kLeastKeyBits) return nullptr;
  const std::unique_ptr<OSSL_PARAM_BLD, Deleter<OSSL_PARAM_BLD_free>> builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get());
  const std::unique_ptr<OSSL_PARAM, Deleter<OSSL_PARAM_free>> parameters(
      OSSL_PARAM_BLD_to_param(builder.get()));
  const std::unique_ptr<EVP_PKEY_CTX, Deleter<EVP_PKEY_CTX_free>> context(
      EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
  EVP_PKEY* made = nullptr;
  EVP_PKEY_fromdata_init(context.get());
  EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, parameters.get());
  return made;
}

bool Signed(EVP_PKEY* key, std::string_view text, const std::string& signature) {
  const std::unique_ptr<EVP_MD_CTX, Deleter<EVP_MD_CTX_free>> context(EVP_MD_CTX_new());
  return EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key) == 1 &&
         EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char*>(signature.data()),
                          signature.size(), reinterpret_cast<const unsigned char*>(text.data()),
                          text.size()) == 1;
}

bool IsWanted(const ValidateJwt::Claim& wanted, std::string_view value) {
  return std::ranges::find(wanted.values, value) != wanted.values.end();
}

bool Has(const Json& payload, const ValidateJwt::Claim& wanted) {
  const auto claim = payload.find(wanted.name);
  if (claim == payload.end()) return false;
  if (wanted.format == ValidateJwt::Format::kStringArray) {
    return claim->is_array() && std::ranges::any_of(*claim, [&](const Json& item) {
             return item.is_string() && IsWanted(wanted, item.get_ref<const std::string&>());
           });
  }
  if (!claim->is_string()) return false;
  std::string_view text = claim->get_ref<const std::string&>();
  if (wanted.format == ValidateJwt::Format::kSingleString) return IsWanted(wanted, text);
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    if (!word.empty() && IsWanted(wanted, word)) return true;
  }
  return false;
}

bool SaysWhatIsWanted(const Json& payload, const ValidateJwt& wanted, base::TimePoint now) {
  const double seconds = static_cast<double>(now.time_since_epoch().count()) / 1000;
  const std::optional<double> expires = Time(payload, "exp");
  if (Text(payload, "iss") != wanted.issuer || !expires || *expires <= seconds) return false;
  for (const char* name : {"nbf", "iat"}) {
    if (payload.contains(name) && Time(payload, name).value_or(seconds + 1) > seconds) return false;
  }
  return std::ranges::all_of(wanted.claims, [&](const auto& claim) { return Has(payload, claim); });
}
}  // namespace

void JwtKeys::Free::operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }

std::optional<JwtKeys> JwtKeys::Parse(std::string_view text) {
  if (text.size() > kMaxDocument) return std::nullopt;
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object() || !json.contains("keys") || !json["keys"].is_array()) return std::nullopt;
  if (json["keys"].size() > kMaxKeys) return std::nullopt;
  JwtKeys keys;
  for (const Json& key : json["keys"]) {
    if (!key.is_object() || Text(key, "kty") != "RSA") continue;
    EVP_PKEY* const made = RsaKey(key);
    if (made != nullptr) keys.keys_.push_back({Text(key, "kid"), std::unique_ptr<EVP_PKEY, Free>(made)});
  }
  return keys;
}

std::vector<EVP_PKEY*> JwtKeys::For(std::string_view key_id) const {
  std::vector<EVP_PKEY*> found;
  for (const Key& key : keys_) {
    if (key_id.empty() || key.id == key_id) found.push_back(key.key.get());
  }
  return found;
}

JwtVerdict VerifyJwt(std::string_view token, const JwtKeys& keys, const ValidateJwt& wanted,
                     base::TimePoint now) {
  const std::size_t first = token.find('.');
  const std::size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
  if (second == std::string_view::npos) return JwtVerdict::kInvalid;
  const std::optional<Json> header = DecodeObject(token.substr(0, first));
  const std::optional<Json> payload = DecodeObject(token.substr(first + 1, second - first - 1));
  const std::optional<std::string> signature = protocol::Base64UrlDecode(token.substr(second + 1));
  // "crit" names extensions that must be understood, and none is (RFC 7515 4.1.11).
  if (!header || !payload || !signature || Text(*header, "alg") != "RS256" || header->contains("crit")) {
    return JwtVerdict::kInvalid;
  }
  if (!SaysWhatIsWanted(*payload, wanted, now)) return JwtVerdict::kInvalid;
  const std::vector<EVP_PKEY*> candidates = keys.For(Text(*header, "kid"));
  if (candidates.empty()) return JwtVerdict::kUnknownKey;
  const bool good = std::ranges::any_of(
      candidates, [&](EVP_PKEY* key) { return Signed(key, token.substr(0, second), *signature); });
  return good ? JwtVerdict::kValid : JwtVerdict::kInvalid;
}

std::string_view BearerToken(std::string_view authorization) {
  constexpr std::string_view kScheme = "Bearer ";
  if (!protocol::EqualsIgnoreCase(authorization.substr(0, kScheme.size()), kScheme)) return {};
  authorization.remove_prefix(kScheme.size());
  while (authorization.starts_with(' ')) authorization.remove_prefix(1);
  return authorization;
}

}  // namespace cumulite::elb::proxy
