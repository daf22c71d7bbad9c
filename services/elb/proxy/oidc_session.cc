#include "services/elb/proxy/oidc_session.h"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "base/ids.h"
#include "protocol/base64.h"
#include "protocol/ecdsa.h"
#include "protocol/hmac.h"
#include "protocol/owned.h"

namespace cumulite::elb::proxy {
namespace {
using Json = nlohmann::json;

constexpr std::size_t kNonce = 12;
constexpr std::size_t kTag = 16;
/// How long x-amzn-oidc-data holds, as real load balancers write it.
constexpr std::chrono::seconds kDataLifetime{120};

using protocol::Deleter;
using Cipher = std::unique_ptr<EVP_CIPHER_CTX, Deleter<EVP_CIPHER_CTX_free>>;

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* Bytes(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

/// RFC 4648 5, with padding.
std::string ForUrl(std::string_view bytes) {
  std::string text = protocol::Base64Encode(bytes);
  std::ranges::replace(text, '+', '-');
  std::ranges::replace(text, '/', '_');
  return text;
}
}  // namespace

OidcSeal::OidcSeal(const AuthenticateOidc& action, std::string_view load_balancer_arn,
                   std::string_view purpose) {
  const std::string about = std::string(purpose) + "\n" + std::string(load_balancer_arn) + "\n" +
                            action.issuer + "\n" + action.client_id;
  key_ = protocol::AsText(protocol::HmacSha256("cumulite oidc " + action.client_secret, about));
}

std::string OidcSeal::Seal(std::string_view text) const {
  std::string out(kNonce + text.size() + kTag, '\0');
  base::SecureRandom(std::as_writable_bytes(std::span(out).first(kNonce)));
  const Cipher cipher(EVP_CIPHER_CTX_new());
  int size = 0;
  EVP_EncryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, Bytes(std::string_view(key_)), Bytes(out));
  EVP_EncryptUpdate(cipher.get(), Bytes(out) + kNonce, &size, Bytes(text), static_cast<int>(text.size()));
  EVP_EncryptFinal_ex(cipher.get(), Bytes(out) + kNonce + size, &size);
  EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, kTag, Bytes(out) + kNonce + text.size());
  std::string sealed = ForUrl(out);
  while (sealed.ends_with('=')) sealed.pop_back();
  return sealed;
}

std::optional<std::string> OidcSeal::Open(std::string_view sealed) const {
  std::string standard(sealed);
  std::ranges::replace(standard, '-', '+');
  std::ranges::replace(standard, '_', '/');
  standard.append((4 - standard.size() % 4) % 4, '=');
  std::optional<std::string> bytes = protocol::Base64Decode(standard);
  if (!bytes || bytes->size() < kNonce + kTag) return std::nullopt;
  const std::size_t length = bytes->size() - kNonce - kTag;
  std::string text(length, '\0');
  const Cipher cipher(EVP_CIPHER_CTX_new());
  int size = 0;
  EVP_DecryptInit_ex(cipher.get(), EVP_aes_256_gcm(), nullptr, Bytes(std::string_view(key_)), Bytes(*bytes));
  EVP_DecryptUpdate(cipher.get(), Bytes(text), &size, Bytes(*bytes) + kNonce, static_cast<int>(length));
  EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, kTag, Bytes(*bytes) + kNonce + length);
  std::array<unsigned char, 16> rest{};
  if (EVP_DecryptFinal_ex(cipher.get(), rest.data(), &size) != 1) return std::nullopt;
  return text;
}

OidcSigner::OidcSigner() : key_(EVP_EC_gen("P-256")), key_id_(base::RandomUuid()) {
  const std::unique_ptr<BIO, Deleter<BIO_free>> memory(BIO_new(BIO_s_mem()));
  if (!key_ || !memory || PEM_write_bio_PUBKEY(memory.get(), key_.get()) != 1) {
    throw std::runtime_error("cannot make a key for x-amzn-oidc-data");
  }
  char* text = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &text);
  public_key_pem_.assign(text, static_cast<std::size_t>(size));
}

void OidcSigner::Free::operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }

std::string OidcSigner::Sign(std::string_view header_json, std::string_view payload_json) const {
  std::string token = ForUrl(header_json) + "." + ForUrl(payload_json);
  const std::unique_ptr<EVP_MD_CTX, Deleter<EVP_MD_CTX_free>> context(EVP_MD_CTX_new());
  std::array<unsigned char, 128> der{};
  std::size_t size = der.size();
  if (EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get()) != 1 ||
      EVP_DigestSign(context.get(), der.data(), &size, Bytes(token), token.size()) != 1) {
    throw std::runtime_error("cannot sign x-amzn-oidc-data");
  }
  const std::string_view signature(reinterpret_cast<const char*>(der.data()), size);
  constexpr int kP256Bytes = 32;
  return token + "." + ForUrl(protocol::PlainEcdsaSignature(signature, kP256Bytes));
}

std::string OidcSession::ToJson() const {
  return Json{{"t", access_token}, {"c", claims}, {"e", expires.time_since_epoch().count()}}.dump();
}

std::optional<OidcSession> OidcSession::Parse(std::string_view text) {
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object() || !json.contains("t") || !json.contains("c") || !json.contains("e"))
    return std::nullopt;
  OidcSession session;
  session.access_token = json["t"].get<std::string>();
  session.claims = json["c"].get<std::string>();
  session.expires = base::TimePoint(std::chrono::milliseconds(json["e"].get<std::int64_t>()));
  return session;
}

std::string OidcSession::Subject() const {
  const Json json = Json::parse(claims, nullptr, false);
  if (!json.is_object()) return {};
  const auto subject = json.find("sub");
  return subject != json.end() && subject->is_string() ? subject->get<std::string>() : std::string{};
}

std::string OidcData(const OidcSigner& signer, const OidcSession& session, const AuthenticateOidc& action,
                     std::string_view load_balancer_arn, base::TimePoint now) {
  const auto until = std::chrono::floor<std::chrono::seconds>(now + kDataLifetime).time_since_epoch().count();
  const Json header{{"typ", "JWT"},         {"kid", signer.key_id()},     {"alg", "ES256"},
                    {"iss", action.issuer}, {"client", action.client_id}, {"signer", load_balancer_arn},
                    {"exp", until}};
  Json payload = Json::parse(session.claims, nullptr, false);
  payload["exp"] = until;
  payload["iss"] = action.issuer;
  return signer.Sign(header.dump(), payload.dump());
}

}  // namespace cumulite::elb::proxy
