#include "services/storage/data_directory.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "services/storage/error.h"

namespace cumulite::storage {
namespace {
namespace fs = std::filesystem;

constexpr std::string_view kEphemeralPrefix = "cumulite-ephemeral-";
// Containers get a /dev/shm of 64 MiB by default, which one upload fills.
constexpr std::uint64_t kUsefulBytes = std::uint64_t{1} << 30;

/// Locks `folder`/lock for this process; an empty descriptor when another one holds it.
FileDescriptor TryLock(const fs::path& folder, int flags) {
  const fs::path file = folder / "lock";
  FileDescriptor lock(::open(file.c_str(), O_RDWR | O_CLOEXEC | flags, 0600));
  if (!lock) throw StorageError::FromErrno("cannot open " + file.string(), errno);
  if (::flock(lock.get(), LOCK_EX | LOCK_NB) == 0) return lock;
  if (errno == EWOULDBLOCK) return FileDescriptor();
  throw StorageError::FromErrno("cannot lock " + file.string(), errno);
}

std::string HolderOf(const fs::path& folder) {
  const FileDescriptor file(::open((folder / "lock").c_str(), O_RDONLY | O_CLOEXEC));
  std::array<char, 32> text{};
  const ssize_t count = file ? ::read(file.get(), text.data(), text.size()) : 0;
  return count > 0 ? " " + std::string(text.data(), static_cast<std::size_t>(count)) : "";
}

void WriteHolder(const FileDescriptor& lock, const fs::path& folder) {
  const std::string pid = std::to_string(::getpid());
  if (::ftruncate(lock.get(), 0) != 0 ||
      ::pwrite(lock.get(), pid.data(), pid.size(), 0) != static_cast<ssize_t>(pid.size())) {
    throw StorageError::FromErrno("cannot write " + (folder / "lock").string(), errno);
  }
}

fs::path EphemeralParent() {
  struct statvfs space {};
  if (::access("/dev/shm", W_OK | X_OK) == 0 && ::statvfs("/dev/shm", &space) == 0 &&
      std::uint64_t{space.f_bavail} * space.f_frsize >= kUsefulBytes) {
    return "/dev/shm";
  }
  return fs::temp_directory_path();
}

/// The process that made the folder, from its name; 0 if it is not one of ours.
pid_t MakerOf(const fs::path& folder) {
  const std::string name = folder.filename().string();
  if (!name.starts_with(kEphemeralPrefix)) return 0;
  pid_t pid = 0;
  std::from_chars(name.data() + kEphemeralPrefix.size(), name.data() + name.size(), pid);
  return pid;
}

/// Removes the folders of processes that were killed. The dead maker and the free lock must agree: a folder
/// just made is not locked yet, and in another container's process namespace a living maker looks dead.
void SweepStale(const fs::path& parent) {
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(parent, ignored)) {
    const pid_t maker = MakerOf(entry.path());
    if (maker <= 0 || ::kill(maker, 0) == 0 || errno != ESRCH) continue;
    try {
      if (const FileDescriptor lock = TryLock(entry.path(), 0)) fs::remove_all(entry.path(), ignored);
    } catch (const StorageError&) {
      continue;  // somebody else's
    }
  }
}

fs::path MakeEphemeral(const fs::path& parent) {
  std::string path = parent / (std::string(kEphemeralPrefix) + std::to_string(::getpid()) + "-XXXXXX");
  if (::mkdtemp(path.data()) == nullptr) throw StorageError::FromErrno("cannot create " + path, errno);
  return path;
}

}  // namespace

DataDirectory::DataDirectory(std::filesystem::path path) : path_(std::move(path)) {
  std::error_code error;
  fs::create_directories(path_, error);
  if (error) throw StorageError::FromErrno("cannot create " + path_.string(), error.value());
  lock_ = TryLock(path_, O_CREAT);
  if (!lock_) {
    throw StorageError(StorageError::Kind::kInUse,
                       path_.string() + " is in use by another process" + HolderOf(path_));
  }
  WriteHolder(lock_, path_);
}

DataDirectory DataDirectory::Ephemeral() {
  const fs::path parent = EphemeralParent();
  SweepStale(parent);
  DataDirectory directory(MakeEphemeral(parent));
  directory.remove_at_end_ = true;
  return directory;
}

DataDirectory::DataDirectory(DataDirectory&& other) noexcept
    : path_(std::move(other.path_)),
      lock_(std::move(other.lock_)),
      remove_at_end_(std::exchange(other.remove_at_end_, false)) {}

DataDirectory::~DataDirectory() {
  if (!remove_at_end_) return;
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

}  // namespace cumulite::storage
