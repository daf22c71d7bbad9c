#include "protocol/aes_ctr.h"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace cumulite::protocol {
namespace {

constexpr std::size_t kBlockBytes = 16;
constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kMaxStep = std::size_t{1} << 30;  // OpenSSL counts in int

using Block = std::array<unsigned char, kBlockBytes>;

/// The counter of the block that many blocks behind the first one.
Block Advanced(std::string_view iv, std::uint64_t blocks) {
  Block counter{};
  std::copy(iv.begin(), iv.end(), counter.begin());
  for (std::size_t i = kBlockBytes; i-- > 0 && blocks != 0;) {
    const std::uint64_t sum = counter[i] + (blocks & 0xFF);
    counter[i] = static_cast<unsigned char>(sum);
    blocks = (blocks >> 8) + (sum >> 8);
  }
  return counter;
}

}  // namespace

void AesCtr::FreeContext::operator()(void* context) const {
  EVP_CIPHER_CTX_free(static_cast<EVP_CIPHER_CTX*>(context));
}

AesCtr::~AesCtr() = default;
AesCtr::AesCtr(AesCtr&&) noexcept = default;
AesCtr& AesCtr::operator=(AesCtr&&) noexcept = default;

AesCtr::AesCtr(std::string_view key, std::string_view iv, std::uint64_t offset)
    : context_(EVP_CIPHER_CTX_new()) {
  if (key.size() != kKeyBytes || iv.size() != kBlockBytes) {
    throw std::invalid_argument("a key of AES-256 has 32 bytes, its first counter 16");
  }
  const Block counter = Advanced(iv, offset / kBlockBytes);
  if (context_ == nullptr ||
      EVP_EncryptInit_ex(static_cast<EVP_CIPHER_CTX*>(context_.get()), EVP_aes_256_ctr(), nullptr,
                         reinterpret_cast<const unsigned char*>(key.data()), counter.data()) != 1) {
    throw std::runtime_error("OpenSSL cannot begin AES-256");
  }
  std::array<char, kBlockBytes> skipped{};
  Apply(skipped.data(), skipped.data(), static_cast<std::size_t>(offset % kBlockBytes));
}

void AesCtr::Apply(const char* in, char* out, std::size_t size) {
  while (size != 0) {
    const std::size_t step = std::min(size, kMaxStep);
    int written = 0;
    if (EVP_EncryptUpdate(static_cast<EVP_CIPHER_CTX*>(context_.get()), reinterpret_cast<unsigned char*>(out),
                          &written, reinterpret_cast<const unsigned char*>(in),
                          static_cast<int>(step)) != 1) {
      throw std::runtime_error("OpenSSL cannot encrypt");
    }
    in += step;
    out += step;
    size -= step;
  }
}

}  // namespace cumulite::protocol
