#pragma once
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "runtime/worker_pool.h"
#include "services/storage/reserve.h"

namespace cumulite::storage {
class Connection;
class Readers;

/// What an acknowledged write survives.
enum class Durability : unsigned char {
  kProcess,  // kill -9 of the server; a power cut may lose the last writes but never damages the file
  kPower,    // a power cut, too: every group of writes is synced before it is acknowledged
};

/// One step of a database's schema. Append only: a released migration is never edited. Tables are STRICT.
struct Migration {
  int version;  // 1, 2, 3, ...
  std::string_view sql;
};

struct DatabaseOptions {
  Durability durability = Durability::kProcess;
  /// SQLite's name of the virtual file system; tests put one there that fails when told to.
  std::string vfs = "unix-excl";
  /// Shared with others; null: the database has threads of its own.
  std::shared_ptr<runtime::WorkerPool> workers = nullptr;
  /// Set aside beside the database in a file (less on a small disk), and given up when the disk is full, so
  /// that what is there can be deleted; 0: nothing.
  std::uint64_t reserve_bytes = 0;
};

/// One SQLite file: one writing connection, and a read-only connection for each thread that reads.
///
/// Declare in this order, so that they end in the other: Database, Writer, the store with its statements. No
/// read may be running when the database is destroyed; the threads' own connections are closed then.
/// Thread: construct, Migrate and destroy on one thread; the rest on any.
class Database {
 public:
  /// Opens `file`, creating it if need be.
  /// Errors: StorageError kSchema if it is not a database of ours; it is then left as it was.
  explicit Database(std::filesystem::path file, DatabaseOptions options = {});
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;
  ~Database();

  /// Applies the migrations that the file has not seen, all in one transaction.
  /// Errors: StorageError kSchema if the file was written by a newer version; it is then left as it was.
  Database& Migrate(std::span<const Migration> migrations);

  /// Runs a long read or load off the I/O threads. `work` may use ReadStatements; name it before the
  /// expression that awaits (see runtime/task.h).
  template <class F>
  runtime::Task<std::invoke_result_t<F&>> RunOnWorker(F work) {
    return workers_.Run(std::move(work));
  }
  runtime::Workers& workers() { return workers_; }

  const std::filesystem::path& file() const { return file_; }
  Durability durability() const { return options_.durability; }
  /// Bytes on disk: the file and its write-ahead log.
  std::uint64_t SizeBytes() const;

 private:
  friend class Statement;
  friend class ReadStatement;
  friend class ReadTransaction;
  friend class GroupCommit;

  void Create();
  std::unique_ptr<Connection> OpenForWriting() const;
  /// Closes and opens the writing connection, then proves by writing that the database is sound.
  void ReopenAndProve();
  /// After a commit, before it is promised: the files still lie where they would be looked for.
  /// Errors: StorageError kIo when they were deleted, or others were put in their place.
  void RequireInPlace();
  /// Has the write-ahead log moved into the file once it has grown enough; between groups.
  void CheckpointIfDue();
  void CheckpointOnWorker();
  /// The same here and now, on a full disk, where the log must not grow; unless the file has no room to.
  void CheckpointIfItFits();
  Connection& writing() { return *writing_; }

  const std::filesystem::path file_;
  const DatabaseOptions options_;
  std::unique_ptr<Connection> writing_;
  std::uint64_t generation_ = 0;  // of the writing connection; statements prepared on an older one are gone
  std::unique_ptr<Readers> readers_;
  std::int64_t schema_version_ = 0;

  /// A file as the kernel knows it, whatever its name.
  struct FileId {
    std::uint64_t device = 0;
    std::uint64_t inode = 0;
    friend bool operator==(const FileId&, const FileId&) = default;
  };
  static std::optional<FileId> IdOf(const std::filesystem::path& file);
  static void RequireSame(const std::filesystem::path& file, const std::optional<FileId>& id);

  const std::filesystem::path log_file_;
  std::optional<FileId> id_;      // since the database was opened
  std::optional<FileId> log_id_;  // since the writing connection was
  Reserve reserve_;

  std::atomic<bool> checkpoint_under_way_{false};
  int moved_frames_ = 0;                       // of the log, by the last checkpoint; the writer's
  bool worker_had_its_turn_ = false;           // or has it still; the writer's
  std::unique_ptr<Connection> checkpointing_;  // the worker's; null until it is first needed
  runtime::Workers workers_;                   // last: it uses all of the above
};

}  // namespace cumulite::storage
