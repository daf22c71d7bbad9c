#pragma once
#include <filesystem>
#include <string>

namespace cumulite::server {

/// The key of protocol::SessionIssuer: random bytes in `session.key` below the data directory, readable by
/// their owner only and made at the first start, so that temporary credentials outlive a restart.
/// Errors: storage::StorageError.
std::string LoadSessionKey(const std::filesystem::path& data_directory);

}  // namespace cumulite::server
