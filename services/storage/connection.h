#pragma once
#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace cumulite::storage {

/// Throws what SQLite says about the last call on `database` that returned `code`: StorageError or
/// ConstraintError.
[[noreturn]] void ThrowSqliteError(sqlite3* database, int code, std::string_view action);

/// One SQLite connection; closes it with all its statements.
///
/// Thread: one at a time. Internal to services/storage.
class Connection {
 public:
  enum class Access : unsigned char { kRead, kWrite };

  /// Errors: StorageError.
  Connection(const std::filesystem::path& file, const std::string& vfs, Access access);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  /// A statement that lives as long as the connection unless finalized before.
  sqlite3_stmt* Prepare(std::string_view sql);
  /// Runs any number of statements without parameters.
  void Execute(const std::string& sql);
  /// The first column of the first row.
  std::int64_t Integer(std::string_view sql);

  /// Frames in the write-ahead log after the last commit.
  int wal_frames() const { return wal_frames_; }
  /// False once an error made SQLite roll back the transaction on its own.
  bool InTransaction() const { return sqlite3_get_autocommit(handle_) == 0; }
  /// Rows written since the connection was opened, committed or not.
  std::int64_t Changes() const { return sqlite3_total_changes64(handle_); }
  sqlite3* handle() { return handle_; }

 private:
  sqlite3* handle_ = nullptr;
  int wal_frames_ = 0;
};

}  // namespace cumulite::storage
