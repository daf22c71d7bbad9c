#pragma once
#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/task.h"
#include "services/sqs/message_content.h"
#include "services/sqs/pending_visibility.h"
#include "services/sqs/queue_attributes.h"
#include "services/sqs/queue_name.h"
#include "services/sqs/queue_state.h"
#include "services/storage/database.h"
#include "services/storage/writer.h"

namespace cumulite::storage {
class Cursor;
}

namespace cumulite::sqs {

using TagMap = std::map<std::string, std::string>;

/// A queue's own row with its attributes and tags; of its messages, the keys in use.
struct StoredQueue {
  std::int64_t number = 0;
  QueueName name;
  TimePoint created_at{};
  TimePoint modified_at{};
  MessageKey first_key = 0;  // rows below were purged
  MessageKey next_key = 0;   // keys from here on were never given out
  AttributeMap attributes;
  TagMap tags;
};

/// One StartMessageMoveTask.
struct MoveTask {
  enum class Status : std::uint8_t { kRunning, kCompleted, kCancelled, kFailed };

  std::string id;
  std::string source_arn;
  std::string destination_arn;  // empty: each message's own source
  std::optional<std::int32_t> messages_per_second;
  TimePoint started_at{};
  Status status = Status::kRunning;
  std::int64_t moved = 0;
  std::int64_t to_move = 0;
  std::string failure;  // why it failed
};

/// A message that was sent, on its way into the journal.
struct SentMessage {
  Sent sent;
  std::shared_ptr<const MessageContent> content;
};

/// The durable copy of every queue: each message's row is journal and snapshot at once.
///
/// Journal* functions queue a write and return at once; call them while the queue is locked, so that the
/// journal replays in the order in which the changes happened. Await Committed where a promise is given.
/// Thread: Journal* and Load* from any.
class QueueStore {
 public:
  QueueStore(storage::Database& database, storage::Writer& writer);
  ~QueueStore();
  QueueStore(const QueueStore&) = delete;
  QueueStore& operator=(const QueueStore&) = delete;

  // At start: the queues without their messages, in time that does not depend on the messages.
  std::vector<StoredQueue> LoadQueues();
  std::vector<MoveTask> LoadMoveTasks();
  /// One queue as it stands; nullopt if there is none of that number.
  std::optional<StoredQueue> LoadQueue(std::int64_t number);
  /// Removes, a few at a time in the background, rows of queues that are gone or were purged. Gives the
  /// highest number of a queue that has rows: it must not be used again while they are there.
  std::int64_t SweepLeftovers(const std::vector<StoredQueue>& queues);

  /// A queue's messages by growing key; bodies are not read. Blocks: run it on a worker.
  void LoadMessages(MessageKey first, MessageKey end, const std::function<void(const StoredMessage&)>& visit);
  /// What the deduplication of a FIFO queue remembers since that time.
  struct RecentSend {
    std::string_view group;
    std::string_view deduplication_id;
    Deduplication::Entry entry;
  };
  void LoadRecentSends(MessageKey first, MessageKey end, TimePoint since,
                       const std::function<void(const RecentSend&)>& visit);

  storage::Ticket JournalCreate(StoredQueue queue);
  storage::Ticket JournalDeleteQueue(std::int64_t number);
  storage::Ticket JournalAttributes(std::int64_t number, AttributeMap attributes, TimePoint modified_at);
  storage::Ticket JournalTags(std::int64_t number, TagMap tags);
  /// Everything below `first_key` is gone at once; its rows follow in the background.
  storage::Ticket JournalPurge(std::int64_t number, MessageKey first_key);

  /// `reserve`: from where on keys are free now, when the sends passed the queue's last reservation.
  storage::Ticket JournalSend(std::vector<SentMessage> messages, std::optional<MessageKey> reserve);
  /// Sends to several queues that are written together.
  class OpenSends;
  struct JointSends {
    std::shared_ptr<OpenSends> open;
    storage::Ticket ticket;  // of the write that the latest send joined
  };
  /// Adds a send to those of `joint`, or to the next write of them where the writer has the last already.
  /// True when it did: then `joint` has another ticket.
  bool JournalSend(JointSends& joint, SentMessage message, std::optional<MessageKey> reserve);
  /// Not awaited, and written some milliseconds later: losing it redelivers, which SQS allows. `repeated`:
  /// the rows may have been written before though the count is 1.
  void JournalReceive(const std::vector<VisibilityRow>& rows, bool repeated);
  storage::Ticket JournalVisibility(const std::vector<VisibilityRow>& rows);
  /// The delay of a FIFO queue is another now: counts for what is delayed still, keys from `first` on.
  storage::Ticket JournalDelay(MessageKey first, MessageKey end, TimePoint now, std::chrono::seconds delay);
  storage::Ticket JournalDelete(const std::vector<MessageKey>& keys);
  /// A message gets a new key in another queue. `source_arn`: recorded unless empty; `id`: as it is now.
  struct Move {
    MessageKey from;
    Sent to;
    Departure message;
    std::string source_arn;
    std::string deduplication_id;  // replaces its own unless empty
  };
  storage::Ticket JournalMove(Move move, std::optional<MessageKey> reserve);
  storage::Ticket JournalMoveTask(MoveTask task);
  storage::Ticket JournalForgetMoveTask(std::string id);

  /// The content of a message, if there is one (any more), then those of the next few: they lie on the same
  /// page and are mostly received next. Reads this thread's connection.
  void ReadContents(
      MessageKey first,
      const std::function<void(MessageKey, std::shared_ptr<const MessageContent>)>& visit) const;

  storage::CommitAwaiter Committed(const storage::Ticket& ticket) { return writer_.Committed(ticket); }
  /// Committed when everything journalled before is but for the receives that wait for company: for an
  /// answer that rests on somebody else's write.
  storage::Ticket Fence();
  /// The same, receives too.
  storage::Ticket Barrier();
  /// Call it before a change that is to be journalled. Errors: storage::QueueFull.
  void RequireRoom() const { writer_.RequireRoom(); }

  storage::Database& database() { return database_; }

 private:
  class Statements;

  StoredQueue ReadQueue(const storage::Cursor& row);

  void Sweep(MessageKey first, MessageKey end);
  template <class Take>
  class VisibilityWrite;
  void QueueVisibilityWrite();

  storage::Database& database_;
  storage::Writer& writer_;
  PendingVisibility pending_;
  std::atomic<bool> visibility_write_queued_{false};
  std::unique_ptr<Statements> sql_;
};

}  // namespace cumulite::sqs
