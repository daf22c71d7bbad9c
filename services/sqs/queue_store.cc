#include "services/sqs/queue_store.h"

#include <algorithm>
#include <array>
#include <mutex>
#include <stdexcept>

#include "base/coarse_clock.h"
#include "services/storage/statement.h"

namespace cumulite::sqs {
namespace {
using storage::BytesView;
using storage::ReadStatement;
using storage::Room;
using storage::Statement;
using storage::Ticket;
using storage::Urgency;

// A message's key is (queue's number << 40) + its place in the queue, so the rows of a queue lie together,
// sends append, and no second index has to be kept. The body stands last: what loads a queue stops before it.
constexpr std::array<storage::Migration, 1> kMigrations{{
    {1,
     "CREATE TABLE queue (number INTEGER PRIMARY KEY, account TEXT NOT NULL, region TEXT NOT NULL,"
     " name TEXT NOT NULL, created_ms INTEGER NOT NULL, modified_ms INTEGER NOT NULL,"
     " first_key INTEGER NOT NULL, next_key INTEGER NOT NULL, UNIQUE (account, region, name)) STRICT;"
     "CREATE TABLE queue_attribute (queue INTEGER NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,"
     " PRIMARY KEY (queue, name)) STRICT, WITHOUT ROWID;"
     "CREATE TABLE queue_tag (queue INTEGER NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,"
     " PRIMARY KEY (queue, name)) STRICT, WITHOUT ROWID;"
     "CREATE TABLE message (key INTEGER PRIMARY KEY, visible_ms INTEGER NOT NULL,"
     " receive_count INTEGER NOT NULL, first_received_ms INTEGER NOT NULL, sent_ms INTEGER NOT NULL,"
     " id BLOB NOT NULL, group_id TEXT, deduplication_id TEXT, sender_id TEXT NOT NULL, trace_header TEXT,"
     " source_arn TEXT, body_md5 BLOB NOT NULL, attributes BLOB, body TEXT NOT NULL) STRICT;"
     // Apart from the messages, since it changes more often than they do and its rows are small.
     "CREATE TABLE visibility (key INTEGER PRIMARY KEY, visible_ms INTEGER NOT NULL,"
     " receive_count INTEGER NOT NULL, first_received_ms INTEGER NOT NULL) STRICT;"
     "CREATE TABLE recent_send (key INTEGER PRIMARY KEY, sent_ms INTEGER NOT NULL, id BLOB NOT NULL,"
     " group_id TEXT NOT NULL, deduplication_id TEXT NOT NULL) STRICT;"
     "CREATE TABLE move_task (id TEXT PRIMARY KEY, source_arn TEXT NOT NULL, destination_arn TEXT NOT NULL,"
     " messages_per_second INTEGER, started_ms INTEGER NOT NULL, status INTEGER NOT NULL,"
     " moved INTEGER NOT NULL, to_move INTEGER NOT NULL, failure TEXT NOT NULL) STRICT, WITHOUT ROWID;"},
}};  // append only: a released migration is never edited

/// How long a receive waits to be journalled; most consumers have deleted the message by then.
constexpr std::chrono::milliseconds kVisibilityDelay{50};
/// What is read along with a message: about what lies on the same page of the database.
constexpr MessageKey kReadAheadMessages = 16;
constexpr std::size_t kReadAheadBytes = 8'192;
/// Rows that one background job removes: a few milliseconds of the writer's time.
constexpr std::int64_t kSweepRows = 2'000;

constexpr std::size_t kIdBytes = 16;

/// Empty text is stored as NULL, which costs a byte less and says "none".
std::optional<std::string_view> OrNull(std::string_view text) {
  if (text.empty()) return std::nullopt;
  return text;
}

std::optional<BytesView> BytesOrNull(std::string_view bytes) {
  if (bytes.empty()) return std::nullopt;
  return BytesView{bytes};
}

}  // namespace

/// Every statement, prepared when first run. The Statements are the writer thread's.
class QueueStore::Statements {
 public:
  explicit Statements(storage::Database& database) : db_(database) {}

