#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace cumulite::net {

/// What a certificate says of itself, in the words of ACM.
struct CertificateFacts {
  struct ExtendedUsage {
    std::string name;  // "TLS_WEB_SERVER_AUTHENTICATION"
    std::string oid;   // "1.3.6.1.5.5.7.3.1"
  };

  std::string common_name;
  std::vector<std::string> host_names;  // its subject alternative names that are such
  std::string subject;                  // "C=DE,O=Example,CN=example.com"
  std::string issuer;                   // the issuer's common name or, without one, its organization
  std::string serial;                   // "0a:1b:..."
  std::string key_algorithm;            // "RSA_2048", "EC_prime256v1"
  std::string signature_algorithm;      // "SHA256WITHRSA"
  base::TimePoint not_before;
  base::TimePoint not_after;
  std::vector<std::string> key_usages;  // "DIGITAL_SIGNATURE"
  std::vector<ExtendedUsage> extended_key_usages;
  bool is_authority = false;
};

/// Of the first certificate of a PEM text; nothing when there is none that can be read. Thread: any.
std::optional<CertificateFacts> ReadCertificate(std::string_view pem);

/// How many certificates a PEM text has; nothing when one cannot be read, or there is other PEM in it.
/// `only_authorities`: also nothing when one is no certificate authority's.
std::optional<std::int64_t> CountCertificates(std::string_view pem, bool only_authorities = false);

/// Whether each certificate of `chain`, in its order, signed the one before it, the first one `certificate`.
bool IsChainOf(std::string_view certificate, std::string_view chain);

enum class KeyMatch { kFits, kNoKey, kOther };
/// Whether a PEM private key, which must not be encrypted, is the certificate's.
KeyMatch MatchKey(std::string_view certificate, std::string_view key);

/// How many certificates the one revocation list of a PEM text revokes; nothing when it is none.
std::optional<std::int64_t> CountRevoked(std::string_view pem);

}  // namespace cumulite::net
