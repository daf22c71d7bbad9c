#include "server/session_key.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <span>
#include <system_error>

#include "base/ids.h"
#include "protocol/session.h"
#include "services/storage/file_descriptor.h"

namespace cumulite::server {
namespace {

/// false when the file is not there or is not whole, as a process that was killed at its first start leaves
/// it.
bool Read(const std::filesystem::path& path, std::string& key) {
  const storage::FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file && errno != ENOENT) throw std::system_error(errno, std::generic_category(), path.string());
  return file && ::read(file.get(), key.data(), key.size()) == static_cast<ssize_t>(key.size());
}

void Write(const std::filesystem::path& path, const std::string& key) {
  const storage::FileDescriptor file(
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (!file || ::write(file.get(), key.data(), key.size()) != static_cast<ssize_t>(key.size())) {
    throw std::system_error(errno, std::generic_category(), path.string());
  }
}

}  // namespace

std::string LoadSessionKey(const std::filesystem::path& data_directory) {
  const std::filesystem::path path = data_directory / "session.key";
  std::string key(protocol::SessionIssuer::kKeySize, '\0');
  if (Read(path, key)) return key;
  base::SecureRandom(std::as_writable_bytes(std::span(key)));
  Write(path, key);
  return key;
}

}  // namespace cumulite::server
