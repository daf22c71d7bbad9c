#include "protocol/rsa_signing.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include <stdexcept>
#include <utility>

#include "protocol/owned.h"

namespace cumulite::protocol {
namespace {

using Key = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Deleter<X509_free>>;
using Memory = std::unique_ptr<BIO, Deleter<BIO_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Deleter<EVP_MD_CTX_free>>;

constexpr unsigned kBits = 2'048;
constexpr long kTenYears = 10L * 365 * 86'400;

void Check(bool ok, const char* step) {
  if (!ok) throw std::runtime_error(std::string("RSA signing: ") + step);
}

std::string Text(BIO* memory) {
  char* bytes = nullptr;
  const long size = BIO_get_mem_data(memory, &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

Certificate MakeCertificate(EVP_PKEY* key, const std::string& common_name) {
  Certificate certificate(X509_new());
  X509* x = certificate.get();
  X509_set_version(x, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(x), 1);
  X509_gmtime_adj(X509_getm_notBefore(x), -86'400);
  X509_gmtime_adj(X509_getm_notAfter(x), kTenYears);
  X509_set_pubkey(x, key);
  X509_NAME* name = X509_get_subject_name(x);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>(common_name.c_str()), -1, -1, 0);
  X509_set_issuer_name(x, name);
  Check(X509_sign(x, key, EVP_sha256()) > 0, "certificate");
  return certificate;
}

}  // namespace

class RsaSigningKey::Impl {
 public:
  explicit Impl(Key key) : key_(std::move(key)) {}
  EVP_PKEY* key() const { return key_.get(); }

 private:
  Key key_;
};

RsaSigningKey RsaSigningKey::Generate(const std::string& common_name) {
  const Key key(EVP_RSA_gen(kBits));
  Check(key != nullptr, "key");
  const Certificate certificate = MakeCertificate(key.get(), common_name);
  const Memory key_text(BIO_new(BIO_s_mem()));
  Check(PEM_write_bio_PrivateKey(key_text.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1,
        "key");
  const Memory certificate_text(BIO_new(BIO_s_mem()));
  Check(PEM_write_bio_X509(certificate_text.get(), certificate.get()) == 1, "certificate");
  return {Text(key_text.get()), Text(certificate_text.get())};
}

RsaSigningKey::RsaSigningKey(std::string private_key_pem, std::string certificate_pem)
    : private_key_(std::move(private_key_pem)), certificate_(std::move(certificate_pem)) {
  const Memory text(BIO_new_mem_buf(private_key_.data(), static_cast<int>(private_key_.size())));
  Key key(PEM_read_bio_PrivateKey(text.get(), nullptr, nullptr, nullptr));
  Check(key != nullptr, "the stored key is none");
  impl_ = std::make_unique<Impl>(std::move(key));
}

RsaSigningKey::~RsaSigningKey() = default;
RsaSigningKey::RsaSigningKey(RsaSigningKey&&) noexcept = default;

std::string RsaSigningKey::Sign(std::string_view text, Hash hash) const {
  const DigestContext context(EVP_MD_CTX_new());
  const EVP_MD* digest = hash == Hash::kSha1 ? EVP_sha1() : EVP_sha256();
  Check(EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, impl_->key()) == 1, "begin");
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  std::string signature(kBits / 8, '\0');
  std::size_t size = signature.size();
  Check(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, bytes,
                       text.size()) == 1,
        "sign");
  signature.resize(size);
  return signature;
}

}  // namespace cumulite::protocol
