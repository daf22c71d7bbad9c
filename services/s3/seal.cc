#include "services/s3/seal.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <span>

#include "base/ids.h"
#include "protocol/base64.h"
#include "protocol/hmac.h"
#include "services/storage/error.h"
#include "services/storage/file_descriptor.h"

namespace cumulite::s3 {
namespace {

constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kIdBytes = 16;

/// False when the file is not there or not whole, as a process that was killed leaves it: nothing has been
/// sealed with it then.
bool ReadKey(const std::filesystem::path& path, std::string& key) {
  const storage::FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file && errno != ENOENT) throw storage::StorageError::FromErrno("cannot read " + path.string(), errno);
  return file && ::read(file.get(), key.data(), key.size()) == static_cast<ssize_t>(key.size());
}

void WriteKey(const std::filesystem::path& path, const std::string& key) {
  const storage::FileDescriptor file(
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (!file || ::write(file.get(), key.data(), key.size()) != static_cast<ssize_t>(key.size()) ||
      ::fsync(file.get()) != 0) {
    throw storage::StorageError::FromErrno("cannot write " + path.string(), errno);
  }
}

}  // namespace

protocol::AesCtr SealKey::Cipher(std::string_view id, std::uint64_t offset) const {
  const protocol::Sha256Digest key = protocol::HmacSha256(secret_, "cumulite-s3-content:" + std::string(id));
  return protocol::AesCtr(protocol::AsText(key), id, offset);
}

protocol::AesCtr SealKey::CipherFor(std::string_view id, std::uint64_t offset) const {
  return Cipher(protocol::HexDecode(id).value(), offset);
}

std::string SealKey::SealInline(std::string_view bytes) const {
  std::array<std::byte, kIdBytes> id;
  base::SecureRandom(id);
  std::string sealed(reinterpret_cast<const char*>(id.data()), id.size());
  sealed.resize(kIdBytes + bytes.size());
  Cipher(sealed.substr(0, kIdBytes), 0).Apply(bytes.data(), sealed.data() + kIdBytes, bytes.size());
  return sealed;
}

std::string SealKey::OpenInline(std::string_view sealed) const {
  if (sealed.size() < kIdBytes) return {};
  std::string bytes(sealed.substr(kIdBytes));
  Cipher(sealed.substr(0, kIdBytes), 0).Apply(bytes.data(), bytes.data(), bytes.size());
  return bytes;
}

const SealKey& LocalKey::Get() {
  const std::lock_guard lock(mutex_);
  if (key_) return *key_;
  std::string key(kKeyBytes, '\0');
  if (!ReadKey(file_, key)) {
    base::SecureRandom(std::as_writable_bytes(std::span(key)));
    WriteKey(file_, key);
  }
  return key_.emplace(std::move(key));
}

}  // namespace cumulite::s3
