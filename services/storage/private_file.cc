#include "services/storage/private_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <optional>

#include "base/read_file.h"
#include "services/storage/error.h"
#include "services/storage/file_descriptor.h"

namespace cumulite::storage {
namespace {

void WritePrivateFile(const std::filesystem::path& path, const std::string& bytes) {
  const std::filesystem::path next = path.string() + ".new";
  {
    const FileDescriptor file(
        ::open(next.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR));
    if (!file || ::write(file.get(), bytes.data(), bytes.size()) != static_cast<ssize_t>(bytes.size())) {
      throw StorageError::FromErrno("cannot write " + next.string(), errno);
    }
  }
  if (::rename(next.c_str(), path.c_str()) != 0) {
    throw StorageError::FromErrno("cannot write " + path.string(), errno);
  }
}

}  // namespace

std::string ReadOrMakePrivateFile(const std::filesystem::path& path,
                                  const std::function<bool(const std::string&)>& good,
                                  const std::function<std::string()>& make) {
  std::optional<std::string> bytes = base::ReadFile(path.string());
  if (!bytes && errno != ENOENT) throw StorageError::FromErrno("cannot read " + path.string(), errno);
  if (bytes && good(*bytes)) return *std::move(bytes);
  std::string made = make();
  WritePrivateFile(path, made);
  return made;
}

}  // namespace cumulite::storage
