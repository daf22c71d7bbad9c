#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "services/storage/database.h"
#include "services/storage/error.h"
#include "services/storage/file_descriptor.h"

namespace cumulite::storage {

/// There is no content of that id: it was never committed, or has been removed.
class BlobMissing : public StorageError {
 public:
  using StorageError::StorageError;
};

/// A content file while it is written, under a temporary name. Removed by the destructor unless committed.
///
/// Thread: one at a time. Append and Commit block on the disk.
class BlobWriter {
 public:
  BlobWriter(BlobWriter&& other) noexcept;
  BlobWriter& operator=(BlobWriter&&) = delete;
  ~BlobWriter();

  /// The name that the content will have: 32 hexadecimal digits.
  const std::string& id() const { return id_; }
  std::uint64_t size_bytes() const { return size_bytes_; }
  /// Until then the destructor has a file to remove, which blocks for as long as that is large.
  bool committed() const { return temporary_.empty(); }

  /// Writes at the end; nothing is kept in memory.
  /// Errors: StorageError (kFull when the disk is); abandon the writer then.
  void Append(std::string_view bytes);
  /// Gives the file its name, synced before as `durability` says. Reference it from the database afterwards.
  /// Errors: StorageError; do not reference it then: its remains go with the writer or the next Sweep.
  void Commit(Durability durability);

 private:
  friend class BlobStore;
  BlobWriter(const std::filesystem::path& folder, std::string id);

  std::filesystem::path folder_;
  std::filesystem::path temporary_;  // empty once committed
  std::string id_;
  FileDescriptor file_;
  std::uint64_t size_bytes_ = 0;
};

/// Content files below one folder, named by random id and never by what a client sends.
///
/// Thread: any.
class BlobStore {
 public:
  /// Errors: StorageError when the folder cannot be made.
  explicit BlobStore(std::filesystem::path folder);

  BlobWriter Create();

  /// Opens the content for reading.
  /// Errors: BlobMissing; StorageError.
  FileDescriptor Open(std::string_view id) const;

  /// Deletes the content; false if there was none. Who has it open reads on.
  bool Remove(std::string_view id);

  /// Deletes what crashes left behind: temporary files, and content whose id `known` denies. At start only,
  /// before the first Create. Returns how many files went.
  std::size_t Sweep(const std::function<bool(std::string_view id)>& known);

 private:
  const std::filesystem::path folder_;
};

}  // namespace cumulite::storage
