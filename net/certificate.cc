#include "net/certificate.h"

#include <fcntl.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>

#include "protocol/owned.h"

namespace cumulite::net {
namespace {
using protocol::Deleter;
using Key = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Deleter<X509_free>>;
using File = std::unique_ptr<std::FILE, Deleter<std::fclose>>;

constexpr long kTenYears = 10L * 365 * 86'400;
/// A certificate's wildcard stands for one label, so each depth of name has an entry of its own.
constexpr const char* kNames =
    "DNS:localhost,DNS:*.localhost,DNS:*.s3.localhost,DNS:*.elb.localhost,"
    "DNS:localhost.localstack.cloud,DNS:*.localhost.localstack.cloud,DNS:*.s3.localhost.localstack.cloud,"
    "IP:127.0.0.1,IP:::1";

void Check(bool ok, const char* step) {
  if (!ok) throw std::runtime_error(std::string("cannot make a TLS certificate: ") + step);
}

/// `issuer`: whose key signs it.
void AddExtension(X509* certificate, X509* issuer, int id, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  std::unique_ptr<X509_EXTENSION, Deleter<X509_EXTENSION_free>> extension(
      X509V3_EXT_conf_nid(nullptr, &context, id, value));
  Check(extension && X509_add_ext(certificate, extension.get(), -1) == 1, "extension");
}

/// With a serial number and a subject, which is its issuer, too.
Certificate BeginCertificate(EVP_PKEY* key, const std::string& common_name) {
  Certificate certificate(X509_new());
  X509* x = certificate.get();
  unsigned char serial[16];
  Check(RAND_bytes(serial, sizeof serial) == 1, "serial number");
  serial[0] &= 0x7f;  // RFC 5280 4.1.2.2: positive
  std::unique_ptr<BIGNUM, Deleter<BN_free>> number(BN_bin2bn(serial, sizeof serial, nullptr));
  Check(BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(x)) != nullptr, "serial number");
  X509_set_version(x, X509_VERSION_3);
  X509_set_pubkey(x, key);
  X509_NAME* name = X509_get_subject_name(x);
  // A common name has 64 characters at most (RFC 5280); longer ones stand among the alternative names alone.
  if (common_name.size() <= 64) {
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(common_name.data()),
                               static_cast<int>(common_name.size()), -1, 0);
  }
  X509_set_issuer_name(x, name);
  return certificate;
}

Certificate MakeCertificate(EVP_PKEY* key) {
  Certificate certificate = BeginCertificate(key, "localhost");
  X509* x = certificate.get();
  X509_gmtime_adj(X509_getm_notBefore(x), -86'400);
  X509_gmtime_adj(X509_getm_notAfter(x), kTenYears);
  AddExtension(x, x, NID_basic_constraints, "critical,CA:TRUE");
  AddExtension(x, x, NID_key_usage, "critical,digitalSignature,keyCertSign");
  AddExtension(x, x, NID_ext_key_usage, "serverAuth");
  AddExtension(x, x, NID_subject_key_identifier, "hash");
  AddExtension(x, x, NID_subject_alt_name, kNames);
  Check(X509_sign(x, key, EVP_sha256()) > 0, "signature");
  return certificate;
}

void SetValidity(X509* certificate, base::TimePoint from, base::TimePoint to) {
  const auto seconds = [](base::TimePoint time) {
    return static_cast<time_t>(std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count());
  };
  Check(ASN1_TIME_set(X509_getm_notBefore(certificate), seconds(from)) != nullptr, "validity");
  Check(ASN1_TIME_set(X509_getm_notAfter(certificate), seconds(to)) != nullptr, "validity");
}

Key MakeKey(const std::string& algorithm) {
  if (algorithm.starts_with("RSA_")) return Key(EVP_RSA_gen(std::stoul(algorithm.substr(4))));
  const bool longer = algorithm == "EC_secp384r1" || algorithm == "EC_secp521r1";
  return Key(EVP_EC_gen(!longer ? "P-256" : algorithm == "EC_secp384r1" ? "P-384" : "P-521"));
}

SelfSigned TextsOf(X509* certificate, EVP_PKEY* key) {
  const auto text = [](auto write) {
    const std::unique_ptr<BIO, Deleter<BIO_free>> memory(BIO_new(BIO_s_mem()));
    Check(write(memory.get()) == 1, "text");
    char* bytes = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &bytes);
    return std::string(bytes, static_cast<std::size_t>(size));
  };
  return {text([&](BIO* bio) { return PEM_write_bio_X509(bio, certificate); }), text([&](BIO* bio) {
            return PEM_write_bio_PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr);
          })};
}

