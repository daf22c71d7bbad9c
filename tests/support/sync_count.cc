#include "tests/support/sync_count.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <mutex>
#include <string>
#include <system_error>
#include <utility>

namespace cumulite::test_support {
namespace {

std::mutex mutex;
std::vector<std::filesystem::path> synced;

int Note(int fd, long system_call) {
  std::error_code error;
  auto path = std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(fd), error);
  {
    const std::scoped_lock lock(mutex);
    synced.push_back(std::move(path));
  }
  return static_cast<int>(::syscall(system_call, fd));
}

}  // namespace

std::vector<std::filesystem::path> TakeSynced() {
  const std::scoped_lock lock(mutex);
  return std::exchange(synced, {});
}

}  // namespace cumulite::test_support

// In place of libc's, for the whole program.
extern "C" int fdatasync(int fd) { return cumulite::test_support::Note(fd, SYS_fdatasync); }
extern "C" int fsync(int fd) { return cumulite::test_support::Note(fd, SYS_fsync); }
