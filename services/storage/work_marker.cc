#include "services/storage/work_marker.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "services/storage/error.h"
#include "services/storage/file_descriptor.h"

namespace cumulite::storage {
namespace {

std::filesystem::path FileOf(const std::filesystem::path& data_directory, std::string_view service) {
  return data_directory / (std::string(service) + ".work");
}

}  // namespace

WorkMarker::WorkMarker(const std::filesystem::path& data_directory, std::string_view service)
    : file_(FileOf(data_directory, service)), raised_(IsRaised(data_directory, service)) {}

bool WorkMarker::IsRaised(const std::filesystem::path& data_directory, std::string_view service) {
  return ::access(FileOf(data_directory, service).c_str(), F_OK) == 0;
}

void WorkMarker::Raise() {
  const std::scoped_lock lock(mutex_);
  if (raised_) return;
  const FileDescriptor made(::open(file_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (!made) throw StorageError::FromErrno("cannot create " + file_.string(), errno);
  raised_ = true;
}

void WorkMarker::Lower() noexcept {
  const std::scoped_lock lock(mutex_);
  if (!raised_) return;
  ::unlink(file_.c_str());  // one that stays costs an opening
  raised_ = false;
}

}  // namespace cumulite::storage
