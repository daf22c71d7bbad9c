#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace cumulite::protocol {

/// An RSA key of 2048 bits that signs messages, with the certificate by which others check them.
///
/// Thread: any, once constructed.
class RsaSigningKey {
 public:
  enum class Hash : std::uint8_t { kSha1, kSha256 };

  /// A new key and its self-signed certificate. Takes some hundred milliseconds.
  /// Errors: std::runtime_error.
  static RsaSigningKey Generate(const std::string& common_name);
  /// Errors: std::runtime_error when the texts are not what private_key() and certificate() gave.
  RsaSigningKey(std::string private_key_pem, std::string certificate_pem);
  ~RsaSigningKey();
  RsaSigningKey(RsaSigningKey&&) noexcept;

  const std::string& private_key() const { return private_key_; }  // PEM
  const std::string& certificate() const { return certificate_; }  // PEM

  /// PKCS #1 v1.5 signature of the text, as bytes.
  std::string Sign(std::string_view text, Hash hash) const;

 private:
  class Impl;
  std::string private_key_;
  std::string certificate_;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cumulite::protocol
