#include "services/sqs/queue.h"

#include <algorithm>
#include <utility>

#include "services/sqs/errors.h"

namespace cumulite::sqs {
namespace {

/// Keys are reserved in the database by blocks, so that none is given out twice although rows of deleted
/// messages are gone after a restart. A block costs one small update for that many sends.
constexpr MessageKey kReservation = 4'096;
constexpr std::size_t kExpiredPerJob = 128;

std::shared_ptr<const Queue::Description> Describe(const StoredQueue& stored) {
  return std::make_shared<const Queue::Description>(
      Queue::Description{QueueAttributes::FromStored(TypeOfName(stored.name.name), stored.attributes),
                         stored.tags, stored.modified_at});
}

}  // namespace

std::shared_ptr<Queue> Queue::Create(const StoredQueue& stored, QueueStore& store, const base::Clock& clock) {
  std::shared_ptr<Queue> queue(new Queue(stored, store, clock));
  queue->alarm_ = std::make_unique<runtime::Alarm>([weak = queue->weak_from_this()] {
    if (const auto ringing = weak.lock()) ringing->Ring();
  });
  return queue;
}

Queue::Queue(const StoredQueue& stored, QueueStore& store, const base::Clock& clock)
    : number_(stored.number),
      name_(stored.name),
      arn_(stored.name.Arn()),
      created_at_(stored.created_at),
      store_(store),
      clock_(clock),
      description_(Describe(stored)),
      first_key_(stored.first_key),
      reserved_(stored.next_key) {}

std::shared_ptr<const Queue::Description> Queue::description() const {
  const std::scoped_lock lock(mutex_);
  return description_;
}

storage::Ticket Queue::Change(const std::function<storage::Ticket(Description&)>& change) {
  const Access access(*this);
  store_.RequireRoom();
  Description changed = *description_;
  storage::Ticket ticket = change(changed);
  const TimePoint now = clock_.Now();
  const QueueRules rules = changed.attributes.rules();
  const bool delays_move = fifo() && rules.delay != description_->attributes.rules().delay;
  if (const auto first = delays_move ? state_->FirstDelayed(now) : std::nullopt) {
    ticket = store_.JournalDelay(*first, FirstKeyOf(number_ + 1), now, rules.delay);
  }
  description_ = std::make_shared<const Description>(std::move(changed));
  state_->SetRules(rules, now);
  return ticket;
}

void Queue::Restore(const StoredQueue& stored) {
  const std::scoped_lock lock(mutex_);
  if (!state_) RestoreLocked(stored);
}

void Queue::RestoreLocked(const StoredQueue& stored) {
  description_ = Describe(stored);
  first_key_ = stored.first_key;
}

storage::Ticket Queue::Delete(const std::function<storage::Ticket()>& journal) {
  storage::Ticket ticket;
  {
    const std::scoped_lock lock(mutex_);
    if (deleted_) throw QueueDoesNotExist();
    ticket = journal();
    deleted_ = true;
    state_.reset();
  }
  alarm_->Cancel();
  arrivals_.NotifyAll();
  loads_.NotifyAll();
  return ticket;
}

std::optional<MessageKey> Queue::ReserveBeyond(const QueueState& state) {
  if (state.next_key() <= reserved_) return std::nullopt;
  reserved_ = state.next_key() + kReservation;
  return reserved_;
}

MessageKey Queue::Purge(QueueState& state, TimePoint now) {
  state.Purge();
  purged_at_ = now;
  first_key_ = state.next_key();
  reserved_ = std::max(reserved_, first_key_);
  return first_key_;
}

std::optional<TimePoint> Queue::purged_at() const {
  const std::scoped_lock lock(mutex_);
  return purged_at_;
}

bool Queue::loaded() const {
  const std::scoped_lock lock(mutex_);
  if (deleted_) throw QueueDoesNotExist();
  return state_ != nullptr;
}

bool Queue::ready() const {
  const std::scoped_lock lock(mutex_);
  return !deleted_ && state_ != nullptr;
}

bool Queue::BeginLoading() {
  const std::scoped_lock lock(mutex_);
  if (loading_ || state_) return false;
  return loading_ = true;
}

void Queue::FinishLoading(const StoredQueue& stored, std::unique_ptr<QueueState> state) {
  {
    const std::scoped_lock lock(mutex_);
    loading_ = false;
    RestoreLocked(stored);
    if (!deleted_) state_ = std::move(state);
  }
  loads_.NotifyAll();
}

void Queue::FinishLoading(std::unique_ptr<QueueState> state) {
  {
    const std::scoped_lock lock(mutex_);
    loading_ = false;
    if (!deleted_) state_ = std::move(state);
  }
  loads_.NotifyAll();
}

std::pair<MessageKey, MessageKey> Queue::StoredKeys() const {
  const std::scoped_lock lock(mutex_);
  return {first_key_, reserved_};
}

bool Queue::Discard() {
  const std::scoped_lock lock(mutex_);
  return std::exchange(state_, nullptr) != nullptr;
}

void Queue::Rest() { alarm_->Cancel(); }

void Queue::Ring() {
  {
    const std::scoped_lock lock(mutex_);
    alarm_at_ = TimePoint::max();
  }
  try {
    const Access access(*this);
    state_->Advance(clock_.Now());
  } catch (const AwsError&) {
    // Deleted, or to be loaded anew.
  }
}

void Queue::JournalExpired() {
  const std::vector<MessageKey> expired = state_->TakeExpired();
  try {
    // A few at a time, since a backlog may expire all at once and others want to write, too.
    for (std::size_t i = 0; i < expired.size(); i += kExpiredPerJob) {
      const auto begin = expired.begin() + static_cast<std::ptrdiff_t>(i);
      const auto end = begin + static_cast<std::ptrdiff_t>(std::min(kExpiredPerJob, expired.size() - i));
      store_.JournalDelete({begin, end});
    }
  } catch (const std::exception&) {
    // The rows stay for now; they are too old to be loaded again.
  }
}

TimePoint Queue::NextEvent() const {
  TimePoint next = state_->NextExpiry().value_or(TimePoint::max());
  // Messages that become visible matter to those who wait only: everybody else looks anyway.
  if (arrivals_.waiting() > 0) next = std::min(next, state_->NextVisible().value_or(TimePoint::max()));
  return next;
}

Queue::Access::Access(Queue& queue) : queue_(queue), lock_(queue.mutex_) {
  if (queue_.deleted_) throw QueueDoesNotExist();
  if (!queue_.state_) {
    throw AwsError(protocol::kServiceUnavailable, "The queue is being loaded again after a failed write.");
  }
  receivable_before_ = queue_.state_->Receivable();
}

Queue::Access::~Access() {
  if (spoilt_) {
    queue_.state_.reset();
    return;
  }
  queue_.JournalExpired();
  const std::size_t receivable = queue_.state_->Receivable();
  const TimePoint next = queue_.NextEvent();
  const bool ring_earlier = next < queue_.alarm_at_;
  if (ring_earlier) queue_.alarm_at_ = next;
  lock_.unlock();
  if (ring_earlier) queue_.alarm_->SetAtMost(next);
  if (receivable > receivable_before_) queue_.arrivals_.Notify(receivable - receivable_before_);
}

}  // namespace cumulite::sqs