  void Insert(const SentMessage& message) {
    const auto& [sent, content] = message;
    const MessageContent& c = *content;
    insert_message_.Run(sent.key, sent.visible_at, 0, 0, sent.sent_at, BytesView{sent.id.bytes()},
                        OrNull(c.group), OrNull(c.deduplication_id), c.sender_id, OrNull(c.trace_header),
                        OrNull(c.source_arn), BytesView{{c.body_md5.data(), c.body_md5.size()}},
                        BytesOrNull(c.attributes), c.body);
  }
  void InsertRecentSend(const SentMessage& message) {
    insert_recent_.Run(message.sent.key, message.sent.sent_at, BytesView{message.sent.id.bytes()},
                       message.content->group, message.content->deduplication_id);
  }
  /// What deduplication does not ask for any more, now and then along with a send.
  void ForgetSendsBefore(const Sent& sent) {
    forget_sends_.Run(FirstKeyOf(QueueNumberOf(sent.key)), sent.key, sent.sent_at - Deduplication::kWindow);
  }
  /// Removes some rows that no queue has any more; false once there are none in that range.
  bool Sweep(MessageKey first, MessageKey end) {
    const auto first_key = first_key_of_queue_.Scalar<std::int64_t>(QueueNumberOf(first));
    const MessageKey garbage_end = std::min(end, first_key.value_or(end));
    const std::int64_t messages = sweep_messages_.Run(first, garbage_end, kSweepRows);
    const std::int64_t sends = sweep_sends_.Run(first, garbage_end, kSweepRows);
    const std::int64_t visibility = sweep_visibility_.Run(first, garbage_end, kSweepRows);
    return messages == kSweepRows || sends == kSweepRows || visibility == kSweepRows;
  }
  void Write(const std::vector<VisibilityRow>& rows) {
    for (const VisibilityRow& row : rows) {
      put_visibility_.Run(row.key, row.visible_at, row.receive_count, row.first_received_at);
    }
  }
  void Reserve(MessageKey next_key) { reserve_.Run(QueueNumberOf(next_key), next_key); }

  void ReplaceAttributes(std::int64_t number, const AttributeMap& attributes) {
    delete_attributes_.Run(number);
    for (const auto& [name, value] : attributes) insert_attribute_.Run(number, name, value);
  }
  void ReplaceTags(std::int64_t number, const TagMap& tags) {
    delete_tags_.Run(number);
    for (const auto& [name, value] : tags) insert_tag_.Run(number, name, value);
  }

 private:
  friend class QueueStore;
  storage::Database& db_;

  std::mutex open_mutex_;          // guards the next two, and what open_ holds
  std::weak_ptr<OpenSends> open_;  // that others may join
  storage::Ticket open_ticket_;

  Statement insert_message_{db_,
                            "INSERT INTO message VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14)"};
  Statement insert_recent_{db_, "INSERT INTO recent_send VALUES (?1, ?2, ?3, ?4, ?5)"};
  Statement put_visibility_{db_, "INSERT OR REPLACE INTO visibility VALUES (?1, ?2, ?3, ?4)"};
  Statement delete_visibility_{db_, "DELETE FROM visibility WHERE key = ?1"};
  Statement delete_message_{db_, "DELETE FROM message WHERE key = ?1"};
  Statement move_message_{db_,
                          "UPDATE message SET key = ?2, id = ?3, sent_ms = ?4, visible_ms = ?5,"
                          " receive_count = ?6, first_received_ms = ?7, source_arn = ?8,"
                          " deduplication_id = coalesce(?9, deduplication_id) WHERE key = ?1"};
  Statement delay_{
      db_, "UPDATE message SET visible_ms = sent_ms + ?4 WHERE key >= ?1 AND key < ?2 AND visible_ms > ?3"};
  Statement reserve_{db_, "UPDATE queue SET next_key = ?2 WHERE number = ?1"};

