#include "protocol/web_key.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <optional>
#include <stdexcept>
#include <utility>

#include "protocol/base64.h"
#include "protocol/checksum.h"
#include "protocol/ecdsa.h"
#include "protocol/owned.h"

namespace cumulite::protocol {
namespace {

using Key = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using Memory = std::unique_ptr<BIO, Deleter<BIO_free>>;
using Number = std::unique_ptr<BIGNUM, Deleter<BN_free>>;

constexpr unsigned kRsaBits = 2'048;
constexpr int kP384Bytes = 48;

void Check(bool ok, const char* step) {
  if (!ok) throw std::runtime_error(std::string("web key: ") + step);
}

Key ReadKey(const std::string& pem) {
  const Memory text(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  Key key(PEM_read_bio_PrivateKey(text.get(), nullptr, nullptr, nullptr));
  Check(key != nullptr, "the stored key is none");
  return key;
}

/// A number in base64url: as many bytes as it has, or `size` of them.
std::string NumberText(const BIGNUM* number, std::optional<int> size = std::nullopt) {
  std::string bytes(static_cast<std::size_t>(size.value_or(BN_num_bytes(number))), '\0');
  BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  return Base64UrlEncode(bytes);
}

std::string ParameterText(const EVP_PKEY* key, const char* name, std::optional<int> size = std::nullopt) {
  BIGNUM* value = nullptr;
  Check(EVP_PKEY_get_bn_param(key, name, &value) == 1, name);
  return NumberText(Number(value).get(), size);
}

std::string Quoted(std::string_view name, std::string_view value) {
  return "\"" + std::string(name) + "\":\"" + std::string(value) + "\"";
}

/// The members that a thumbprint is of, in their order.
std::string PublicMembers(const EVP_PKEY* key, bool rsa) {
  if (rsa) {
    return Quoted("e", ParameterText(key, OSSL_PKEY_PARAM_RSA_E)) + "," + Quoted("kty", "RSA") + "," +
           Quoted("n", ParameterText(key, OSSL_PKEY_PARAM_RSA_N));
  }
  return Quoted("crv", "P-384") + "," + Quoted("kty", "EC") + "," +
         Quoted("x", ParameterText(key, OSSL_PKEY_PARAM_EC_PUB_X, kP384Bytes)) + "," +
         Quoted("y", ParameterText(key, OSSL_PKEY_PARAM_EC_PUB_Y, kP384Bytes));
}

}  // namespace

class WebKey::Impl {
 public:
  explicit Impl(Key key) : key_(std::move(key)), rsa_(EVP_PKEY_is_a(key_.get(), "RSA") == 1) {
    Check(rsa_ || EVP_PKEY_is_a(key_.get(), "EC") == 1, "the stored key is of another kind");
  }
  EVP_PKEY* key() const { return key_.get(); }
  bool rsa() const { return rsa_; }

 private:
  Key key_;
  bool rsa_;
};

WebKey WebKey::Generate(Algorithm algorithm) {
  const Key key(algorithm == Algorithm::kRs256 ? EVP_RSA_gen(kRsaBits) : EVP_EC_gen("P-384"));
  Check(key != nullptr, "key");
  const Memory text(BIO_new(BIO_s_mem()));
  Check(PEM_write_bio_PrivateKey(text.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1, "key");
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(text.get(), &bytes);
  return WebKey(std::string(bytes, static_cast<std::size_t>(size)));
}

WebKey::WebKey(std::string private_key_pem)
    : private_key_(std::move(private_key_pem)), impl_(std::make_unique<Impl>(ReadKey(private_key_))) {
  const std::string members = "{" + PublicMembers(impl_->key(), impl_->rsa()) + "}";
  id_ = Base64UrlEncode(Checksum(ChecksumAlgorithm::kSha256, members).bytes());
}

WebKey::~WebKey() = default;
WebKey::WebKey(WebKey&&) noexcept = default;

std::string_view WebKey::algorithm() const { return impl_->rsa() ? "RS256" : "ES384"; }

std::string WebKey::PublicJwk() const {
  return "{" + PublicMembers(impl_->key(), impl_->rsa()) + "," + Quoted("use", "sig") + "," +
         Quoted("alg", algorithm()) + "," + Quoted("kid", id_) + "}";
}

std::string WebKey::Sign(std::string_view text) const {
  const std::unique_ptr<EVP_MD_CTX, Deleter<EVP_MD_CTX_free>> context(EVP_MD_CTX_new());
  const EVP_MD* digest = impl_->rsa() ? EVP_sha256() : EVP_sha384();
  Check(EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, impl_->key()) == 1, "begin");
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  std::string signature(static_cast<std::size_t>(EVP_PKEY_get_size(impl_->key())), '\0');
  std::size_t size = signature.size();
  Check(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, bytes,
                       text.size()) == 1,
        "sign");
  signature.resize(size);
  return impl_->rsa() ? signature : PlainEcdsaSignature(signature, kP384Bytes);
}

std::string WebKey::MakeToken(std::string_view payload) const {
  const std::string header =
      "{" + Quoted("kid", id_) + "," + Quoted("typ", "JWT") + "," + Quoted("alg", algorithm()) + "}";
  std::string token = Base64UrlEncode(header) + "." + Base64UrlEncode(payload);
  const std::string signature = Base64UrlEncode(Sign(token));
  return token + "." + signature;
}

}  // namespace cumulite::protocol
