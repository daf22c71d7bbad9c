#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "base/clock.h"

namespace cumulite::net {

struct SelfSigned {
  std::string certificate_pem;
  std::string key_pem;
};

/// A P-256 key and a self-signed certificate for localhost, *.localhost, the AWS-like host names of
/// docs/addresses and the loopback addresses; ten years. Errors: std::runtime_error.
SelfSigned MakeSelfSigned();

/// The same into files. The key file is readable by its owner only. Errors: std::runtime_error.
void WriteSelfSignedCertificate(const std::filesystem::path& certificate, const std::filesystem::path& key);

/// An authority that certificates can be issued by: a P-256 key, valid for ten years from `now` on.
/// Errors: std::runtime_error.
SelfSigned MakeAuthority(const std::string& common_name, base::TimePoint now);

struct CertificateWish {
  std::vector<std::string> names;  // of hosts, with wildcards; the first is the common name
  std::string key_algorithm;       // as ACM has them: "RSA_2048", "EC_prime256v1"
  base::TimePoint not_before;
  base::TimePoint not_after;
};

/// A new key and a certificate for it, signed by `authority`. An RSA key takes tenths of a second to make:
/// have a worker do it. Errors: std::runtime_error.
SelfSigned IssueCertificate(const SelfSigned& authority, const CertificateWish& wish);

}  // namespace cumulite::net
