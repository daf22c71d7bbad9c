#pragma once
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "protocol/error.h"
#include "runtime/alarm.h"
#include "runtime/signal.h"
#include "services/sqs/queue_attributes.h"
#include "services/sqs/queue_name.h"
#include "services/sqs/queue_state.h"
#include "services/sqs/queue_store.h"

namespace cumulite::sqs {

/// One queue: its state behind a mutex, who waits for messages, and the alarm for what time alone changes.
///
/// The state is loaded when the queue is first used (SqsService::Open), and dropped when a write failed, to
/// be loaded again from what the database really holds.
/// Thread: any.
class Queue : public std::enable_shared_from_this<Queue> {
 public:
  /// What describes the queue: replaced as a whole, so that whoever got it may keep it.
  struct Description {
    QueueAttributes attributes;
    TagMap tags;
    TimePoint modified_at{};
  };

  /// A queue whose state is not loaded yet.
  static std::shared_ptr<Queue> Create(const StoredQueue& stored, QueueStore& store,
                                       const base::Clock& clock);

  std::int64_t number() const { return number_; }
  const QueueName& name() const { return name_; }
  const std::string& arn() const { return arn_; }
  TimePoint created_at() const { return created_at_; }
  bool fifo() const { return TypeOfName(name_.name) == QueueType::kFifo; }
  std::shared_ptr<const Description> description() const;

  /// Runs `use(QueueState&)` with the queue locked: short, no I/O, no second lock. Journal inside it; wakes
  /// whom the change concerns.
  /// Errors: QueueDoesNotExist once it was deleted; ServiceUnavailable when its state is not loaded; the
  /// AwsErrors of `use`, thrown before anything changed; what the store throws (see Explain). After any
  /// failure but an AwsError the state is loaded anew.
  template <class Use>
  decltype(auto) With(Use&& use) {
    Access access(*this);
    store_.RequireRoom();
    try {
      return use(*state_);
    } catch (const protocol::AwsError&) {
      throw;  // thrown before anything changed
    } catch (...) {
      access.Spoil();
      throw;
    }
  }

  /// Changes the description: `change` edits a copy and journals it; the copy counts once it returns.
  storage::Ticket Change(const std::function<storage::Ticket(Description&)>& change);
  /// Takes a change back whose write failed, until the queue is loaded anew; nothing if that has happened.
  void Restore(const StoredQueue& stored);

  /// Deletes the queue: `journal` runs under the lock; then every waiter is woken.
  storage::Ticket Delete(const std::function<storage::Ticket()>& journal);

  /// Call inside With after sends: the reservation of keys to journal along with them, if they passed the
  /// old one.
  std::optional<MessageKey> ReserveBeyond(const QueueState& state);
  /// Call inside With: empties the queue; the keys of all that was in it lie below what it returns.
  MessageKey Purge(QueueState& state, TimePoint now);
  std::optional<TimePoint> purged_at() const;

  /// Long polls wait here.
  runtime::Signal& arrivals() { return arrivals_; }

  /// Errors: QueueDoesNotExist.
  bool loaded() const;
  /// The same, and false for a queue that was deleted.
  bool ready() const;
  /// True for the one caller that is to load the state and then calls FinishLoading.
  bool BeginLoading();
  /// What was loaded: the queue is then as the database has it.
  void FinishLoading(const StoredQueue& stored, std::unique_ptr<QueueState> state);
  /// Null when loading failed; else the state of a new queue.
  void FinishLoading(std::unique_ptr<QueueState> state);
  /// Who waits for another caller's loading.
  runtime::Signal& loads() { return loads_; }
  /// The keys that the database may hold of this queue.
  std::pair<MessageKey, MessageKey> StoredKeys() const;
  /// Drops the state after a failed write; false if it was dropped before.
  bool Discard();
  /// Sets no alarm any more: the server stops.
  void Rest();

 private:
  /// Holds the lock; on its end does what the change calls for.
  class Access {
   public:
    explicit Access(Queue& queue);
    Access(const Access&) = delete;
    Access& operator=(const Access&) = delete;
    ~Access();
    void Spoil() { spoilt_ = true; }

   private:
    Queue& queue_;
    std::unique_lock<std::mutex> lock_;
    std::size_t receivable_before_ = 0;
    bool spoilt_ = false;
  };

  Queue(const StoredQueue& stored, QueueStore& store, const base::Clock& clock);
  void RestoreLocked(const StoredQueue& stored);
  void Ring();
  void JournalExpired();
  /// When the alarm must ring, as far as is known now.
  TimePoint NextEvent() const;

  const std::int64_t number_;
  const QueueName name_;
  const std::string arn_;
  const TimePoint created_at_;
  QueueStore& store_;
  const base::Clock& clock_;

  mutable std::mutex mutex_;
  std::unique_ptr<QueueState> state_;  // null: not loaded
  std::shared_ptr<const Description> description_;
  MessageKey first_key_;
  MessageKey reserved_;
  TimePoint alarm_at_ = TimePoint::max();
  std::optional<TimePoint> purged_at_;
  bool loading_ = false;
  bool deleted_ = false;

  runtime::Signal arrivals_;
  runtime::Signal loads_;
  std::unique_ptr<runtime::Alarm> alarm_;
};

}  // namespace cumulite::sqs
