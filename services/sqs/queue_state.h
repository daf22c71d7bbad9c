#pragma once
#include <array>
#include <boost/intrusive/set.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "services/sqs/deduplication.h"
#include "services/sqs/fifo_groups.h"
#include "services/sqs/message.h"
#include "services/sqs/queue_rules.h"
#include "services/sqs/receipt_handle.h"
#include "services/sqs/receive_attempts.h"

namespace cumulite::sqs {

/// A message on its way into a queue.
struct NewMessage {
  MessageId id;
  std::chrono::seconds delay{0};
  std::string_view group;             // of a FIFO queue
  std::string_view deduplication_id;  // of a FIFO queue
};

/// What a send became.
struct Sent {
  MessageKey key;
  MessageId id;
  TimePoint sent_at;
  TimePoint visible_at;
  bool duplicate;  // of the earlier send whose key and id these are; nothing was added
};

/// One message as a receive hands it out.
struct Delivery {
  ReceiptHandle handle;
  MessageId id;
  TimePoint first_received_at;
  TimePoint visible_at;
};

/// A message as it leaves one queue for another.
struct Departure {
  MessageKey key;
  MessageId id;
  TimePoint sent_at;
  TimePoint first_received_at;
  std::uint32_t receive_count;
  std::string group;
};

struct ReceiveOptions {
  std::size_t max_messages = 1;
  std::chrono::seconds visibility_timeout{30};
  /// Messages received that often go to the dead-letter queue; none do without it.
  std::optional<std::uint32_t> max_receive_count;
  std::string_view attempt_id;  // of a FIFO queue
};

struct Received {
  static constexpr std::size_t kMaxDead = 100;

  enum class Problem : std::uint8_t { kNone, kInFlightLimit, kAttemptNotRetryable };

  std::vector<Delivery> deliveries;
  std::vector<Departure> dead;  // taken out: they belong to the dead-letter queue now; kMaxDead at most
  bool repeated = false;        // by a ReceiveRequestAttemptId: the deliveries were made before
  Problem problem = Problem::kNone;
};

/// One row of a queue's durable copy.
struct StoredMessage {
  MessageKey key;
  MessageId id;
  TimePoint sent_at;
  TimePoint visible_at;
  TimePoint first_received_at;
  std::uint32_t receive_count;
  std::string_view group;
};

/// The rules of one queue: which message is visible to whom and when. Pure: no storage, no clock, no waiting.
///
/// Every function takes the time and first lets happen what was due by then. All of them cost O(log n) or
/// less of the backlog; the counters cost nothing.
/// Thread: whoever holds the queue's mutex.
/// Source: SQS Developer Guide "Amazon SQS visibility timeout", "FIFO queue delivery logic", "Using
/// dead-letter queues in Amazon SQS".
class QueueState {
 public:
  /// `next_key`: of the next message; lower ones are taken.
  QueueState(const QueueRules& rules, MessageKey next_key) : rules_(rules), next_key_(next_key) {}
  QueueState(const QueueState&) = delete;
  QueueState& operator=(const QueueState&) = delete;
  ~QueueState();

  /// Ends delays and visibility timeouts and drops what outlived its retention. Returns how many messages
  /// became visible.
  std::size_t Advance(TimePoint now);

  Sent Send(const NewMessage& message, TimePoint now);

  Received Receive(const ReceiveOptions& options, TimePoint now);

  enum class Deletion : std::uint8_t { kDeleted, kGone, kHandleExpired };
  /// A handle of any receive deletes from a standard queue; a FIFO queue wants the newest, before its
  /// timeout.
  Deletion Delete(const ReceiptHandle& handle, TimePoint now);

  enum class Change : std::uint8_t { kChanged, kNotAvailable, kBeyondLimit };
  /// Hides the message for `timeout` from now, 12 h from its receive at most; 0 makes it visible.
  Change ChangeVisibility(const ReceiptHandle& handle, std::chrono::seconds timeout, TimePoint now);

  /// The message that would be received next, for a move to another queue; it stays where it is.
  std::optional<Departure> NextDeparture(TimePoint now);
  /// Takes that message out; false if it is not visible any more.
  bool Depart(const Departure& message, TimePoint now);
  /// Adds a message that comes from another queue, with a key of this one.
  Sent Arrive(const Departure& message, TimePoint now);

  /// Drops every message, and what FIFO queues remember of sends and receives.
  void Purge();

  /// Changed attributes. A new delay moves what is delayed in a FIFO queue only, and a new scope of
  /// deduplication counts a minute later, as in AWS.
  void SetRules(const QueueRules& rules, TimePoint now);

  /// Messages at that place, as of the last time given.
  std::size_t Count(Place place) const { return counts_[static_cast<std::size_t>(place)]; }

