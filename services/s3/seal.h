#pragma once
#include <cstdint>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "protocol/aes_ctr.h"

/// How bytes are encrypted on disk: AES-256 in counter mode, with a key of its own for each content, derived
/// from the secret and the content's random id. Reading may begin anywhere.
namespace cumulite::s3 {

/// The secret that contents are sealed with: a customer's key, or the server's own.
/// Thread: any.
class SealKey {
 public:
  /// `secret`: 32 bytes.
  explicit SealKey(std::string secret) : secret_(std::move(secret)) {}

  /// For the content file of that id (32 hex digits), from the byte at `offset` on.
  protocol::AesCtr CipherFor(std::string_view id, std::uint64_t offset = 0) const;

  /// For contents beside their row, which have an id of their own in front.
  std::string SealInline(std::string_view bytes) const;
  std::string OpenInline(std::string_view sealed) const;

 private:
  protocol::AesCtr Cipher(std::string_view id, std::uint64_t offset) const;

  std::string secret_;
};

/// The server's own key: a file beside the database, made when something is first sealed with it.
/// Thread: any.
class LocalKey {
 public:
  explicit LocalKey(std::filesystem::path file) : file_(std::move(file)) {}

  /// Errors: StorageError when it cannot be read or written.
  const SealKey& Get();

 private:
  const std::filesystem::path file_;
  std::mutex mutex_;
  std::optional<SealKey> key_;
};

}  // namespace cumulite::s3