  Statement insert_queue_{db_, "INSERT INTO queue VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"};
  Statement delete_queue_{db_, "DELETE FROM queue WHERE number = ?1"};
  Statement purge_queue_{db_,
                         "UPDATE queue SET first_key = ?2, next_key = max(next_key, ?2) WHERE number = ?1"};
  Statement modify_queue_{db_, "UPDATE queue SET modified_ms = ?2 WHERE number = ?1"};
  Statement delete_attributes_{db_, "DELETE FROM queue_attribute WHERE queue = ?1"};
  Statement insert_attribute_{db_, "INSERT INTO queue_attribute VALUES (?1, ?2, ?3)"};
  Statement delete_tags_{db_, "DELETE FROM queue_tag WHERE queue = ?1"};
  Statement insert_tag_{db_, "INSERT INTO queue_tag VALUES (?1, ?2, ?3)"};
  Statement put_move_task_{db_,
                           "INSERT INTO move_task VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
                           " ON CONFLICT (id) DO UPDATE SET status = ?6, moved = ?7, failure = ?9"};
  Statement forget_move_task_{db_, "DELETE FROM move_task WHERE id = ?1"};
  Statement forget_sends_{
      db_,
      "DELETE FROM recent_send WHERE key >= ?1 AND key < coalesce((SELECT key FROM recent_send"
      " WHERE key >= ?1 AND key < ?2 AND sent_ms > ?3 ORDER BY key LIMIT 1), ?2)"};
  Statement first_key_of_queue_{db_, "SELECT first_key FROM queue WHERE number = ?1"};
  Statement sweep_messages_{db_,
                            "DELETE FROM message WHERE key IN (SELECT key FROM message"
                            " WHERE key >= ?1 AND key < ?2 ORDER BY key LIMIT ?3)"};
  Statement sweep_sends_{db_,
                         "DELETE FROM recent_send WHERE key IN (SELECT key FROM recent_send"
                         " WHERE key >= ?1 AND key < ?2 ORDER BY key LIMIT ?3)"};
  Statement sweep_visibility_{db_,
                              "DELETE FROM visibility WHERE key IN (SELECT key FROM visibility"
                              " WHERE key >= ?1 AND key < ?2 ORDER BY key LIMIT ?3)"};

