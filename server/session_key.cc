#include "server/session_key.h"

#include <span>

#include "base/ids.h"
#include "protocol/session.h"
#include "services/storage/private_file.h"

namespace cumulite::server {

std::string LoadSessionKey(const std::filesystem::path& data_directory) {
  constexpr std::size_t kSize = protocol::SessionIssuer::kKeySize;
  const auto good = [](const std::string& key) { return key.size() == kSize; };
  const auto make = [] {
    std::string key(kSize, '\0');
    base::SecureRandom(std::as_writable_bytes(std::span(key)));
    return key;
  };
  return storage::ReadOrMakePrivateFile(data_directory / "session.key", good, make);
}

}  // namespace cumulite::server
