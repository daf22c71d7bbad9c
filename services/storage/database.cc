#include "services/storage/database.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <system_error>

#include "services/storage/connection.h"
#include "services/storage/error.h"
#include "services/storage/file_descriptor.h"
#include "services/storage/readers.h"

namespace cumulite::storage {
namespace {

constexpr std::uint32_t kApplicationId = 0x434D4C54;  // 'CMLT'

// Measured with bench/storage_bench (1 KiB rows): pages of 8 KiB cost less CPU a write and a read than 4 or
// 16, and 12 % less disk; a larger cache or mapping the file into memory gained nothing beyond the noise.
constexpr std::string_view kSettings =
    "PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; PRAGMA secure_delete=OFF;"
    "PRAGMA cache_size=-2048; PRAGMA journal_size_limit=67108864; PRAGMA busy_timeout=5000";
constexpr std::uint64_t kPageBytes = 8192;
// 8 MiB of log: fewer and larger checkpoints gained nothing.
constexpr int kCheckpointFrames = 1024;
// A start after kill -9 reads the log again, so it must not grow for ever: 32 MiB, or 64 on a slow disk.
constexpr int kMaxLogFrames = 4096;
constexpr std::size_t kOwnThreads = 4;

/// Moves what no reader needs in the log any more. A failure loses nothing, since the log still has it all.
void Checkpoint(Connection& connection) {
  sqlite3_wal_checkpoint_v2(connection.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
}

[[noreturn]] void ThrowForeign(const std::filesystem::path& file) {
  throw StorageError(StorageError::Kind::kSchema,
                     file.string() + " is not a Cumulite database; it was left as it is");
}

/// Refuses a file that is not ours before SQLite opens it, since opening may already change it.
///
/// SQLite's file header: 16 bytes of magic, application_id at 68, big-endian. No connection of this process
/// may be open: closing the descriptor drops the process's POSIX locks on the file.
void RefuseForeignFile(const std::filesystem::path& file) {
  const FileDescriptor fd(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd) {
    if (errno == ENOENT) return;
    throw StorageError::FromErrno("cannot open " + file.string(), errno);
  }
  std::array<unsigned char, 72> header{};
  const ssize_t count = ::pread(fd.get(), header.data(), header.size(), 0);
  if (count < 0) throw StorageError::FromErrno("cannot read " + file.string(), errno);
  if (count == 0) return;  // created, never written
  const std::uint32_t id = std::uint32_t{header[68]} << 24 | std::uint32_t{header[69]} << 16 |
                           std::uint32_t{header[70]} << 8 | std::uint32_t{header[71]};
  if (count < 72 || std::memcmp(header.data(), "SQLite format 3", 16) != 0 || id != kApplicationId) {
    ThrowForeign(file);
  }
}

std::uint64_t SizeOf(const std::filesystem::path& file) {
  std::error_code error;
  const auto size = std::filesystem::file_size(file, error);
  return error ? 0 : size;
}

}  // namespace

Database::Database(std::filesystem::path file, DatabaseOptions options)
    : file_(std::filesystem::absolute(file)),
      options_(std::move(options)),
      log_file_(file_.string() + "-wal"),
      reserve_(file_.string() + "-reserve", options_.reserve_bytes),
      workers_(options_.workers ? options_.workers : std::make_shared<runtime::WorkerPool>(kOwnThreads)) {
  RefuseForeignFile(file_);
  Create();
  writing_ = OpenForWriting();
  id_ = IdOf(file_);
  schema_version_ = writing().Integer("PRAGMA user_version");
  readers_ = std::make_unique<Readers>(file_, options_.vfs);
}

Database::~Database() = default;

void Database::Create() {
  if (SizeOf(file_) != 0) return;
  Connection connection(file_, options_.vfs, Connection::Access::kWrite);
  // Nothing is acknowledged yet, so only a power cut could lose something, and only an empty file.
  if (durability() == Durability::kProcess) connection.Execute("PRAGMA synchronous=OFF");
  // The id goes in while there is no write-ahead log, so that it stands in the file itself from the start.
  connection.Execute("PRAGMA page_size=" + std::to_string(kPageBytes) + "; PRAGMA application_id=" +
                     std::to_string(kApplicationId) + "; PRAGMA journal_mode=WAL");
}

std::unique_ptr<Connection> Database::OpenForWriting() const {
  auto connection = std::make_unique<Connection>(file_, options_.vfs, Connection::Access::kWrite);
  connection->Execute(std::string(kSettings));
  // NORMAL syncs at checkpoints only: kill -9 loses nothing, a power cut the last writes but never the file.
  connection->Execute(durability() == Durability::kPower ? "PRAGMA synchronous=FULL"
                                                         : "PRAGMA synchronous=NORMAL");
  if (connection->Integer("PRAGMA application_id") != kApplicationId) ThrowForeign(file_);
  return connection;
}

Database& Database::Migrate(std::span<const Migration> migrations) {
  const std::int64_t stored = schema_version_;
  if (stored > static_cast<std::int64_t>(migrations.size())) {
    throw StorageError(StorageError::Kind::kSchema,
                       file_.string() + " has schema version " + std::to_string(stored) +
                           ", newer than the " + std::to_string(migrations.size()) +
                           " of this program; use the newer program. The file was left as it is");
  }
  if (stored == static_cast<std::int64_t>(migrations.size())) return *this;
  writing().Execute("BEGIN IMMEDIATE");
  try {
    for (int version = 1; const Migration& migration : migrations) {
      if (migration.version != version) throw std::logic_error("migrations must be numbered 1, 2, 3, ...");
      if (version > stored) writing().Execute(std::string(migration.sql));
      ++version;
    }
    writing().Execute("PRAGMA user_version=" + std::to_string(migrations.size()) + "; COMMIT");
    schema_version_ = static_cast<std::int64_t>(migrations.size());
  } catch (...) {
    if (writing().InTransaction()) writing().Execute("ROLLBACK");
    throw;
  }
  return *this;
}

std::optional<Database::FileId> Database::IdOf(const std::filesystem::path& file) {
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) return std::nullopt;
  return FileId{status.st_dev, status.st_ino};
}

void Database::RequireSame(const std::filesystem::path& file, const std::optional<FileId>& id) {
  const std::optional<FileId> now = IdOf(file);
  if (now && now == id) return;
  throw StorageError(StorageError::Kind::kIo, file.string() + (now ? " was replaced" : " was deleted") +
                                                  " while it was in use; put it back, or start anew");
}

// By their names, and not by the descriptors' link counts: a folder that was moved away keeps its files.
void Database::RequireInPlace() {
  RequireSame(file_, id_);
  if (!log_id_) log_id_ = IdOf(log_file_);
  if (log_id_) RequireSame(log_file_, log_id_);
}

void Database::ReopenAndProve() {
  // Opening would make new files, and of a log that is gone nothing can be read again.
  RequireSame(file_, id_);
  if (log_id_) RequireSame(log_file_, log_id_);
  log_id_.reset();
  writing_.reset();
  ++generation_;
  writing_ = OpenForWriting();
  moved_frames_ = 0;
  if (writing().Integer("PRAGMA user_version") != schema_version_) {
    throw StorageError(StorageError::Kind::kCorrupt, file_.string() + " was replaced while it was in use");
  }
  // 64 KiB written, committed and removed again: a page or two might fit where a real write would not.
  writing().Execute(
      "DROP TABLE IF EXISTS cumulite_probe;"
      "BEGIN IMMEDIATE; CREATE TABLE cumulite_probe (filler BLOB) STRICT;"
      "INSERT INTO cumulite_probe VALUES (randomblob(65536)); COMMIT");
  if (writing().Integer("SELECT length(filler) FROM cumulite_probe") != 65536) {
    throw StorageError(StorageError::Kind::kCorrupt, file_.string() + " does not return what was written");
  }
  writing().Execute("DROP TABLE cumulite_probe");
}

/// A worker does it on a connection of its own, since it waits for the disk, and the writer goes on. What is
/// written meanwhile keeps the log from beginning anew; once it is too long, the writer itself moves the
/// little that was left after the worker's turn.
void Database::CheckpointIfDue() {
  if (writing_ == nullptr) return;
  const int frames = writing().wal_frames();
  if (checkpoint_under_way_.load(std::memory_order_acquire)) {
    if (frames < 2 * kMaxLogFrames) return;
    checkpoint_under_way_.wait(true, std::memory_order_acquire);  // the disk does not keep up
  }
  if (frames < moved_frames_) moved_frames_ = 0;  // the log began anew
  if (std::exchange(worker_had_its_turn_, false) && frames >= kMaxLogFrames) {
    Checkpoint(writing());
    moved_frames_ = frames;
  }
  if (frames - moved_frames_ < kCheckpointFrames) return;
  moved_frames_ = frames;
  worker_had_its_turn_ = true;
  checkpoint_under_way_.store(true, std::memory_order_relaxed);
  try {
    workers_.Submit([this] { CheckpointOnWorker(); });
  } catch (const std::exception&) {  // no thread to be had
    checkpoint_under_way_.store(false, std::memory_order_relaxed);
  }
}

void Database::CheckpointIfItFits() {
  constexpr int kFewFrames = 64;
  if (writing_ == nullptr || writing().wal_frames() < kFewFrames) return;
  const auto pages = static_cast<std::uint64_t>(writing().Integer("PRAGMA page_count"));
  const std::uint64_t wanted = pages * kPageBytes;
  const std::uint64_t size = SizeOf(file_);
  // What does not fit would fill the disk with pages whose log has to be kept all the same.
  if (wanted > size && Reserve::SpaceAt(file_) < wanted - size + kPageBytes) return;
  checkpoint_under_way_.wait(true, std::memory_order_acquire);
  Checkpoint(writing());
}

void Database::CheckpointOnWorker() {
  try {
    if (!checkpointing_) checkpointing_ = OpenForWriting();
    Checkpoint(*checkpointing_);
  } catch (const std::exception&) {
    // The log keeps it all, and another turn comes.
  }
  checkpoint_under_way_.store(false, std::memory_order_release);
  checkpoint_under_way_.notify_all();
}

std::uint64_t Database::SizeBytes() const { return SizeOf(file_) + SizeOf(file_.string() + "-wal"); }

}  // namespace cumulite::storage