  const ReadStatement all_queues_{db_,
                                  "SELECT number, account, region, name, created_ms, modified_ms, first_key,"
                                  " next_key FROM queue ORDER BY number"};
  const ReadStatement one_queue_{db_,
                                 "SELECT number, account, region, name, created_ms, modified_ms, first_key,"
                                 " next_key FROM queue WHERE number = ?1"};
  const ReadStatement attributes_{db_, "SELECT name, value FROM queue_attribute WHERE queue = ?1"};
  const ReadStatement tags_{db_, "SELECT name, value FROM queue_tag WHERE queue = ?1"};
  const ReadStatement move_tasks_{db_,
                                  "SELECT id, source_arn, destination_arn, messages_per_second, started_ms,"
                                  " status, moved, to_move, failure FROM move_task"};
  const ReadStatement messages_{
      db_,
      "SELECT m.key, m.id, m.sent_ms, coalesce(v.visible_ms, m.visible_ms),"
      " coalesce(v.first_received_ms, m.first_received_ms), coalesce(v.receive_count, m.receive_count),"
      " m.group_id FROM message m LEFT JOIN visibility v ON v.key = m.key"
      " WHERE m.key >= ?1 AND m.key < ?2 ORDER BY m.key"};
  const ReadStatement recent_sends_{db_,
                                    "SELECT key, id, sent_ms, group_id, deduplication_id FROM recent_send"
                                    " WHERE key >= ?1 AND key < ?2 AND sent_ms > ?3 ORDER BY key"};
  const ReadStatement contents_{db_,
                                "SELECT key, attributes, sender_id, trace_header, group_id, "
                                "deduplication_id, source_arn, body_md5, body"
                                " FROM message WHERE key >= ?1 AND key < ?2 ORDER BY key"};
  const ReadStatement first_row_from_{
      db_,
      "SELECT min(key) FROM (SELECT min(key) AS key FROM message WHERE key >= ?1"
      " UNION ALL SELECT min(key) FROM visibility WHERE key >= ?1"
      " UNION ALL SELECT min(key) FROM recent_send WHERE key >= ?1)"};
};

QueueStore::QueueStore(storage::Database& database, storage::Writer& writer)
    : database_(database),
      writer_(writer),
      sql_(std::make_unique<Statements>(database.Migrate(kMigrations))) {}

QueueStore::~QueueStore() = default;

std::vector<StoredQueue> QueueStore::LoadQueues() {
  std::vector<StoredQueue> queues;
  for (auto row = sql_->all_queues_.Query(); row.Next();) queues.push_back(ReadQueue(row));
  return queues;
}

std::optional<StoredQueue> QueueStore::LoadQueue(std::int64_t number) {
  auto row = sql_->one_queue_.Query(number);
  if (!row.Next()) return std::nullopt;
  return ReadQueue(row);
}

StoredQueue QueueStore::ReadQueue(const storage::Cursor& row) {
  StoredQueue queue;
  queue.number = row.Int64(0);
  queue.name = {std::string(row.Text(1)), std::string(row.Text(2)), std::string(row.Text(3))};
  queue.created_at = row.Time(4);
  queue.modified_at = row.Time(5);
  queue.first_key = row.Int64(6);
  queue.next_key = row.Int64(7);
  for (auto attribute = sql_->attributes_.Query(queue.number); attribute.Next();) {
    queue.attributes.emplace(attribute.Text(0), attribute.Text(1));
  }
  for (auto tag = sql_->tags_.Query(queue.number); tag.Next();) {
    queue.tags.emplace(tag.Text(0), tag.Text(1));
  }
  return queue;
}

std::vector<MoveTask> QueueStore::LoadMoveTasks() {
  std::vector<MoveTask> tasks;
  for (auto row = sql_->move_tasks_.Query(); row.Next();) {
    MoveTask& task = tasks.emplace_back();
    task.id = row.Text(0);
    task.source_arn = row.Text(1);
    task.destination_arn = row.Text(2);
    if (!row.IsNull(3)) task.messages_per_second = row.Number<std::int32_t>(3, 1);
    task.started_at = row.Time(4);
    task.status = row.Enum(5, MoveTask::Status::kFailed);
    task.moved = row.Int64(6);
    task.to_move = row.Int64(7);
    task.failure = row.Text(8);
  }
  return tasks;
}

std::int64_t QueueStore::SweepLeftovers(const std::vector<StoredQueue>& queues) {
  std::map<std::int64_t, MessageKey> first_keys;
  for (const StoredQueue& queue : queues) first_keys[queue.number] = queue.first_key;
  std::int64_t from = 0;
  std::int64_t highest = 0;
  while (const auto key = sql_->first_row_from_.Scalar<std::int64_t>(from)) {
    const std::int64_t number = highest = QueueNumberOf(*key);
    const auto found = first_keys.find(number);
    const MessageKey end = found == first_keys.end() ? FirstKeyOf(number + 1) : found->second;
    if (*key < end) Sweep(*key, end);
    from = FirstKeyOf(number + 1);
  }
  return highest;
}

void QueueStore::Sweep(MessageKey first, MessageKey end) {
  const auto remove = [this, first, end] {
    if (sql_->Sweep(first, end)) Sweep(first, end);
  };
  try {
    writer_.Enqueue(remove, Urgency::kLazy, Room::kMakes);
  } catch (const std::exception&) {
    // Too much to do, or stopping: what is left is found at the next start.
  }
}

void QueueStore::LoadMessages(MessageKey first, MessageKey end,
                              const std::function<void(const StoredMessage&)>& visit) {
  for (auto row = sql_->messages_.Query(first, end); row.Next();) {
    visit({row.Int64(0), MessageId::FromBytes(row.Bytes(1, kIdBytes)), row.Time(2), row.Time(3), row.Time(4),
           row.Number<std::uint32_t>(5), row.Text(6)});
  }
}

void QueueStore::LoadRecentSends(MessageKey first, MessageKey end, TimePoint since,
                                 const std::function<void(const RecentSend&)>& visit) {
  for (auto row = sql_->recent_sends_.Query(first, end, since); row.Next();) {
    visit({row.Text(3),
           row.Text(4),
           {row.Int64(0), MessageId::FromBytes(row.Bytes(1, kIdBytes)), row.Time(2)}});
  }
}

Ticket QueueStore::JournalCreate(StoredQueue queue) {
  return writer_.Enqueue([this, q = std::move(queue)] {
    sql_->insert_queue_.Run(q.number, q.name.account, q.name.region, q.name.name, q.created_at, q.modified_at,
                            q.first_key, q.next_key);
    sql_->ReplaceAttributes(q.number, q.attributes);
    sql_->ReplaceTags(q.number, q.tags);
  });
}

Ticket QueueStore::JournalDeleteQueue(std::int64_t number) {
  pending_.Remove(FirstKeyOf(number), FirstKeyOf(number + 1));
  const auto remove = [this, number] {
    sql_->delete_queue_.Run(number);
    sql_->delete_attributes_.Run(number);
    sql_->delete_tags_.Run(number);
  };
  Ticket ticket = writer_.Enqueue(remove, Urgency::kAwaited, Room::kMakes);
  Sweep(FirstKeyOf(number), FirstKeyOf(number + 1));
  return ticket;
}

Ticket QueueStore::JournalAttributes(std::int64_t number, AttributeMap attributes, TimePoint modified_at) {
  return writer_.Enqueue([this, number, modified_at, attributes = std::move(attributes)] {
    sql_->modify_queue_.Run(number, modified_at);
    sql_->ReplaceAttributes(number, attributes);
  });
}

Ticket QueueStore::JournalTags(std::int64_t number, TagMap tags) {
  return writer_.Enqueue([this, number, tags = std::move(tags)] { sql_->ReplaceTags(number, tags); });
}

Ticket QueueStore::JournalPurge(std::int64_t number, MessageKey first_key) {
  pending_.Remove(FirstKeyOf(number), first_key);
  const auto purge = [this, number, first_key] { sql_->purge_queue_.Run(number, first_key); };
  Ticket ticket = writer_.Enqueue(purge, Urgency::kAwaited, Room::kMakes);
  Sweep(FirstKeyOf(number), first_key);
  return ticket;
}

Ticket QueueStore::JournalSend(std::vector<SentMessage> messages, std::optional<MessageKey> reserve) {
  auto insert = [this, reserve, messages = std::move(messages)] {
    if (reserve) sql_->Reserve(*reserve);
    for (const SentMessage& message : messages) {
      sql_->Insert(message);
      if (!message.content->deduplication_id.empty()) sql_->InsertRecentSend(message);
    }
    if (reserve) sql_->ForgetSendsBefore(messages.back().sent);
  };
  return writer_.Enqueue(std::move(insert));
}

/// One write of many sends, which others join until the writer begins. A send is in the writer's queue before
/// its queue is unlocked, so that whatever follows from it is written after it.
class QueueStore::OpenSends {
 public:
  /// A hundred queues' pages are written once for some twenty messages each, within ten milliseconds.
  static constexpr std::size_t kMaxSends = 2'048;
  static constexpr std::size_t kMaxBytes = 8U << 20U;

