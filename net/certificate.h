#pragma once
#include <filesystem>

namespace cumulite::net {

/// Writes a P-256 key and a self-signed certificate for localhost, *.localhost, the AWS-like host names of
/// docs/addresses and the loopback addresses; ten years. The key file is readable by its owner only.
/// Errors: std::runtime_error.
void WriteSelfSignedCertificate(const std::filesystem::path& certificate, const std::filesystem::path& key);

}  // namespace cumulite::net
