#include "services/storage/outbox.h"

#include <algorithm>
#include <utility>

namespace cumulite::storage {
namespace {

/// How long rows rest whose outcome could not be written.
constexpr std::chrono::seconds kAfterFailure{1};
/// While there are more than may be in flight: which part of those must be free before others are looked for.
constexpr std::size_t kShareToLook = 8;

}  // namespace

Outbox::Outbox(Database& database, Writer& writer, const base::Clock& clock, std::size_t max_in_flight,
               WorkMarker* marker)
    : writer_(writer),
      clock_(clock),
      max_in_flight_(max_in_flight),
      marker_(marker),
      next_id_(ReadStatement(database, "SELECT max(id) + 1 FROM outbox").Scalar<std::int64_t>().value_or(1)),
      alarm_([this] { Wake(); }),
      due_(database, "SELECT id FROM outbox WHERE parked = 0 AND due_ms <= ?1 ORDER BY due_ms, id LIMIT ?2"),
      next_due_(database, "SELECT min(due_ms) FROM outbox WHERE parked = 0 AND due_ms > ?1"),
      read_(database, "SELECT kind, key, payload, created_ms, attempt, due_ms FROM outbox WHERE id = ?1"),
      count_(database, "SELECT count(*) FROM outbox"),
      insert_(
          database,
          "INSERT INTO outbox (id, kind, key, payload, created_ms, due_ms, attempt, parked) VALUES"
          " (?1, ?2, ?3, ?4, ?5, ?6, 1, ?3 IS NOT NULL AND EXISTS (SELECT 1 FROM outbox WHERE key = ?3))"),
      erase_(database, "DELETE FROM outbox WHERE id = ?1 RETURNING key"),
      unpark_(database,
              "UPDATE outbox SET parked = 0 WHERE id = (SELECT min(id) FROM outbox WHERE key = ?1)"),
      postpone_(database, "UPDATE outbox SET due_ms = ?2, attempt = attempt + ?3, parked = 0 WHERE id = ?1"),
      hold_(database, "UPDATE outbox SET parked = 2 WHERE id = ?1 AND key IS NULL"),
      any_(database, "SELECT EXISTS (SELECT 1 FROM outbox)"),
      replace_(database, "UPDATE outbox SET payload = ?2 WHERE id = ?1") {
  constexpr std::string_view kHeld = "parked = 2";
  if (!ReadStatement(database, "SELECT 1 FROM outbox WHERE " + std::string(kHeld)).Scalar<std::int64_t>()) {
    return;
  }
  Statement unhold(database, "UPDATE outbox SET parked = 0 WHERE " + std::string(kHeld));
  const auto free = [&unhold] { unhold.Run(); };
  writer_.Wait(writer_.Enqueue(free));
}

void Outbox::Start(Handler handler) {
  {
    const std::scoped_lock lock(mutex_);
    handler_ = std::move(handler);
    stopped_ = false;
  }
  // What is parked stands behind something that is not, and nothing is held yet.
  if (marker_ != nullptr && !due_.Query(base::TimePoint::max(), 1).Next()) {
    marker_->Lower();
    marked_ = false;
  }
  Wake();
}

void Outbox::Stop() {
  {
    const std::scoped_lock lock(mutex_);
    stopped_ = true;
    alarm_.Cancel();
  }
  changes_.NotifyAll();
  if (marker_ == nullptr || !marked_ || Count() > 0) return;
  // On the writer, which also adds: whoever adds once more raises it again.
  const auto lower = [this] {
    if (any_.Scalar<std::int64_t>().value_or(1) != 0) return;
    marker_->Lower();
    marked_ = false;
  };
  writer_.Enqueue(lower, Urgency::kLazy);
}

std::int64_t Outbox::Add(const NewEvent& event) {
  const std::int64_t id = next_id_++;
  Insert(id, event);
  return id;
}

void Outbox::Insert(std::int64_t id, const NewEvent& event) {
  if (marker_ != nullptr && !marked_) {
    marker_->Raise();  // before the commit that makes the work
    marked_ = true;
  }
  const auto key = event.key.empty() ? std::optional<std::string_view>() : std::optional(event.key);
  insert_.Run(id, event.kind, key, BytesView{event.payload}, clock_.Now(), event.due);
}

void Outbox::AddClaimed(const NewEvent& event, std::int64_t& id) {
  if (id == 0) {
    id = next_id_++;
    const std::scoped_lock lock(mutex_);
    claimed_.insert(id);
  }
  Insert(id, event);
}

bool Outbox::HasRoom() const {
  const std::scoped_lock lock(mutex_);
  return !stopped_ && claimed_.size() < max_in_flight_;
}

void Outbox::Wake() {
  const base::TimePoint now = clock_.Now();
  std::vector<std::int64_t> found;
  {
    const std::scoped_lock lock(mutex_);
    if (stopped_ || !handler_) return;
    // Each look steps over those in flight, so not for the sake of a few more. Who is done looks again.
    if (starved_ && in_flight_.size() > max_in_flight_ - max_in_flight_ / kShareToLook) return;
    // Those in flight are due as well: ask for as many more, and for one that tells that there are others.
    const std::size_t limit = max_in_flight_ + in_flight_.size() + claimed_.size() + 1;
    starved_ = false;
    for (auto rows = due_.Query(now, limit); rows.Next();) {
      if (in_flight_.contains(rows.Int64(0)) || claimed_.contains(rows.Int64(0))) continue;
      starved_ = in_flight_.size() >= max_in_flight_;
      if (starved_) break;
      in_flight_.insert(rows.Int64(0));
      found.push_back(rows.Int64(0));
    }
  }
  for (const std::int64_t id : found) Handle(id).Detach();
  auto next = next_due_.Query(now);
  if (next.Next() && !next.IsNull(0)) alarm_.SetAtMost(next.Time(0));
}

std::optional<OutboxEvent> Outbox::Read(std::int64_t id) const {
  auto rows = read_.Query(id);
  if (!rows.Next()) return std::nullopt;
  OutboxEvent event;
  event.id = id;
  event.kind = rows.Text(0);
  event.key = rows.Text(1);
  event.payload = rows.Blob(2).bytes;
  event.created = rows.Time(3);
  event.attempt = rows.Int64(4);
  event.due = rows.Time(5);
  return event;
}

runtime::Task<void> Outbox::Handle(std::int64_t id) {
  OutboxVerdict verdict = OutboxVerdict::RetryAt(clock_.Now() + kAfterFailure);
  Urgency urgency = Urgency::kLazy;
  try {
    std::optional<OutboxEvent> event = Read(id);
    if (!event) {
      Release(id);  // done between the look and now
      co_return;
    }
    if (!event->key.empty()) urgency = Urgency::kAwaited;  // by the next of its key
    runtime::Task<OutboxVerdict> handled = handler_(std::move(*event));
    verdict = co_await handled;
  } catch (const std::exception&) {
    // A handler must not throw; then the event comes again.
  }
  Settle({id, std::move(verdict), urgency});
}

void Outbox::Finish(std::int64_t id, OutboxVerdict verdict) {
  Settle({id, std::move(verdict), Urgency::kLazy});
}

bool Outbox::Append(Settlement settlement) {
  settled_.push_back(std::move(settlement));
  return !std::exchange(writing_, true);
}

void Outbox::Settle(Settlement settlement) {
  {
    const std::scoped_lock lock(mutex_);
    const OutboxVerdict& verdict = settlement.verdict;
    if (stopped_ && verdict.kind != OutboxVerdict::Kind::kDone && !verdict.payload) {
      // Broken off by the stop: nothing is new, and the loops that would write it end, too.
      in_flight_.erase(settlement.id);
      claimed_.erase(settlement.id);
      return;
    }
    if (settlement.verdict.kind == OutboxVerdict::Kind::kHold) {
      if (resumed_.erase(settlement.id) > 0) {
        settlement.verdict = OutboxVerdict::WaitUntil(clock_.Now());
      } else {
        held_.insert(settlement.id);
      }
    }
    if (!Append(std::move(settlement))) return;
  }
  WriteSettlements().Detach();
}

void Outbox::Resume(std::int64_t id) {
  {
    const std::scoped_lock lock(mutex_);
    if (stopped_) return;  // the next start holds none
    if (held_.erase(id) == 0) {
      resumed_.insert(id);
      return;
    }
    // Behind the row's own settlement, which may not be written yet.
    if (!Append({id, OutboxVerdict::WaitUntil(clock_.Now()), Urgency::kAwaited})) return;
  }
  WriteSettlements().Detach();
}

void Outbox::Release(std::int64_t id) {
  {
    const std::scoped_lock lock(mutex_);
    in_flight_.erase(id);
    claimed_.erase(id);
  }
  alarm_.SetAtMost(clock_.Now() + kAfterFailure);
  changes_.NotifyAll();
}

bool Outbox::Write(const Settlement& settlement) {
  const auto& [id, verdict, urgency] = settlement;
  if (verdict.kind == OutboxVerdict::Kind::kDone) {
    const auto key = erase_.Scalar<std::string>(id);
    return key && unpark_.Run(*key) > 0;
  }
  if (verdict.payload) replace_.Run(id, BytesView{*verdict.payload});
  if (verdict.kind == OutboxVerdict::Kind::kHold) {
    hold_.Run(id);
    return false;
  }
  postpone_.Run(id, verdict.due, verdict.kind == OutboxVerdict::Kind::kRetry ? 1 : 0);
  return true;
}

runtime::Task<void> Outbox::WriteSettlements() {
  for (;;) {
    std::vector<Settlement> batch;
    {
      const std::scoped_lock lock(mutex_);
      if (settled_.empty()) {
        writing_ = false;
        break;
      }
      batch.swap(settled_);
    }
    bool failed = false;
    bool look = false;
    try {
      const auto write = [this, &batch, &look] {
        for (const Settlement& settlement : batch) look |= Write(settlement);
      };
      const bool awaited = std::ranges::any_of(
          batch, [](const Settlement& settlement) { return settlement.urgency == Urgency::kAwaited; });
      const Ticket ticket =
          writer_.Enqueue(write, awaited ? Urgency::kAwaited : Urgency::kLazy, Room::kMakes);
      co_await writer_.Committed(ticket);
    } catch (const std::exception&) {
      failed = true;  // the rows are as they were: they are handled again
    }
    {
      const std::scoped_lock lock(mutex_);
      for (const Settlement& settlement : batch) {
        in_flight_.erase(settlement.id);
        claimed_.erase(settlement.id);
      }
      look |= starved_;
      failures_ += failed ? 1 : 0;
    }
    if (failed) {
      alarm_.SetAtMost(clock_.Now() + kAfterFailure);
    } else if (look) {
      Wake();
    }
    changes_.NotifyAll();
  }
}

bool Outbox::IsIdle() const {
  {
    const std::scoped_lock lock(mutex_);
    if (!in_flight_.empty() || !claimed_.empty()) return false;
  }
  return !due_.Query(clock_.Now(), 1).Next();
}

runtime::Task<bool> Outbox::Settled() {
  /// How often writing failed; nothing when nobody hands anything out.
  const auto failures = [this]() -> std::optional<std::uint64_t> {
    const std::scoped_lock lock(mutex_);
    return stopped_ || !handler_ ? std::nullopt : std::optional(failures_);
  };
  const auto before = failures();
  for (bool waited = false;; waited = true) {
    runtime::Signal::Subscription change(changes_);
    Wake();
    const auto now = failures();
    if (!now || now != before || IsIdle()) co_return waited;
    co_await change.Until(base::TimePoint::max(), nullptr);
  }
}

std::int64_t Outbox::Count() const { return count_.Scalar<std::int64_t>().value_or(0); }

}  // namespace cumulite::storage