  struct Send {
    SentMessage message;
    std::optional<MessageKey> reserve;
  };

  bool full() const { return sends.size() >= kMaxSends || bytes >= kMaxBytes; }
  void Write(Statements& sql);

  std::size_t bytes = 0;
  std::vector<Send> sends;  // the writer's alone once it has begun
};

void QueueStore::OpenSends::Write(Statements& sql) {
  {
    const std::scoped_lock lock(sql.open_mutex_);
    if (sql.open_.lock().get() == this) {
      sql.open_.reset();
      sql.open_ticket_ = {};  // it would keep this alive
    }
  }
  // A queue's rows lie together, whoever else got the same messages.
  std::ranges::sort(sends, {}, [](const Send& send) { return send.message.sent.key; });
  for (const Send& send : sends) {
    if (send.reserve) sql.Reserve(*send.reserve);
    sql.Insert(send.message);
    if (!send.message.content->deduplication_id.empty()) sql.InsertRecentSend(send.message);
    if (send.reserve) sql.ForgetSendsBefore(send.message.sent);
  }
}

bool QueueStore::JournalSend(JointSends& joint, SentMessage message, std::optional<MessageKey> reserve) {
  const std::scoped_lock lock(sql_->open_mutex_);
  std::shared_ptr<OpenSends> open = sql_->open_.lock();
  // One whose ticket is done was refused without being run.
  if (!open || open->full() || sql_->open_ticket_.done()) {
    open = std::make_shared<OpenSends>();
    sql_->open_ticket_ = writer_.Enqueue([this, open] { open->Write(*sql_); });
    sql_->open_ = open;
  }
  open->bytes += message.content->body.size();
  open->sends.push_back({std::move(message), reserve});
  if (joint.open == open) return false;
  joint = {std::move(open), sql_->open_ticket_};
  return true;
}

void QueueStore::JournalReceive(const std::vector<VisibilityRow>& rows, bool repeated) {
  const auto now = base::CoarseSteadyNow();
  for (const VisibilityRow& row : rows) {
    // The first receive of a message proves that its visibility was never written.
    pending_.Put(row, now, !repeated && row.receive_count == 1);
  }
  QueueVisibilityWrite();
}

/// Takes rows and writes them; run a second time it writes the same ones.
template <class Take>
class QueueStore::VisibilityWrite {
 public:
  VisibilityWrite(QueueStore& store, Take take) : store_(store), take_(std::move(take)) {}
  void operator()() {
    if (!rows_) rows_ = take_(store_.pending_);
    store_.sql_->Write(*rows_);
  }

