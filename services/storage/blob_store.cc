#include "services/storage/blob_store.h"

#include <fcntl.h>
#include <sys/random.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

namespace cumulite::storage {
namespace {
namespace fs = std::filesystem;

constexpr std::size_t kIdDigits = 32;
constexpr std::string_view kDigits = "0123456789abcdef";

std::string RandomId() {
  std::array<unsigned char, kIdDigits / 2> bytes;
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
    throw StorageError::FromErrno("cannot get random bytes", errno);
  }
  std::string id;
  id.reserve(kIdDigits);
  for (const unsigned char byte : bytes) {
    id += kDigits[byte >> 4];
    id += kDigits[byte & 15];
  }
  return id;
}

bool IsId(std::string_view id) {
  return id.size() == kIdDigits && id.find_first_not_of(kDigits) == std::string_view::npos;
}

fs::path TemporaryFolder(const fs::path& folder) { return folder / "temporary"; }

/// Two levels of 256 folders each: a million files are 15 a folder.
fs::path FolderOf(const fs::path& folder, std::string_view id) {
  return folder / id.substr(0, 2) / id.substr(2, 2);
}

fs::path PathOf(const fs::path& folder, std::string_view id) {
  if (!IsId(id))
    throw StorageError(StorageError::Kind::kIo, "not the id of a content file: " + std::string(id));
  return FolderOf(folder, id) / id;
}

void CreateFolders(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) throw StorageError::FromErrno("cannot create " + folder.string(), error.value());
}

void SyncFolder(const fs::path& folder) {
  const FileDescriptor fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd || ::fsync(fd.get()) != 0) throw StorageError::FromErrno("cannot sync " + folder.string(), errno);
}

std::size_t RemoveFiles(const fs::path& folder, const std::function<bool(const fs::path&)>& unwanted) {
  std::size_t removed = 0;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && unwanted(entry.path())) removed += fs::remove(entry.path()) ? 1 : 0;
  }
  return removed;
}

}  // namespace

BlobWriter::BlobWriter(const fs::path& folder, std::string id)
    : folder_(folder), temporary_(TemporaryFolder(folder) / id), id_(std::move(id)) {
  file_ = FileDescriptor(::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file_) throw StorageError::FromErrno("cannot create " + temporary_.string(), errno);
}

BlobWriter::BlobWriter(BlobWriter&& other) noexcept
    : folder_(std::move(other.folder_)),
      temporary_(std::exchange(other.temporary_, {})),
      id_(std::move(other.id_)),
      file_(std::move(other.file_)),
      size_bytes_(other.size_bytes_) {}

BlobWriter::~BlobWriter() {
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

void BlobWriter::Append(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(file_.get(), bytes.data(), bytes.size());
    if (count < 0) {
      if (errno == EINTR) continue;
      throw StorageError::FromErrno("cannot write " + temporary_.string(), errno);
    }
    bytes.remove_prefix(static_cast<std::size_t>(count));
    size_bytes_ += static_cast<std::uint64_t>(count);
  }
}

void BlobWriter::Commit(Durability durability) {
  const bool power = durability == Durability::kPower;
  if (power && ::fdatasync(file_.get()) != 0) {
    throw StorageError::FromErrno("cannot sync " + temporary_.string(), errno);
  }
  const fs::path target = PathOf(folder_, id_);
  if (::rename(temporary_.c_str(), target.c_str()) != 0) {
    if (errno != ENOENT) throw StorageError::FromErrno("cannot rename " + temporary_.string(), errno);
    CreateFolders(target.parent_path());  // the first content there
    if (::rename(temporary_.c_str(), target.c_str()) != 0) {
      throw StorageError::FromErrno("cannot rename " + temporary_.string(), errno);
    }
  }
  temporary_.clear();
  file_ = FileDescriptor();
  if (!power) return;
  // The entries on the way to the file may be new, too.
  for (const fs::path& folder : {target.parent_path(), target.parent_path().parent_path(), folder_}) {
    SyncFolder(folder);
  }
}

BlobStore::BlobStore(fs::path folder) : folder_(std::move(folder)) {
  CreateFolders(TemporaryFolder(folder_));
}

BlobWriter BlobStore::Create() { return BlobWriter(folder_, RandomId()); }

FileDescriptor BlobStore::Open(std::string_view id) const {
  const fs::path path = PathOf(folder_, id);
  FileDescriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file) return file;
  if (errno == ENOENT) throw BlobMissing(StorageError::Kind::kIo, "there is no " + path.string());
  throw StorageError::FromErrno("cannot open " + path.string(), errno);
}

bool BlobStore::Remove(std::string_view id) {
  const fs::path path = PathOf(folder_, id);
  if (::unlink(path.c_str()) == 0) return true;
  if (errno == ENOENT) return false;
  throw StorageError::FromErrno("cannot remove " + path.string(), errno);
}

std::size_t BlobStore::Sweep(const std::function<bool(std::string_view id)>& known) {
  const fs::path temporary = TemporaryFolder(folder_);
  try {
    return RemoveFiles(folder_, [&](const fs::path& file) {
      const std::string id = file.filename().string();
      return file.parent_path() == temporary || (IsId(id) && !known(id));
    });
  } catch (const fs::filesystem_error& error) {
    throw StorageError::FromErrno("cannot sweep " + folder_.string(), error.code().value());
  }
}

}  // namespace cumulite::storage
