#pragma once
#include <string>
#include <vector>

#include "services/storage/database.h"
#include "services/storage/error.h"
#include "services/storage/statement.h"
#include "services/storage/writer.h"
#include "tests/support/manual_loop.h"
#include "tests/support/temporary_directory.h"

namespace cumulite::storage {

inline constexpr Migration kNoteMigrations[] = {
    {1, "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT"},
};

/// A store in miniature: notes by id.
class Notes {
 public:
  explicit Notes(const std::filesystem::path& file, DatabaseOptions options = {},
                 WriterOptions writer_options = {})
      : database(file, std::move(options)), writer(database.Migrate(kNoteMigrations), writer_options) {}

  Ticket Put(std::int64_t id, std::string text, Urgency urgency = Urgency::kAwaited) {
    return writer.Enqueue([this, id, text = std::move(text)] { insert_.Run(id, text); }, urgency);
  }
  std::optional<std::string> Get(std::int64_t id) const { return select_.Scalar<std::string>(id); }
  std::vector<std::int64_t> Ids() const {
    std::vector<std::int64_t> ids;
    for (Cursor rows = all_.Query(); rows.Next();) ids.push_back(rows.Int64(0));
    return ids;
  }

  Database database;
  Writer writer;

 private:
  Statement insert_{database, "INSERT INTO note (id, text) VALUES (?1, ?2)"};
  ReadStatement select_{database, "SELECT text FROM note WHERE id = ?1"};
  ReadStatement all_{database, "SELECT id FROM note ORDER BY id"};

 public:
  ~Notes() { writer.Stop(); }
};

/// Holds the writer inside a job until released, so that what is queued meanwhile forms one group.
class Gate {
 public:
  explicit Gate(Writer& writer) : ticket_(writer.Enqueue([this] { Pass(); })) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return entered_; });
  }
  void Open() {
    {
      const std::scoped_lock lock(mutex_);
      open_ = true;
    }
    changed_.notify_all();
  }

 private:
  void Pass() {
    std::unique_lock lock(mutex_);
    entered_ = true;
    changed_.notify_all();
    changed_.wait(lock, [this] { return open_; });
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  bool entered_ = false;
  bool open_ = false;
  Ticket ticket_;
};

}  // namespace cumulite::storage
