#pragma once
#include <filesystem>
#include <string>

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

}  // namespace cumulite::net
