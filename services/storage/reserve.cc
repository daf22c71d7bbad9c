#include "services/storage/reserve.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>

#include "services/storage/file_descriptor.h"

namespace cumulite::storage {
namespace {

constexpr std::uint64_t kShare = 16;
/// Some deletions; less is not worth a file.
constexpr std::uint64_t kLeastBytes = 256 * 1024;

}  // namespace

std::uint64_t Reserve::SpaceAt(const std::filesystem::path& file) {
  struct statvfs space {};
  if (::statvfs(file.parent_path().c_str(), &space) != 0) return 0;
  return std::uint64_t{space.f_bavail} * space.f_frsize;
}

bool Reserve::Take() {
  struct stat stands {};
  if (::stat(file_.c_str(), &stands) == 0 && static_cast<std::uint64_t>(stands.st_size) >= kLeastBytes) {
    return held_ = true;  // since an earlier start
  }
  const std::uint64_t size = std::min(most_bytes_, SpaceAt(file_) / kShare);
  if (size < kLeastBytes) return false;
  const FileDescriptor file(::open(file_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
  // Not posix_fallocate, which writes zeros where the file system cannot set space aside.
  held_ = file && ::fallocate(file.get(), 0, 0, static_cast<off_t>(size)) == 0;
  if (!held_) ::unlink(file_.c_str());
  return held_;
}

bool Reserve::GiveUp() {
  held_ = false;
  return wanted() && ::unlink(file_.c_str()) == 0;
}

}  // namespace cumulite::storage
