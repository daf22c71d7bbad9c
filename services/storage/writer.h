#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "runtime/task.h"
#include "services/storage/ticket.h"

namespace cumulite::storage {
class Database;

namespace detail {
template <class F>
class JobOf final : public Job {
 public:
  explicit JobOf(F&& job) : job_(std::move(job)) {}

 private:
  void Run() override { job_(); }
  F job_;
};
}  // namespace detail

struct WriterOptions {
  /// Jobs that have not completed; beyond it Enqueue throws QueueFull.
  std::size_t max_queued = 16'384;
  /// How long a lazy write may wait for company.
  std::chrono::milliseconds lazy_delay{5};
  /// After a failed commit: how long between two attempts to prove the database sound.
  std::chrono::milliseconds probe_interval{100};
  /// On a full disk: how long between two attempts to take the reserve again.
  std::chrono::milliseconds reserve_interval{1'000};
};

/// What /_cumulite/metrics shows of a writer.
struct WriterCounters {
  std::uint64_t queue_depth = 0;
  std::uint64_t groups = 0;
  std::uint64_t jobs = 0;
  std::uint64_t failed_groups = 0;
  std::uint64_t last_group_size = 0;
  /// Why writes are refused, or some of them; empty when none is.
  std::string refusal;
};

/// The one thread that writes to a database.
///
/// The jobs that were queued while the last commit ran form the next transaction, in the order of their
/// queueing; a job that throws is undone alone, then all of them complete together. A failed commit fails
/// every job of its group, and from then on every job is refused until the writer has reopened the database
/// and proven it sound by writing. On a full disk the reserve is given up first (DatabaseOptions), and until
/// there is room again only those jobs are refused that make the database larger, unless they are
/// Room::kMakes. Thread: any.
class Writer {
 public:
  explicit Writer(Database& database, WriterOptions options = {});
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;
  ~Writer();

  /// Queues `job`, a callable that runs Statements on the writer thread. It may be run a second time, from
  /// the same state of the database, when a neighbour in its group wrote and then failed: its captures must
  /// not be used up by the first. Errors: QueueFull; StorageError kRefused after Stop.
  template <class F>
  Ticket Enqueue(F job, Urgency urgency = Urgency::kAwaited, Room room = Room::kTakes) {
    return Submit(new detail::JobOf<F>(std::move(job)), urgency, room);
  }

  /// Call it before a change in memory that is to be queued: afterwards a full queue would undo it.
  /// Errors: QueueFull, somewhat before Enqueue throws it.
  void RequireRoom() const;

  /// co_await it on a Loop: returns once the write is durable; rethrows what the job threw, or StorageError
  /// when the commit failed.
  CommitAwaiter Committed(const Ticket& ticket) { return CommitAwaiter(ticket); }

  /// Runs `job` in the group and gives what it returned, once that is durable. Name `job` before the
  /// expression that awaits (see runtime/task.h).
  template <class F>
  runtime::Task<std::invoke_result_t<F&>> Run(F job, Room room = Room::kTakes) {
    using Result = std::invoke_result_t<F&>;
    if constexpr (std::is_void_v<Result>) {
      const auto run = [&job] { job(); };
      const Ticket ticket = Enqueue(run, Urgency::kAwaited, room);
      co_await Committed(ticket);
    } else {
      std::optional<Result> result;
      const auto run = [&job, &result] { result.emplace(job()); };
      const Ticket ticket = Enqueue(run, Urgency::kAwaited, room);
      co_await Committed(ticket);
      co_return std::move(*result);
    }
  }

  /// Blocks until the write is durable; rethrows as Committed. For tests and shutdown, never an I/O thread.
  void Wait(const Ticket& ticket);
  /// Blocks until everything queued before is done and the writer rests.
  void Flush();
  /// Finishes what is queued and ends the thread; later writes are refused.
  void Stop();

  WriterCounters counters() const;

 private:
  class Impl;

  Ticket Submit(detail::Job* job, Urgency urgency, Room room);

  std::unique_ptr<Impl> impl_;
};

}  // namespace cumulite::storage