/// Opens `path` anew under a temporary name; Publish gives it its own, so nobody sees half a file.
File OpenNew(const std::filesystem::path& path, mode_t mode) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
  Check(fd >= 0, path.c_str());
  return File(::fdopen(fd, "w"));
}

std::filesystem::path Temporary(std::filesystem::path path) { return path += ".new"; }

void Publish(File file, const std::filesystem::path& path) {
  Check(std::fflush(file.get()) == 0, path.c_str());
  std::filesystem::rename(Temporary(path), path);
}
}  // namespace

SelfSigned MakeSelfSigned() {
  const Key pair(EVP_EC_gen("P-256"));
  Check(pair != nullptr, "key");
  const Certificate made = MakeCertificate(pair.get());
  return TextsOf(made.get(), pair.get());
}

SelfSigned MakeAuthority(const std::string& common_name, base::TimePoint now) {
  const Key pair = MakeKey("EC_prime256v1");
  Check(pair != nullptr, "key");
  const Certificate made = BeginCertificate(pair.get(), common_name);
  X509* const x = made.get();
  SetValidity(x, now - std::chrono::hours(24), now + std::chrono::seconds(kTenYears));
  AddExtension(x, x, NID_basic_constraints, "critical,CA:TRUE");
  AddExtension(x, x, NID_key_usage, "critical,digitalSignature,keyCertSign,cRLSign");
  AddExtension(x, x, NID_subject_key_identifier, "hash");
  Check(X509_sign(x, pair.get(), EVP_sha256()) > 0, "signature");
  return TextsOf(x, pair.get());
}

SelfSigned IssueCertificate(const SelfSigned& authority, const CertificateWish& wish) {
  const auto memory = [](const std::string& text) {
    return std::unique_ptr<BIO, Deleter<BIO_free>>(
        BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  };
  const Certificate issuer(
      PEM_read_bio_X509(memory(authority.certificate_pem).get(), nullptr, nullptr, nullptr));
  const Key issuer_key(PEM_read_bio_PrivateKey(memory(authority.key_pem).get(), nullptr, nullptr, nullptr));
  const Key pair = MakeKey(wish.key_algorithm);
  Check(issuer && issuer_key && pair, "key");
  const Certificate made = BeginCertificate(pair.get(), wish.names.front());
  X509* const x = made.get();
  X509_set_issuer_name(x, X509_get_subject_name(issuer.get()));
  SetValidity(x, wish.not_before, wish.not_after);
  std::string names;
  for (const std::string& name : wish.names) names += (names.empty() ? "DNS:" : ",DNS:") + name;
  AddExtension(x, issuer.get(), NID_basic_constraints, "critical,CA:FALSE");
  AddExtension(x, issuer.get(), NID_key_usage, "critical,digitalSignature,keyEncipherment");
  AddExtension(x, issuer.get(), NID_ext_key_usage, "serverAuth,clientAuth");
  AddExtension(x, issuer.get(), NID_subject_key_identifier, "hash");
  AddExtension(x, issuer.get(), NID_authority_key_identifier, "keyid");
  AddExtension(x, issuer.get(), NID_subject_alt_name, names.c_str());
  Check(X509_sign(x, issuer_key.get(), EVP_sha256()) > 0, "signature");
  return TextsOf(x, pair.get());
}

void WriteSelfSignedCertificate(const std::filesystem::path& certificate, const std::filesystem::path& key) {
  const Key pair(EVP_EC_gen("P-256"));
  Check(pair != nullptr, "key");
  const Certificate made = MakeCertificate(pair.get());
  File key_file = OpenNew(Temporary(key), 0600);
  Check(PEM_write_PrivateKey(key_file.get(), pair.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1,
        "key file");
  File certificate_file = OpenNew(Temporary(certificate), 0644);
  Check(PEM_write_X509(certificate_file.get(), made.get()) == 1, "certificate file");
  Publish(std::move(key_file), key);
  Publish(std::move(certificate_file), certificate);
}

}  // namespace cumulite::net
