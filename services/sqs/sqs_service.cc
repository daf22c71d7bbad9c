#include "services/sqs/sqs_service.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "protocol/arn.h"
#include "services/sqs/access.h"
#include "services/sqs/errors.h"
#include "services/sqs/move_tasks.h"
#include "services/storage/error.h"

namespace cumulite::sqs {
namespace {

constexpr std::size_t kCacheBytes = 4U << 20U;
constexpr std::chrono::seconds kDeletionCooldown{60};

struct LoadedQueue {
  StoredQueue stored;
  std::unique_ptr<QueueState> state;
};

/// Reads a queue and its state from the database; keys from `end` on are free. On a worker.
/// Errors: QueueDoesNotExist.
LoadedQueue LoadState(QueueStore& store, std::int64_t number, MessageKey end, TimePoint now) {
  auto stored = store.LoadQueue(number);
  if (!stored) throw QueueDoesNotExist();
  const auto attributes = QueueAttributes::FromStored(TypeOfName(stored->name.name), stored->attributes);
  const MessageKey first = stored->first_key;
  auto state = std::make_unique<QueueState>(attributes.rules(), end);
  store.LoadMessages(first, end, [&](const StoredMessage& message) { state->Restore(message, now); });
  store.LoadRecentSends(first, end, now - Deduplication::kWindow, [&](const QueueStore::RecentSend& send) {
    state->RestoreSend(send.group, send.deduplication_id, send.entry);
  });
  state->Advance(now);
  return {std::move(*stored), std::move(state)};
}

}  // namespace

SqsService::SqsService(const storage::DataDirectory& data, const storage::DatabaseOptions& options,
                       const base::Clock& clock, SqsSettings settings)
    : clock_(clock),
      settings_(std::move(settings)),
      log_(*base::Logger("sqs")),
      database_(data.path() / "sqs.db", options),
      writer_(database_),
      store_(database_, writer_),
      cache_(kCacheBytes) {
  const std::vector<StoredQueue> stored = store_.LoadQueues();
  for (const StoredQueue& queue : stored) {
    queues_.emplace(queue.name, Queue::Create(queue, store_, clock_));
    next_number_ = std::max(next_number_, queue.number + 1);
  }
  next_number_ = std::max(next_number_, store_.SweepLeftovers(stored) + 1);
  move_tasks_ = std::make_unique<MoveTasks>(*this, store_.LoadMoveTasks(), data.path());
}

SqsService::~SqsService() {
  move_tasks_.reset();
  queues_.clear();
  try {
    store_.Barrier();  // the last receives
  } catch (const std::exception&) {
    // Then the messages come again.
  }
  writer_.Stop();
}

void SqsService::Start() { move_tasks_->Resume(); }

runtime::Task<bool> SqsService::Settle() { return move_tasks_->Settle(); }

runtime::Task<void> SqsService::Handle(protocol::Exchange& exchange) {
  return protocol::HandleRpc(kModel, this, exchange);
}

void SqsService::Stop() {
  move_tasks_->Stop();
  {
    const std::shared_lock lock(mutex_);
    for (const auto& [name, queue] : queues_) queue->Rest();
  }
  writer_.Flush();  // while the loops still run, on which moves of messages wait for their commit
}

runtime::Task<void> SqsService::Reset(services::ResetScope scope) {
  std::vector<std::shared_ptr<Queue>> all;
  {
    const std::unique_lock lock(mutex_);
    for (const auto& [name, queue] : queues_) {
      if (scope.Takes(name.account, name.region)) all.push_back(queue);
    }
    std::erase_if(deleted_at_,
                  [&](const auto& entry) { return scope.Takes(entry.first.account, entry.first.region); });
  }
  move_tasks_->Reset(scope);
  std::vector<std::pair<std::shared_ptr<Queue>, storage::Ticket>> deletions;
  for (const auto& queue : all) {
    try {
      deletions.emplace_back(queue, Delete(queue));
    } catch (const AwsError&) {
      // A client deleted it first.
    }
  }
  std::exception_ptr failure;
  for (auto& [queue, ticket] : deletions) {
    try {
      co_await CommitDeletion(queue, std::move(ticket));
    } catch (const AwsError&) {
      failure = std::current_exception();  // that queue is there again
    }
  }
  {
    const std::unique_lock lock(mutex_);
    for (const auto& queue : all) deleted_at_.erase(queue->name());
  }
  if (failure) std::rethrow_exception(failure);
}

std::shared_ptr<Queue> SqsService::Find(const std::string& queue_url, const protocol::RequestContext& context,
                                        std::string_view action) {
  // A request to the queue's own URL need not name it again (Developer Guide "Making Query API requests").
  const std::string_view url = queue_url.empty() ? context.path : std::string_view(queue_url);
  if (url.empty() || url == "/") throw Missing("QueueUrl");
  auto queue = FindByName(ParseQueueUrl(url, context.identity));
  if (!queue) throw QueueDoesNotExist();
  Authorize(*queue, context, action);
  return queue;
}

runtime::Task<std::shared_ptr<Queue>> SqsService::Open(const std::string& queue_url,
                                                       const protocol::RequestContext& context,
                                                       std::string_view action) {
  auto queue = Find(queue_url, context, action);
  if (!queue->loaded()) co_await Load(queue);
  co_return queue;
}

std::shared_ptr<Queue> SqsService::FindByName(const QueueName& name) const {
  const std::shared_lock lock(mutex_);
  const auto found = queues_.find(name);
  return found == queues_.end() ? nullptr : found->second;
}

std::shared_ptr<Queue> SqsService::FindByArn(std::string_view arn) const {
  const auto name = ParseQueueArn(arn);
  return name ? FindByName(*name) : nullptr;
}

std::vector<std::shared_ptr<Queue>> SqsService::List(std::string_view account, std::string_view region,
                                                     std::string_view prefix) const {
  std::vector<std::shared_ptr<Queue>> found;
  const std::shared_lock lock(mutex_);
  const QueueName first{std::string(account), std::string(region), std::string(prefix)};
  for (auto entry = queues_.lower_bound(first); entry != queues_.end(); ++entry) {
    const QueueName& name = entry->first;
    if (name.account != account || name.region != region || !name.name.starts_with(prefix)) break;
    found.push_back(entry->second);
  }
  return found;
}

runtime::Task<void> SqsService::Load(std::shared_ptr<Queue> queue) {
  static constexpr std::chrono::hours kLong{24};  // a loader always ends and wakes those who wait
  while (!queue->loaded()) {
    runtime::Signal::Subscription waiting(queue->loads());
    if (!queue->BeginLoading()) {
      if (!queue->loaded()) co_await waiting.Until(clock_.Now() + kLong, nullptr);
      continue;
    }
    std::optional<LoadedQueue> loaded;
    try {
      const storage::Ticket barrier = store_.Barrier();
      co_await store_.Committed(barrier);  // what was journalled before must be read
      auto load = [this, &queue] {
        return LoadState(store_, queue->number(), queue->StoredKeys().second, clock_.Now());
      };
      loaded = co_await database_.RunOnWorker(std::move(load));
    } catch (const AwsError&) {
      queue->FinishLoading(nullptr);
      throw;
    } catch (const storage::DamagedValue&) {
      queue->FinishLoading(nullptr);
      throw;
    } catch (const std::exception& failure) {
      queue->FinishLoading(nullptr);
      log_.debug("queue not loaded queue={} cause={}", queue->arn(), failure.what());
      throw AwsError(protocol::kServiceUnavailable, "The queue cannot be loaded.");
    }
    queue->FinishLoading(loaded->stored, std::move(loaded->state));
  }
}

SqsService::Creation SqsService::Create(const QueueName& name, const QueueAttributes& attributes,
                                        const TagMap& tags) {
  const std::unique_lock lock(mutex_);
  if (const auto found = queues_.find(name); found != queues_.end()) return {found->second, {}, false};
  StoredQueue stored;
  stored.number = next_number_++;
  stored.name = name;
  stored.created_at = stored.modified_at = clock_.Now();
  stored.first_key = stored.next_key = FirstKeyOf(stored.number);
  stored.attributes = attributes.values();
  stored.tags = tags;
  auto queue = Queue::Create(stored, store_, clock_);
  queue->FinishLoading(std::make_unique<QueueState>(attributes.rules(), stored.next_key));
  storage::Ticket ticket = store_.JournalCreate(std::move(stored));
  queues_.emplace(name, queue);
  deleted_at_.erase(name);
  return {std::move(queue), std::move(ticket), true};
}

storage::Ticket SqsService::Delete(const std::shared_ptr<Queue>& queue) {
  const TimePoint now = clock_.Now();
  storage::Ticket ticket = queue->Delete([&] { return store_.JournalDeleteQueue(queue->number()); });
  const std::unique_lock lock(mutex_);
  const auto found = queues_.find(queue->name());
  if (found != queues_.end() && found->second == queue) queues_.erase(found);
  ForgetOldDeletions(now);
  if (settings_.enforce_cooldowns) deleted_at_[queue->name()] = now;
  return ticket;
}

void SqsService::ForgetOldDeletions(TimePoint now) {
  std::erase_if(deleted_at_, [now](const auto& entry) { return entry.second + kDeletionCooldown <= now; });
}

std::optional<TimePoint> SqsService::DeletedAt(const QueueName& name) const {
  const std::shared_lock lock(mutex_);
  const auto found = deleted_at_.find(name);
  if (found == deleted_at_.end() || found->second + kDeletionCooldown <= clock_.Now()) return std::nullopt;
  return found->second;
}

runtime::Task<void> SqsService::Commit(std::shared_ptr<Queue> queue, storage::Ticket ticket) {
  try {
    co_await store_.Committed(ticket);
  } catch (const std::exception& failure) {
    Abandon(*queue, failure);
    throw AwsError(protocol::kServiceUnavailable, "The change could not be stored; try again.");
  }
}

void SqsService::Abandon(Queue& queue, const std::exception& failure) {
  // Once for all the writes that failed with it.
  if (queue.Discard()) log_.warn("write failed queue={} cause={}", queue.arn(), failure.what());
}

runtime::Task<void> SqsService::CommitCreation(std::shared_ptr<Queue> queue, storage::Ticket ticket) {
  try {
    co_await Commit(queue, std::move(ticket));
    log_.info("queue created queue={}", queue->arn());
  } catch (const AwsError&) {
    const std::unique_lock lock(mutex_);
    const auto found = queues_.find(queue->name());
    if (found != queues_.end() && found->second == queue) queues_.erase(found);
    throw;
  }
}

runtime::Task<void> SqsService::CommitDeletion(std::shared_ptr<Queue> queue, storage::Ticket ticket) {
  try {
    co_await Commit(queue, std::move(ticket));
    log_.info("queue deleted queue={}", queue->arn());
  } catch (const AwsError&) {
    const auto description = queue->description();
    const auto [first_key, next_key] = queue->StoredKeys();
    auto again = Queue::Create({queue->number(), queue->name(), queue->created_at(), description->modified_at,
                                first_key, next_key, description->attributes.values(), description->tags},
                               store_, clock_);
    const std::unique_lock lock(mutex_);
    queues_.emplace(queue->name(), std::move(again));
    deleted_at_.erase(queue->name());
    throw;
  }
}

runtime::Task<void> SqsService::CommitChange(
    std::shared_ptr<Queue> queue, const std::function<storage::Ticket(Queue::Description&)>& change) {
  storage::Ticket ticket = queue->Change(change);
  try {
    co_await Commit(queue, std::move(ticket));
  } catch (const AwsError&) {
    // At once, for those who look at the description without loading the queue.
    if (const auto stored = store_.LoadQueue(queue->number())) queue->Restore(*stored);
    throw;
  }
}

void SqsService::CommitMove(std::shared_ptr<Queue> from, std::shared_ptr<Queue> to, storage::Ticket ticket) {
  static constexpr auto kWatch = [](SqsService& sqs, std::shared_ptr<Queue> left,
                                    std::shared_ptr<Queue> entered,
                                    storage::Ticket pending) -> runtime::Task<void> {
    try {
      co_await sqs.Commit(std::move(left), std::move(pending));
    } catch (const AwsError&) {
      entered->Discard();  // both are loaded anew; nobody waits for an answer
    }
  };
  kWatch(*this, std::move(from), std::move(to), std::move(ticket)).Detach();
}

runtime::Task<std::vector<std::shared_ptr<const MessageContent>>> SqsService::Contents(
    std::vector<MessageKey> keys, Cached cached) {
  std::vector<std::shared_ptr<const MessageContent>> contents;
  contents.reserve(keys.size());
  for (const MessageKey key : keys) {
    contents.push_back(cached == Cached::kTake ? cache_.Take(key) : cache_.Get(key));
  }
  if (!ReadMissing(keys, contents)) {
    // A second look after a barrier finds what was sent or moved and left the cache before it was written.
    const storage::Ticket barrier = store_.Barrier();
    co_await store_.Committed(barrier);
    ReadMissing(keys, contents);
  }
  co_return contents;
}

bool SqsService::ReadMissing(const std::vector<MessageKey>& keys,
                             std::vector<std::shared_ptr<const MessageContent>>& contents) {
  bool complete = true;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (contents[i]) continue;
    store_.ReadContents(keys[i], [&](MessageKey key, std::shared_ptr<const MessageContent> content) {
      const auto wanted = std::find(keys.begin(), keys.end(), key);
      if (wanted != keys.end()) {
        contents[static_cast<std::size_t>(wanted - keys.begin())] = std::move(content);
      } else {
        cache_.Put(key, std::move(content));
      }
    });
    complete = complete && contents[i];
  }
  return complete;
}

