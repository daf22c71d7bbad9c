#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "protocol/rpc.h"
#include "services/queue_fan_out.h"
#include "services/service.h"
#include "services/sqs/content_cache.h"
#include "services/sqs/queue.h"
#include "services/sqs/queue_store.h"
#include "services/storage/data_directory.h"
#include "services/storage/database.h"
#include "services/storage/writer.h"

namespace cumulite::sqs {
class MoveTasks;

struct SqsSettings {
  QueueUrlForm queue_url = QueueUrlForm::kDynamic;
  /// Refuse to create a queue within 60 s of its deletion and to purge twice within 60 s, as AWS does.
  bool enforce_cooldowns = false;
  /// Whose queue a bare name means where nobody signs: Inspect.
  std::string account = "000000000000";
  std::string region = "us-east-1";
};

/// Amazon SQS: all queues, and what the operations need to work on them.
///
/// Thread: any I/O thread; constructed and destroyed while none runs.
class SqsService final : public services::Service, public services::QueueFanOut {
 public:
  /// Opens sqs.db; the queues' messages are loaded when a queue is first used.
  /// Errors: storage::StorageError.
  SqsService(const storage::DataDirectory& data, const storage::DatabaseOptions& options,
             const base::Clock& clock, SqsSettings settings);
  ~SqsService() override;

  // services::Service
  std::string_view name() const override { return "sqs"; }
  void Start() override;
  runtime::Task<bool> Settle() override;
  runtime::Task<void> Handle(protocol::Exchange& exchange) override;
  runtime::Task<void> Reset(services::ResetScope scope) override;
  /// GET /_cumulite/sqs/messages?queue=Q (or QueueUrl=Q; account= and region= complete a bare name): what
  /// DescribeMessages says, or the AWS error as JSON, 404 for an unknown queue.
  runtime::Task<bool> Inspect(std::string_view resource, protocol::Exchange& exchange) override;
  std::optional<services::StoreStats> store_stats() const override {
    return services::StoreStats{writer_.counters(), database_.SizeBytes()};
  }
  void Stop() override;

  // services::QueueFanOut
  runtime::Task<Outcome> Deliver(services::QueueMessage message) override;
  runtime::Task<std::vector<Outcome>> DeliverEach(std::vector<Parcel> parcels) override;

  /// The messages of a queue as JSON, with their state, changing nothing: GET /_cumulite/sqs/messages.
  /// `queue`: a queue URL, an ARN or a name of the caller's.
  /// Errors: AwsError QueueDoesNotExist.
  runtime::Task<std::string> DescribeMessages(std::string queue, const protocol::Identity& caller);

  /// The queue that a request means, by its QueueUrl or, where that is empty, by its path; loaded.
  /// Errors: QueueDoesNotExist, MissingParameter; AccessDenied in strict mode.
  runtime::Task<std::shared_ptr<Queue>> Open(const std::string& queue_url,
                                             const protocol::RequestContext& context,
                                             std::string_view action);
  /// The same without loading its messages.
  std::shared_ptr<Queue> Find(const std::string& queue_url, const protocol::RequestContext& context,
                              std::string_view action);
  /// Null if there is none.
  std::shared_ptr<Queue> FindByName(const QueueName& name) const;
  std::shared_ptr<Queue> FindByArn(std::string_view arn) const;
  /// The queues of an account and region whose names begin with `prefix`, in the order of names.
  std::vector<std::shared_ptr<Queue>> List(std::string_view account, std::string_view region,
                                           std::string_view prefix) const;
  /// Reads a queue from the database, unless that is done.
  /// Errors: QueueDoesNotExist, ServiceUnavailable.
  runtime::Task<void> Load(std::shared_ptr<Queue> queue);

