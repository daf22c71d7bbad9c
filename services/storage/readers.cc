#include "services/storage/readers.h"

#include <algorithm>
#include <utility>

namespace cumulite::storage {

ThreadReader::ThreadReader(const std::filesystem::path& file, const std::string& vfs)
    : connection(file, vfs, Connection::Access::kRead) {
  // Every commit empties it, and the kernel caches the file anyway; it is kept small for the idle server.
  connection.Execute(
      "PRAGMA cache_size=-256; PRAGMA temp_store=MEMORY; PRAGMA "
      "busy_timeout=5000");
}

/// The calling thread's readers, one entry a database.
class Readers::OwnedByThread {
 public:
  OwnedByThread() = default;
  OwnedByThread(const OwnedByThread&) = delete;
  OwnedByThread& operator=(const OwnedByThread&) = delete;
  ~OwnedByThread() {
    for (const Entry& entry : entries_) Close(entry);
  }

  ThreadReader* Find(const Registry* registry) const {
    for (const Entry& entry : entries_) {
      if (entry.registry.get() == registry) return entry.reader;
    }
    return nullptr;
  }

  void Add(std::shared_ptr<Registry> registry, ThreadReader* reader) {
    std::erase_if(entries_, [](const Entry& entry) {
      const std::scoped_lock lock(entry.registry->mutex);
      return entry.registry->closed;
    });
    entries_.push_back({std::move(registry), reader});
  }

 private:
  struct Entry {
    std::shared_ptr<Registry> registry;  // kept alive, so that its address names one database only
    ThreadReader* reader;                // the registry's; gone once that is closed
  };

  static void Close(const Entry& entry) {
    const std::scoped_lock lock(entry.registry->mutex);
    std::erase_if(entry.registry->readers, [&](const auto& reader) { return reader.get() == entry.reader; });
  }

  std::vector<Entry> entries_;
};

thread_local Readers::OwnedByThread Readers::own_;

Readers::Readers(std::filesystem::path file, std::string vfs)
    : file_(std::move(file)), vfs_(std::move(vfs)) {}

Readers::~Readers() {
  const std::scoped_lock lock(registry_->mutex);
  registry_->readers.clear();
  registry_->closed = true;
}

std::size_t Readers::Declare(std::string_view sql) {
  const std::scoped_lock lock(mutex_);
  sql_.emplace_back(sql);
  return sql_.size() - 1;
}

ThreadReader& Readers::Own() {
  ThreadReader* const reader = own_.Find(registry_.get());
  return reader != nullptr ? *reader : OpenOwn();
}

ThreadReader& Readers::OpenOwn() {
  auto opened = std::make_unique<ThreadReader>(file_, vfs_);
  ThreadReader* const reader = opened.get();
  {
    const std::scoped_lock lock(registry_->mutex);
    registry_->readers.push_back(std::move(opened));
  }
  own_.Add(registry_, reader);
  return *reader;
}

sqlite3_stmt* Readers::Prepared(std::size_t index) {
  ThreadReader& reader = Own();
  if (index < reader.statements.size() && reader.statements[index] != nullptr)
    return reader.statements[index];
  const std::scoped_lock lock(mutex_);
  reader.statements.resize(sql_.size());
  reader.statements[index] = reader.connection.Prepare(sql_[index]);
  return reader.statements[index];
}

}  // namespace cumulite::storage
