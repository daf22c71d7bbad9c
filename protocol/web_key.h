#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace cumulite::protocol {

/// A key pair that signs JSON Web Tokens.
///
/// Thread: any, once constructed.
/// Source: RFC 7515 (signatures), 7517 (keys), 7518 3.3 and 3.4 (algorithms), 7638 (thumbprints).
class WebKey {
 public:
  enum class Algorithm : std::uint8_t { kRs256, kEs384 };

  /// A new key: RSA of 2048 bits, which takes some hundred milliseconds, or P-384.
  /// Errors: std::runtime_error.
  static WebKey Generate(Algorithm algorithm);
  /// Errors: std::runtime_error when the text is not what private_key() gave.
  explicit WebKey(std::string private_key_pem);
  ~WebKey();
  WebKey(WebKey&&) noexcept;

  const std::string& private_key() const { return private_key_; }  // PEM
  std::string_view algorithm() const;                              // "RS256"
  /// The thumbprint of the public key: `kid` in tokens.
  const std::string& id() const { return id_; }
  /// The public key as an entry of a key set, JSON.
  std::string PublicJwk() const;
  /// "HEADER.PAYLOAD.SIGNATURE" of that payload, JSON.
  std::string MakeToken(std::string_view payload) const;

 private:
  class Impl;
  std::string Sign(std::string_view text) const;

  std::string private_key_;
  std::unique_ptr<Impl> impl_;
  std::string id_;
};

}  // namespace cumulite::protocol
