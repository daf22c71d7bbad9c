#include "services/storage/connection.h"

#include <mutex>

#include "services/storage/error.h"

namespace cumulite::storage {
namespace {

StorageError::Kind KindOf(int code) {
  switch (code & 0xff) {
    case SQLITE_FULL:
      return StorageError::Kind::kFull;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return StorageError::Kind::kCorrupt;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_NOMEM:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_READONLY:
    case SQLITE_PROTOCOL:
      return StorageError::Kind::kIo;
    default:
      return StorageError::Kind::kSql;
  }
}

/// Each connection is one thread's, so SQLite needs no mutex on it; its memory statistics take one global
/// mutex at every allocation.
void ConfigureSqliteOnce() {
  static std::once_flag once;
  std::call_once(once, [] {
    sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3_initialize();
  });
}

}  // namespace

void ThrowSqliteError(sqlite3* database, int code, std::string_view action) {
  const char* reason = database != nullptr ? sqlite3_errmsg(database) : sqlite3_errstr(code);
  const std::string message = std::string(action) + ": " + reason;
  if ((code & 0xff) == SQLITE_CONSTRAINT) throw ConstraintError(message);
  throw StorageError(KindOf(code), message);
}

Connection::Connection(const std::filesystem::path& file, const std::string& vfs, Access access) {
  ConfigureSqliteOnce();
  const int flags =
      access == Access::kRead ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  const int code = sqlite3_open_v2(file.c_str(), &handle_, flags | SQLITE_OPEN_NOMUTEX, vfs.c_str());
  if (code != SQLITE_OK) {
    try {
      ThrowSqliteError(handle_, code, "cannot open " + file.string());
    } catch (...) {
      sqlite3_close_v2(handle_);
      throw;
    }
  }
  sqlite3_extended_result_codes(handle_, 1);
  // In place of SQLite's own automatic checkpoint, which would run inside somebody's commit.
  sqlite3_wal_hook(
      handle_,
      [](void* self, sqlite3*, const char*, int frames) {
        static_cast<Connection*>(self)->wal_frames_ = frames;
        return SQLITE_OK;
      },
      this);
}

Connection::~Connection() {
  while (sqlite3_stmt* statement = sqlite3_next_stmt(handle_, nullptr)) sqlite3_finalize(statement);
  sqlite3_close_v2(handle_);
}

sqlite3_stmt* Connection::Prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) ThrowSqliteError(handle_, code, sql);
  return statement;
}

void Connection::Execute(const std::string& sql) {
  const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) ThrowSqliteError(handle_, code, sql);
}

std::int64_t Connection::Integer(std::string_view sql) {
  sqlite3_stmt* const statement = Prepare(sql);
  const int code = sqlite3_step(statement);
  const std::int64_t value = code == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
  sqlite3_finalize(statement);
  if (code != SQLITE_ROW && code != SQLITE_DONE) ThrowSqliteError(handle_, code, sql);
  return value;
}

}  // namespace cumulite::storage
