#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace cumulite::protocol {

/// AES-256 in counter mode: encrypts and decrypts alike, from any byte on. Who needs to know that nothing was
/// changed keeps a checksum beside it.
/// Thread: one at a time.
class AesCtr {
 public:
  /// `key`: 32 bytes. `iv`: 16 bytes that are never used twice with one key. `offset`: where in the stream
  /// the first byte is.
  AesCtr(std::string_view key, std::string_view iv, std::uint64_t offset = 0);
  ~AesCtr();
  AesCtr(AesCtr&&) noexcept;
  AesCtr& operator=(AesCtr&&) noexcept;

  /// `out` may be `in`.
  void Apply(const char* in, char* out, std::size_t size);

 private:
  struct FreeContext {
    void operator()(void* context) const;
  };
  std::unique_ptr<void, FreeContext> context_;  // EVP_CIPHER_CTX
};

}  // namespace cumulite::protocol
