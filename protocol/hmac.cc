#include "protocol/hmac.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <stdexcept>

namespace cumulite::protocol {
namespace {

void Compute(const EVP_MD* algorithm, std::string_view key, std::string_view text, unsigned char* out) {
  if (HMAC(algorithm, key.data(), static_cast<int>(key.size()),
           reinterpret_cast<const unsigned char*>(text.data()), text.size(), out, nullptr) == nullptr) {
    throw std::runtime_error("OpenSSL cannot compute an HMAC");
  }
}

}  // namespace

Sha256Digest HmacSha256(std::string_view key, std::string_view text) {
  Sha256Digest digest{};
  Compute(EVP_sha256(), key, text, digest.data());
  return digest;
}

Digest HmacSha1(std::string_view key, std::string_view text) {
  std::array<unsigned char, 20> bytes{};
  Compute(EVP_sha1(), key, text, bytes.data());
  return Digest({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

bool ConstantTimeEquals(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace cumulite::protocol
