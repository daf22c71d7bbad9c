// How much the storage layer costs: storage_bench [FOLDER]
//
// Prints writes a second and CPU time a write for a table like SQS's, with coroutines that each wait for
// their commit and then write again, and the cost of reads by key. Settings of services/storage were chosen
// by it.
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <deque>
#include <filesystem>
#include <functional>
#include <mutex>
#include <string>

#include "base/clock.h"
#include "runtime/task.h"
#include "services/storage/database.h"
#include "services/storage/statement.h"
#include "services/storage/writer.h"
#include "tests/support/manual_loop.h"

namespace cumulite::storage {
namespace {
using SteadyClock = std::chrono::steady_clock;

constexpr int kWrites = 300'000;
constexpr int kReads = 300'000;

constexpr Migration kMigrations[] = {
    {1,
     "CREATE TABLE message (id INTEGER PRIMARY KEY, queue INTEGER NOT NULL, visible_at_ms INTEGER NOT NULL,"
     " body BLOB NOT NULL) STRICT"},
};

double CpuSeconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) { return double(time.tv_sec) + double(time.tv_usec) / 1e6; };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// Prints what happened between its construction and Report.
class Stopwatch {
 public:
  void Report(const char* what, int count) const {
    const double seconds = std::chrono::duration<double>(SteadyClock::now() - start_).count();
    std::printf("%-44s %9.0f /s %7.2f us CPU each\n", what, count / seconds,
                (CpuSeconds() - cpu_) / count * 1e6);
  }

 private:
  SteadyClock::time_point start_ = SteadyClock::now();
  double cpu_ = CpuSeconds();
};

struct Store {
  Store(const std::filesystem::path& folder, Durability durability)
      : database(folder / (durability == Durability::kPower ? "power.db" : "process.db"),
                 {.durability = durability}),
        writer(database.Migrate(kMigrations)) {}
  ~Store() { writer.Stop(); }

  Database database;
  Writer writer;
  Statement insert{database, "INSERT INTO message (id, queue, visible_at_ms, body) VALUES (?1, ?2, ?3, ?4)"};
  Statement remove{database, "DELETE FROM message WHERE id = ?1"};
  ReadStatement body{database, "SELECT body FROM message WHERE id = ?1"};
};

/// One client: writes, waits for the commit, writes again, until `next` reaches `end`.
runtime::Task<void> Send(Store& store, std::int64_t& next, std::int64_t end) {
  while (next < end) {
    const std::int64_t id = next++;
    auto insert = [&store, id, body = std::string(1024, 'x')] {
      store.insert.Run(id, 1, id, BytesView{body});
    };
    const Ticket ticket = store.writer.Enqueue(std::move(insert));
    co_await store.writer.Committed(ticket);
  }
}

runtime::Task<void> Delete(Store& store, std::int64_t& next, std::int64_t end) {
  while (next < end) {
    const std::int64_t id = next++;
    auto remove = [&store, id] { store.remove.Run(id); };
    const Ticket ticket = store.writer.Enqueue(std::move(remove));
    co_await store.writer.Committed(ticket);
  }
}

template <class Start>
void Drive(const char* what, Store& store, int clients, int count, Start start) {
  base::Clock clock;
  test_support::ManualLoop loop(clock);
  const WriterCounters before = store.writer.counters();
  const Stopwatch stopwatch;
  std::deque<runtime::Task<void>> tasks;
  for (int client = 0; client < clients; ++client) tasks.push_back(start());
  for (auto& task : tasks) loop.RunUntil([&task] { return task.done(); }, std::chrono::seconds{600});
  stopwatch.Report(what, count);
  const WriterCounters after = store.writer.counters();
  std::printf("    %.1f writes a group, %.0f MiB on disk\n",
              double(after.jobs - before.jobs) / double(after.groups - before.groups),
              double(store.database.SizeBytes()) / (1 << 20));
}

void Writes(Store& store) {
  std::int64_t next = 0;
  Drive("insert 1 KiB, 64 clients", store, 64, kWrites, [&] { return Send(store, next, kWrites); });
  std::int64_t oldest = 0;
  Drive("delete, 64 clients", store, 64, kWrites, [&] { return Delete(store, oldest, kWrites); });
  Drive("insert 1 KiB, 1 client", store, 1, kWrites / 10,
        [&] { return Send(store, next, kWrites + kWrites / 10); });
}

void Reads(Store& store) {
  const Stopwatch stopwatch;
  std::size_t bytes = 0;
  for (std::int64_t i = 0; i < kReads; ++i) {
    Cursor rows = store.body.Query(kWrites + i * 7919 % kReads);
    if (rows.Next()) bytes += rows.Blob(0).bytes.size();
  }
  stopwatch.Report("read 1 KiB by key", kReads);
  if (bytes != std::size_t{kReads} * 1024) std::printf("    only %zu bytes came back\n", bytes);
}

void PowerWrites(Store& store) {
  std::int64_t next = 0;
  Drive("insert 1 KiB, 64 clients, durability power", store, 64, kWrites / 30,
        [&] { return Send(store, next, kWrites / 30); });
}

}  // namespace
}  // namespace cumulite::storage

int main(int argc, char** argv) {
  namespace storage = cumulite::storage;
  const std::filesystem::path folder =
      std::filesystem::path(argc > 1 ? argv[1] : "/tmp") / ("storage_bench-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  {
    storage::Store store(folder, storage::Durability::kProcess);
    storage::Writes(store);
    storage::Reads(store);
  }
  {
    storage::Store store(folder, storage::Durability::kPower);
    storage::PowerWrites(store);
  }
  std::filesystem::remove_all(folder);
}
