#pragma once
#include <filesystem>

#include "services/storage/file_descriptor.h"

namespace cumulite::storage {

/// The folder that holds everything a server keeps, locked against a second process while this lives.
///
/// Thread: one.
class DataDirectory {
 public:
  /// Creates the folder if need be and locks it.
  /// Errors: StorageError kInUse, naming the process that holds it; kIo, kFull.
  explicit DataDirectory(std::filesystem::path path);

  /// A private folder in memory (/dev/shm) or else in the temporary directory, removed by the destructor.
  /// Those that killed processes left behind are removed first.
  static DataDirectory Ephemeral();

  DataDirectory(DataDirectory&& other) noexcept;
  DataDirectory& operator=(DataDirectory&&) = delete;
  ~DataDirectory();

  const std::filesystem::path& path() const { return path_; }
  bool ephemeral() const { return remove_at_end_; }

 private:
  std::filesystem::path path_;
  FileDescriptor lock_;
  bool remove_at_end_ = false;
};

}  // namespace cumulite::storage