void SqsService::Authorize(const Queue& queue, const protocol::RequestContext& context,
                           std::string_view action) const {
  if (!context.strict) return;
  const protocol::Judgement judgement = JudgeAccess(queue, context, action);
  if (judgement.allowed()) return;
  if (context.identity.access_key.empty()) {
    throw AwsError(kAccessDenied, "Access to the resource " + UrlOf(queue.name(), context) + " is denied.");
  }
  std::string what = "sqs:";  // the one service that writes actions in lower case
  for (const char c : action) what += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  throw AwsError(kAccessDenied,
                 NotAuthorized(context, {.action = what, .resource = queue.arn(), .owner = {}}, judgement));
}

void SqsService::AuthorizeInAccount(const protocol::RequestContext& context, std::string_view action) const {
  if (!context.strict) return;
  const protocol::Identity& caller = context.identity;
  const std::string full_action = "sqs:" + std::string(action);
  const std::string resource = protocol::FormatArn("sqs", caller.region, caller.account, "*");
  const protocol::AccessRequest access{
      .action = full_action, .resource = resource, .owner = caller.account, .owner_only = true};
  const protocol::Judgement judgement = MayAccess(context, access);
  if (judgement.allowed()) return;
  if (!caller.account.empty()) throw AwsError(kAccessDenied, NotAuthorized(context, access, judgement));
  throw AwsError(kAccessDenied, "Access to the resource " + std::string(context.scheme) + "://" +
                                    std::string(context.host) + "/ is denied.");
}

}  // namespace cumulite::sqs
