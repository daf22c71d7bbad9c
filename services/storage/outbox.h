#pragma once
#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "base/clock.h"
#include "runtime/alarm.h"
#include "runtime/signal.h"
#include "runtime/task.h"
#include "services/storage/database.h"
#include "services/storage/statement.h"
#include "services/storage/work_marker.h"
#include "services/storage/writer.h"

namespace cumulite::storage {

/// Something that is to happen because of a change, as its row says.
struct OutboxEvent {
  std::int64_t id = 0;
  std::string kind;     // the consumer's own: "fan-out", "http"
  std::string key;      // events of one key are handled one after the other; empty: in any order
  std::string payload;  // the consumer's own bytes
  base::TimePoint created;
  base::TimePoint due;       // when it was to be handled
  std::int64_t attempt = 1;  // 1 the first time
};

/// What becomes of an event that was handled.
struct OutboxVerdict {
  enum class Kind : std::uint8_t {
    kDone,   // forget it
    kRetry,  // again at `due`; counts as an attempt
    kWait,   // again at `due`, as if nothing had been tried
    kHold,   // again after Resume, as if nothing had been tried; events without key only
  };
  Kind kind = Kind::kDone;
  base::TimePoint due{};
  std::optional<std::string> payload{};  // replaces the old one

  static OutboxVerdict Done() { return {}; }
  static OutboxVerdict RetryAt(base::TimePoint due) { return {Kind::kRetry, due}; }
  static OutboxVerdict WaitUntil(base::TimePoint due) { return {Kind::kWait, due}; }
  static OutboxVerdict Hold() { return {Kind::kHold}; }
};

/// Events that a change causes, written in the change's own transaction and handled afterwards: at least
/// once, also when the process dies in between.
///
/// Rows stay in SQL until they are done; memory holds those that are being handled, `max_in_flight` at most,
/// and as many that their producers have claimed. Due times are of the virtual clock. An event with a key
/// waits until all earlier ones of that key are done, while they are retried, too. The handler may see an
/// event again that it has handled already: after a crash, or when the row could not be deleted. Thread: any
/// I/O thread, unless a member says otherwise. Handlers run on the loop that found the event due.
class Outbox {
 public:
  /// The table, for the migrations of the service that keeps one.
  static constexpr std::string_view kSchema =
      "CREATE TABLE outbox (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, key TEXT, payload BLOB NOT NULL,"
      " created_ms INTEGER NOT NULL, due_ms INTEGER NOT NULL, attempt INTEGER NOT NULL,"
      " parked INTEGER NOT NULL) STRICT;"  // 1: behind an earlier one of its key; 2: held
      "CREATE INDEX outbox_by_due ON outbox (parked, due_ms, id);"
      "CREATE INDEX outbox_by_key ON outbox (key, id) WHERE key IS NOT NULL";

  struct NewEvent {
    std::string_view kind;
    std::string_view payload;
    std::string_view key = {};
    base::TimePoint due;
  };
  /// Must not throw, and must end in bounded time.
  using Handler = std::function<runtime::Task<OutboxVerdict>(OutboxEvent event)>;

  /// Once the schema is there; what an earlier process held is not held any more. `database`, `writer` and
  /// `marker` outlive it. `marker`: raised while there are events, as far as a start must know; may be null.
  Outbox(Database& database, Writer& writer, const base::Clock& clock, std::size_t max_in_flight = 256,
         WorkMarker* marker = nullptr);
  Outbox(const Outbox&) = delete;
  Outbox& operator=(const Outbox&) = delete;

  /// Begins to hand out events: those that were left by an earlier process first. On a loop.
  void Start(Handler handler);
  /// Hands out nothing any more; what is being handled ends by itself. May be called again.
  void Stop();

  /// Writes an event; inside a job of the writer, whose transaction it shares. Call Wake once that committed.
  std::int64_t Add(const NewEvent& event);
  /// Looks for events that are due.
  void Wake();
  /// Has an event handled that its handler holds, or is about to: so it may be called as soon as the handler
  /// knows that it will. Nothing else brings it back but a start.
  void Resume(std::int64_t id);

  // The short way, for an event without key that its producer handles itself as soon as its row is durable.
  /// Whether there is room for one more in memory, which is apart from that of the others; if not, Add it.
  bool HasRoom() const;
  /// As Add; the event counts as being handled, by the caller. `id` is 0 the first time a job runs, and kept
  /// when it runs again. When the job fails in the end, Release it.
  void AddClaimed(const NewEvent& event, std::int64_t& id);
  /// Ends the handling of a claimed event.
  void Finish(std::int64_t id, OutboxVerdict verdict);
  /// The job of AddClaimed failed, or the caller could not handle it: whoever looks next may have it.
  void Release(std::int64_t id);

  /// Waits until nothing is due and nothing is being handled, unless it is stopped or cannot write. True if
  /// there was anything to wait for.
  runtime::Task<bool> Settled();
  /// Events that wait or are being handled.
  std::int64_t Count() const;

 private:
  struct Settlement {
    std::int64_t id;
    OutboxVerdict verdict;
    Urgency urgency;
  };

  void Settle(Settlement settlement);
  /// The same with the mutex held; true when the caller must have it written.
  bool Append(Settlement settlement);

  runtime::Task<void> Handle(std::int64_t id);
  /// Writes what was settled, as long as there is any.
  runtime::Task<void> WriteSettlements();
  /// True when something else may be due now because of it.
  bool Write(const Settlement& settlement);
  void Insert(std::int64_t id, const NewEvent& event);
  std::optional<OutboxEvent> Read(std::int64_t id) const;
  bool IsIdle() const;

  Writer& writer_;
  const base::Clock& clock_;
  const std::size_t max_in_flight_;
  WorkMarker* const marker_;
  std::atomic<bool> marked_ = true;  // until it is known to be lowered

  mutable std::mutex mutex_;  // guards down to `stopped_`
  Handler handler_;
  std::unordered_set<std::int64_t> in_flight_;
  std::unordered_set<std::int64_t> claimed_;  // in flight, by their producers
  std::unordered_set<std::int64_t> held_;
  std::unordered_set<std::int64_t> resumed_;  // before they were held
  std::vector<Settlement> settled_;
  bool writing_ = false;  // WriteSettlements runs
  bool starved_ = false;  // more is due than may be in flight
  bool stopped_ = false;
  std::uint64_t failures_ = 0;  // to write

  std::int64_t next_id_;  // the writer's; never given twice, since what is in flight goes by it
  runtime::Signal changes_;
  runtime::Alarm alarm_;

  ReadStatement due_;
  ReadStatement next_due_;
  ReadStatement read_;
  ReadStatement count_;
  Statement insert_;
  Statement erase_;
  Statement unpark_;
  Statement postpone_;
  Statement hold_;
  Statement any_;
  Statement replace_;
};

}  // namespace cumulite::storage