 private:
  QueueStore& store_;
  Take take_;
  std::optional<std::vector<VisibilityRow>> rows_;
};

/// Writes what has waited long enough, and again as long as something waits.
void QueueStore::QueueVisibilityWrite() {
  if (visibility_write_queued_.exchange(true)) return;
  // A job that is refused never runs, so it is its end that lets another be queued.
  std::shared_ptr<void> queued(nullptr, [this](void*) { visibility_write_queued_ = false; });
  VisibilityWrite write(*this, [](PendingVisibility& pending) {
    return pending.TakeUntil(std::chrono::steady_clock::now() - kVisibilityDelay);
  });
  auto job = [this, write = std::move(write), queued = std::move(queued)]() mutable {
    queued.reset();
    write();
    if (!pending_.empty()) QueueVisibilityWrite();
  };
  try {
    writer_.Enqueue(std::move(job), Urgency::kLazy, Room::kMakes);
  } catch (const std::exception&) {
    // Too much to do, or stopping: the next receive or Barrier tries again.
  }
}

Ticket QueueStore::JournalVisibility(const std::vector<VisibilityRow>& rows) {
  const auto now = std::chrono::steady_clock::now();
  std::vector<MessageKey> keys;
  for (const VisibilityRow& row : rows) {
    pending_.Put(row, now, false);
    keys.push_back(row.key);
  }
  // What is pending when the job runs may be newer than `rows`, never older.
  const auto take = [keys = std::move(keys)](PendingVisibility& pending) { return pending.Take(keys); };
  // A message must be received before it can be deleted.
  return writer_.Enqueue(VisibilityWrite(*this, take), Urgency::kAwaited, Room::kMakes);
}

Ticket QueueStore::JournalDelay(MessageKey first, MessageKey end, TimePoint now, std::chrono::seconds delay) {
  return writer_.Enqueue([this, first, end, now, delay] {
    sql_->delay_.Run(first, end, now, std::chrono::milliseconds(delay).count());
  });
}

Ticket QueueStore::JournalDelete(const std::vector<MessageKey>& keys) {
  struct Gone {
    MessageKey key;
    bool has_visibility;
  };
  std::vector<Gone> gone;
  gone.reserve(keys.size());
  for (const MessageKey key : keys) gone.push_back({key, !pending_.Remove(key)});
  auto remove = [this, gone = std::move(gone)] {
    for (const Gone& message : gone) {
      sql_->delete_message_.Run(message.key);
      if (message.has_visibility) sql_->delete_visibility_.Run(message.key);
    }
  };
  return writer_.Enqueue(std::move(remove), Urgency::kAwaited, Room::kMakes);
}

Ticket QueueStore::JournalMove(Move move, std::optional<MessageKey> reserve) {
  pending_.Remove(move.from);
  return writer_.Enqueue([this, reserve, m = std::move(move)] {
    if (reserve) sql_->Reserve(*reserve);
    sql_->delete_visibility_.Run(m.from);
    const std::int64_t moved = sql_->move_message_.Run(
        m.from, m.to.key, BytesView{m.to.id.bytes()}, m.to.sent_at, m.to.visible_at, m.message.receive_count,
        m.message.first_received_at, OrNull(m.source_arn), OrNull(m.deduplication_id));
    // Its queue was purged or deleted, or it was deleted itself, before this was queued.
    if (moved == 0) throw std::runtime_error("the message to move is gone");
  });
}

Ticket QueueStore::JournalMoveTask(MoveTask task) {
  return writer_.Enqueue([this, t = std::move(task)] {
    sql_->put_move_task_.Run(t.id, t.source_arn, t.destination_arn, t.messages_per_second, t.started_at,
                             t.status, t.moved, t.to_move, t.failure);
  });
}

Ticket QueueStore::JournalForgetMoveTask(std::string id) {
  return writer_.Enqueue([this, id = std::move(id)] { sql_->forget_move_task_.Run(id); });
}

void QueueStore::ReadContents(
    MessageKey first,
    const std::function<void(MessageKey, std::shared_ptr<const MessageContent>)>& visit) const {
  auto row = sql_->contents_.Query(first, first + kReadAheadMessages);
  for (std::size_t bytes = 0; bytes < kReadAheadBytes && row.Next();) {
    auto content = std::make_shared<MessageContent>();
    content->attributes = row.Blob(1).bytes;
    content->sender_id = row.Text(2);
    content->trace_header = row.Text(3);
    content->group = row.Text(4);
    content->deduplication_id = row.Text(5);
    content->source_arn = row.Text(6);
    std::ranges::copy(row.Bytes(7, content->body_md5.size()), content->body_md5.begin());
    content->body = row.Text(8);
    bytes += content->body.size() + content->attributes.size();
    visit(row.Int64(0), std::move(content));
  }
}

Ticket QueueStore::Barrier() {
  return writer_.Enqueue(VisibilityWrite(*this, [](PendingVisibility& pending) { return pending.TakeAll(); }),
                         Urgency::kAwaited, Room::kMakes);
}

Ticket QueueStore::Fence() {
  return writer_.Enqueue([] {});
}

}  // namespace cumulite::sqs
