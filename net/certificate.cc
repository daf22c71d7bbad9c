#include "net/certificate.h"

#include <fcntl.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string>

namespace cumulite::net {
namespace {
template <auto Free>
struct Deleter {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};
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

void AddExtension(X509* certificate, int id, const char* value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
  std::unique_ptr<X509_EXTENSION, Deleter<X509_EXTENSION_free>> extension(
      X509V3_EXT_conf_nid(nullptr, &context, id, value));
  Check(extension && X509_add_ext(certificate, extension.get(), -1) == 1, "extension");
}

Certificate MakeCertificate(EVP_PKEY* key) {
  Certificate certificate(X509_new());
  X509* x = certificate.get();
  unsigned char serial[16];
  Check(RAND_bytes(serial, sizeof serial) == 1, "serial number");
  serial[0] &= 0x7f;  // RFC 5280 4.1.2.2: positive
  std::unique_ptr<BIGNUM, Deleter<BN_free>> number(BN_bin2bn(serial, sizeof serial, nullptr));
  Check(BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(x)) != nullptr, "serial number");
  X509_set_version(x, X509_VERSION_3);
  X509_gmtime_adj(X509_getm_notBefore(x), -86'400);
  X509_gmtime_adj(X509_getm_notAfter(x), kTenYears);
  X509_set_pubkey(x, key);
  X509_NAME* name = X509_get_subject_name(x);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("localhost"),
                             -1, -1, 0);
  X509_set_issuer_name(x, name);
  AddExtension(x, NID_basic_constraints, "critical,CA:TRUE");
  AddExtension(x, NID_key_usage, "critical,digitalSignature,keyCertSign");
  AddExtension(x, NID_ext_key_usage, "serverAuth");
  AddExtension(x, NID_subject_key_identifier, "hash");
  AddExtension(x, NID_subject_alt_name, kNames);
  Check(X509_sign(x, key, EVP_sha256()) > 0, "signature");
  return certificate;
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
  const auto text = [](auto write) {
    const std::unique_ptr<BIO, Deleter<BIO_free>> memory(BIO_new(BIO_s_mem()));
    Check(write(memory.get()) == 1, "text");
    char* bytes = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &bytes);
    return std::string(bytes, static_cast<std::size_t>(size));
  };
  return {text([&](BIO* bio) { return PEM_write_bio_X509(bio, made.get()); }), text([&](BIO* bio) {
            return PEM_write_bio_PrivateKey(bio, pair.get(), nullptr, nullptr, 0, nullptr, nullptr);
          })};
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