  /// Makes the queue, or gives the one that is there. `created` tells which.
  struct Creation {
    std::shared_ptr<Queue> queue;
    storage::Ticket ticket;
    bool created;
  };
  Creation Create(const QueueName& name, const QueueAttributes& attributes, const TagMap& tags);
  /// Errors: QueueDoesNotExist if somebody else deleted it.
  storage::Ticket Delete(const std::shared_ptr<Queue>& queue);
  /// When a queue of that name was deleted last, if it was within a minute.
  std::optional<TimePoint> DeletedAt(const QueueName& name) const;

  /// Waits until a write is durable. When it fails the queue is loaded anew from the database, with what
  /// describes it.
  /// Errors: ServiceUnavailable.
  runtime::Task<void> Commit(std::shared_ptr<Queue> queue, storage::Ticket ticket);
  /// What Commit does when a write failed.
  void Abandon(Queue& queue, const std::exception& failure);
  /// The same for a queue that was made or deleted: a failure takes the creation or deletion back.
  runtime::Task<void> CommitCreation(std::shared_ptr<Queue> queue, storage::Ticket ticket);
  runtime::Task<void> CommitDeletion(std::shared_ptr<Queue> queue, storage::Ticket ticket);
  /// Changes a queue's description and waits until that is durable; a failure takes it back.
  /// Errors: what `change` throws; ServiceUnavailable.
  runtime::Task<void> CommitChange(std::shared_ptr<Queue> queue,
                                   const std::function<storage::Ticket(Queue::Description&)>& change);
  /// Commit for a message's move from one queue to another, which nobody waits for.
  void CommitMove(std::shared_ptr<Queue> from, std::shared_ptr<Queue> to, storage::Ticket ticket);

  /// Whether contents stay in the cache: not those of a receive, which is mostly a message's only one.
  enum class Cached : std::uint8_t { kKeep, kTake };
  /// The contents of messages; null for those that are gone meanwhile.
  runtime::Task<std::vector<std::shared_ptr<const MessageContent>>> Contents(std::vector<MessageKey> keys,
                                                                             Cached cached = Cached::kKeep);

  /// Errors: AccessDenied in strict mode, when neither account nor policy lets the caller do `action`.
  void Authorize(const Queue& queue, const protocol::RequestContext& context, std::string_view action) const;
  /// For what concerns no queue yet or all (CreateQueue, ListQueues): an anonymous caller has no account to
  /// do it in. Errors: AccessDenied in strict mode.
  void AuthorizeInAccount(const protocol::RequestContext& context, std::string_view action) const;

  std::string UrlOf(const QueueName& queue, const protocol::RequestContext& context) const {
    return FormatQueueUrl(queue, settings_.queue_url, context);
  }

  QueueStore& store() { return store_; }
  ContentCache& cache() { return cache_; }
  MoveTasks& move_tasks() { return *move_tasks_; }
  const base::Clock& clock() const { return clock_; }
  const SqsSettings& settings() const { return settings_; }
  const base::Log& log() const { return log_; }
  const storage::Writer& writer() const { return writer_; }
  const storage::Database& database() const { return database_; }

 private:
  /// Reads what `contents` lacks, and some more into the cache. False when it still lacks some.
  bool ReadMissing(const std::vector<MessageKey>& keys,
                   std::vector<std::shared_ptr<const MessageContent>>& contents);
  void ForgetOldDeletions(TimePoint now);

  const base::Clock& clock_;
  const SqsSettings settings_;
  const base::Log& log_;
  storage::Database database_;
  storage::Writer writer_;
  QueueStore store_;
  ContentCache cache_;

  mutable std::shared_mutex mutex_;  // guards the maps and the number, not the queues
  std::map<QueueName, std::shared_ptr<Queue>> queues_;
  std::map<QueueName, TimePoint> deleted_at_;
  std::int64_t next_number_ = 1;

  std::unique_ptr<MoveTasks> move_tasks_;
};

/// The names, versions and operations of SQS on the wire: operations.cc.
extern const protocol::RpcModel kModel;

}  // namespace cumulite::sqs
