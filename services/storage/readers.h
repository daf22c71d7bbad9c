#pragma once
#include <cstddef>
#include <deque>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "services/storage/connection.h"

namespace cumulite::storage {

/// One thread's read-only connection to one database, with the statements that it has prepared.
struct ThreadReader {
  ThreadReader(const std::filesystem::path& file, const std::string& vfs);

  Connection connection;
  std::vector<sqlite3_stmt*> statements;  // by ReadStatement's index; null until first run here
  int transactions = 0;                   // ReadTransactions open on it
};

/// The read-only connections of all threads to one database, made when a thread first reads.
///
/// A thread finds its own in a thread-local list of as many entries as databases are open, without a lock.
/// It is closed when the thread ends or the database closes, whichever is first.
/// Thread: any. Internal to services/storage.
class Readers {
 public:
  Readers(std::filesystem::path file, std::string vfs);
  Readers(const Readers&) = delete;
  Readers& operator=(const Readers&) = delete;
  ~Readers();

  /// Registers a statement; its index is the same on every thread.
  std::size_t Declare(std::string_view sql);
  /// The statement as prepared on the calling thread's connection.
  sqlite3_stmt* Prepared(std::size_t index);
  /// The calling thread's connection.
  ThreadReader& Own();

 private:
  class OwnedByThread;
  struct Registry {
    std::mutex mutex;
    std::vector<std::unique_ptr<ThreadReader>> readers;
    bool closed = false;
  };

  ThreadReader& OpenOwn();

  const std::filesystem::path file_;
  const std::string vfs_;
  const std::shared_ptr<Registry> registry_ = std::make_shared<Registry>();
  std::mutex mutex_;
  std::deque<std::string> sql_;

  static thread_local OwnedByThread own_;
};

}  // namespace cumulite::storage