  /// How many receives could be answered: visible messages, or unlocked groups of a FIFO queue.
  std::size_t Receivable() const { return fifo() ? groups_.ready_count() : line_.size() + returned_.size(); }

  /// The lowest key of a delayed message.
  std::optional<MessageKey> FirstDelayed(TimePoint now);

  /// When the next hidden message becomes visible.
  std::optional<TimePoint> NextVisible() const;
  /// When the oldest message outlives its retention.
  std::optional<TimePoint> NextExpiry() const;

  /// The keys of the messages that were dropped for their age since the last call.
  std::vector<MessageKey> TakeExpired() { return std::exchange(expired_, {}); }
  /// The key that the next message gets.
  MessageKey next_key() const { return next_key_; }

  /// The message of a handle, or null.
  const Message* Find(const ReceiptHandle& handle) const {
    return const_cast<QueueState*>(this)->Lookup(handle);  // which changes nothing itself
  }
  /// Calls `visit(const Message&)` for messages, oldest first, until it returns false.
  template <class F>
  void ForEach(F&& visit) const {
    for (const Message& message : by_age_) {
      if (!visit(message)) return;
    }
  }

  /// Rebuilds the state from its durable copy; by growing key, before anything else.
  void Restore(const StoredMessage& stored, TimePoint now);
  void RestoreSend(std::string_view group, std::string_view deduplication_id,
                   const Deduplication::Entry& entry);

 private:
  struct Older {
    bool operator()(const Message& a, const Message& b) const {
      return a.sent_at != b.sent_at ? a.sent_at < b.sent_at : a.key < b.key;
    }
  };
  struct VisibleEarlier {
    bool operator()(const Message& a, const Message& b) const {
      return a.visible_at != b.visible_at ? a.visible_at < b.visible_at : a.key < b.key;
    }
  };
  using ByAge = boost::intrusive::set<Message, boost::intrusive::compare<Older>,
                                      boost::intrusive::base_hook<detail::TreeHook<detail::ByAgeTag>>>;
  using Hidden = boost::intrusive::set<Message, boost::intrusive::compare<VisibleEarlier>,
                                       boost::intrusive::base_hook<detail::TreeHook<detail::HiddenTag>>>;

  // A visible message is not hidden: its hook is free.
  using Returned = boost::intrusive::set<Message, boost::intrusive::compare<Older>,
                                         boost::intrusive::base_hook<detail::TreeHook<detail::HiddenTag>>>;

  bool fifo() const { return rules_.type == QueueType::kFifo; }
  std::string ScopedId(std::string_view group, std::string_view deduplication_id,
                       DeduplicationScope scope) const;
  DeduplicationScope Scope(TimePoint now) const;

  Message* Lookup(const ReceiptHandle& handle);
  Message& Add(Message* message, std::string_view group);
  void Remove(Message& message);
  /// Moves a message to `place`; hidden ones until its visible_at.
  void Put(Message& message, Place place);
  void Link(Message& message);
  void Unlink(Message& message);

  /// Puts a visible message of a standard queue in its place, or takes it out.
  void StandInLine(Message& message);
  void LeaveLine(Message& message);

  void SelectVisible(const ReceiveOptions& options, std::size_t limit, std::vector<Message*>& taken,
                     std::vector<Message*>& dead);
  void SelectFromLine(const ReceiveOptions& options, std::size_t limit, std::vector<Message*>& taken,
                      std::vector<Message*>& dead);
  void SelectFromGroups(const ReceiveOptions& options, std::size_t limit, std::vector<Message*>& taken,
                        std::vector<Message*>& dead);
  /// The messages of an attempt that is repeated, or nullopt if it must be refused.
  std::optional<std::vector<Delivery>> Repeat(ReceiveAttempts::Attempt& attempt, std::chrono::seconds timeout,
                                              TimePoint now);
  Delivery Deliver(Message& message, std::chrono::seconds timeout, TimePoint now);
  static Departure Describe(const Message& message);

  QueueRules rules_;
  MessageKey next_key_;
  TimePoint scope_changes_at_{};  // until then previous_scope_ counts
  DeduplicationScope previous_scope_ = DeduplicationScope::kQueue;

  ByAge by_age_;   // every message; owns them
  Hidden hidden_;  // those delayed and in flight
  // The visible ones of a standard queue: those never received, first that became visible first, and those
  // received before, which keep their place by their sending time (recorded from AWS).
  MessageLine line_;
  Returned returned_;
  FifoGroups groups_;
  Deduplication deduplication_;
  ReceiveAttempts attempts_;
  std::array<std::size_t, 3> counts_{};
  std::vector<MessageKey> expired_;
};

}  // namespace cumulite::sqs
