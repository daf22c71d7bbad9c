#include "services/s3/event_log.h"

#include <algorithm>

#include "protocol/base64.h"
#include "services/s3/bucket_configuration.h"
#include "services/s3/replication.h"
#include "services/s3/xml_answer.h"

namespace cumulite::s3 {
namespace {

using services::QueueDelivery;
using services::TopicDelivery;

constexpr std::string_view kQueue = "queue";
constexpr std::string_view kTopic = "topic";
constexpr std::string_view kReplication = "replication";
constexpr std::string_view kRestore = "restore";
constexpr std::string_view kService = "s3.amazonaws.com";

/// How long a delivery that failed waits: doubling, up to a minute.
std::chrono::milliseconds Pause(std::int64_t attempt) {
  return std::min<std::chrono::milliseconds>(
      std::chrono::minutes(1), std::chrono::milliseconds(200) * (1LL << std::min<std::int64_t>(attempt, 10)));
}

/// The first line of `text`, which is taken off.
std::string TakeLine(std::string_view& text) {
  const std::string_view line = text.substr(0, text.find('\n'));
  text.remove_prefix(std::min(text.size(), line.size() + 1));
  return std::string(line);
}

std::string_view NameOf(EventCause cause) {
  switch (cause) {
    case EventCause::kPut:
      return "ObjectCreated:Put";
    case EventCause::kPost:
      return "ObjectCreated:Post";
    case EventCause::kCopy:
      return "ObjectCreated:Copy";
    case EventCause::kComplete:
      return "ObjectCreated:CompleteMultipartUpload";
    case EventCause::kDelete:
      return "ObjectRemoved:Delete";
    case EventCause::kLifecycle:
      return "LifecycleExpiration:Delete";
    case EventCause::kTransition:
      return "LifecycleTransition";
    case EventCause::kTagging:
      return "ObjectTagging:Put";
    case EventCause::kTaggingDelete:
      return "ObjectTagging:Delete";
    case EventCause::kRestore:
      return "ObjectRestore:Completed";
    case EventCause::kRestoreEnd:
      return "ObjectRestore:Delete";
    case EventCause::kAcl:
      return "ObjectAcl:Put";
    case EventCause::kReplica:
      return "ObjectCreated:Put";
    case EventCause::kReplicationFailed:
      return "Replication:OperationFailedReplication";
    case EventCause::kLock:
      break;
  }
  return {};
}

/// Whether what is caused so is copied into other buckets: what lifecycles do is not, nor are replicas.
bool IsReplicated(EventCause cause) {
  switch (cause) {
    case EventCause::kPut:
    case EventCause::kPost:
    case EventCause::kCopy:
    case EventCause::kComplete:
    case EventCause::kDelete:
    case EventCause::kTagging:
    case EventCause::kTaggingDelete:
    case EventCause::kAcl:
    case EventCause::kLock:
      return true;
    case EventCause::kLifecycle:
    case EventCause::kTransition:
    case EventCause::kRestore:
    case EventCause::kRestoreEnd:
    case EventCause::kReplica:
    case EventCause::kReplicationFailed:
      break;
  }
  return false;
}

std::string_view NameOfMarker(EventCause cause) {
  return cause == EventCause::kLifecycle ? "LifecycleExpiration:DeleteMarkerCreated"
                                         : "ObjectRemoved:DeleteMarkerCreated";
}

}  // namespace

EventLog::EventLog(storage::Database& database, storage::Writer& writer, const base::Clock& clock,
                   services::Peers* peers)
    : clock_(clock), peers_(peers), outbox_(database, writer, clock) {}

std::string VersionTask::Encode() const {
  return bucket + "\n" + version.id + "\n" + std::to_string(version.number) + "\n" + key;
}

VersionTask VersionTask::Decode(std::string_view text) {
  VersionTask task;
  task.bucket = TakeLine(text);
  task.version.id = TakeLine(text);
  task.version.number = std::stoll(TakeLine(text));
  task.key = text;
  return task;
}

void EventLog::Start(storage::Outbox::Handler replicate, storage::Outbox::Handler end_restore) {
  replicate_ = std::move(replicate);
  end_restore_ = std::move(end_restore);
  outbox_.Start([this](storage::OutboxEvent event) { return Handle(std::move(event)); });
}

runtime::Task<bool> EventLog::Settle() {
  if (outbox_.Count() == 0) co_return false;
  runtime::Task<bool> settled = outbox_.Settled();
  co_return co_await settled;
}

void EventLog::AddInJob(const EventTarget& target, const Bucket& bucket, std::string_view message,
                        bool strict) {
  std::string payload = target.arn + "\n" + bucket.name + "\n" + bucket.account + "\n";
  payload.append(strict ? "strict\n" : "\n").append(message);
  const bool queue = target.kind == EventTarget::Kind::kQueue;
  outbox_.Add({.kind = queue ? kQueue : kTopic, .payload = payload, .due = clock_.Now()});
}

void EventLog::AddReplicationInJob(const VersionTask& task) {
  const std::string payload = task.Encode();
  const std::string order = task.bucket + "/" + task.key;
  outbox_.Add({.kind = kReplication, .payload = payload, .key = order, .due = clock_.Now()});
}

void EventLog::AddRestoreInJob(const VersionTask& task, base::TimePoint until) {
  const std::string payload = task.Encode();
  outbox_.Add({.kind = kRestore, .payload = payload, .due = until});
}

runtime::Task<storage::OutboxVerdict> EventLog::Handle(storage::OutboxEvent event) {
  if (event.kind == kReplication || event.kind == kRestore) {
    const std::int64_t attempt = event.attempt;
    bool failed = false;
    try {
      const storage::Outbox::Handler& handler = event.kind == kRestore ? end_restore_ : replicate_;
      runtime::Task<storage::OutboxVerdict> handling = handler(std::move(event));
      co_return co_await handling;
    } catch (const std::exception&) {
      failed = true;
    }
    if (failed) co_return storage::OutboxVerdict::RetryAt(clock_.Now() + Pause(attempt));
  }
  if (peers_ == nullptr) co_return storage::OutboxVerdict::Done();
  std::string_view text = event.payload;
  const std::string arn = TakeLine(text);
  const std::string bucket = TakeLine(text);
  const std::string account = TakeLine(text);
  const bool strict = TakeLine(text) == "strict";
  bool failed = false;
  if (event.kind == kQueue) {
    services::QueueMessage message;
    message.queue_arn = arn;
    message.body = text;
    message.service = kService;
    message.source_arn = "arn:aws:s3:::" + bucket;
    message.source_account = account;
    message.strict = strict;
    runtime::Task<QueueDelivery::Outcome> delivering = peers_->queues().Deliver(std::move(message));
    failed = co_await delivering == QueueDelivery::Outcome::kFailed;
  } else {
    services::TopicMessage message;
    message.topic_arn = arn;
    message.subject = "Amazon S3 Notification";
    message.body = text;
    message.service = kService;
    message.source_arn = "arn:aws:s3:::" + bucket;
    message.source_account = account;
    message.strict = strict;
    runtime::Task<TopicDelivery::Outcome> publishing = peers_->topics().Publish(std::move(message));
    failed = co_await publishing == TopicDelivery::Outcome::kFailed;
  }
  if (failed) co_return storage::OutboxVerdict::RetryAt(clock_.Now() + Pause(event.attempt));
  co_return storage::OutboxVerdict::Done();
}

EventScope::EventScope(S3Service& s3, const Bucket& bucket, EventCause cause)
    : s3_(s3), bucket_(bucket), cause_(cause) {
  if (!bucket_.configuration->notification) return;
  context_.region = bucket.region;
  context_.bucket = bucket.name;
  context_.owner = CanonicalId(bucket.account);
  context_.principal = kService;
  context_.address = kService;
}

EventScope::EventScope(const Call& call, const Bucket& bucket, EventCause cause)
    : EventScope(call.s3, bucket, cause) {
  if (!bucket_.configuration->notification) return;
  const protocol::RequestContext& context = call.exchange.context;
  strict_ = context.strict;
  context_.principal = "AWS:" + context.identity.user_id;
  context_.address = context.peer_address;
  context_.request_id = context.request_id;
  context_.host_id = protocol::Base64Encode(context.request_id);
}

void EventScope::BeforeStoreInJob(std::string_view key, Object& version) {
  replicates_ = false;
  const auto& configuration = bucket_.configuration->replication;
  if (!configuration || bucket_.versioning != Versioning::kEnabled || !IsReplicated(cause_)) return;
  // A change of what was there before the configuration goes nowhere.
  if (version.number != 0 && !version.delete_marker && version.attributes.replication.empty()) return;
  if (ReplicationRulesFor(*configuration, key, version).empty()) return;
  version.attributes.replication = kReplicationPending;
  replicates_ = true;
}

void EventScope::StoredInJob(std::string_view key, const Object& object) {
  // What is asked for is there at once.
  if (cause_ == EventCause::kRestore) {
    Add("ObjectRestore:Post", key, object);
    const std::int64_t number = object.version_id == kNullVersion ? 0 : object.number;
    s3_.events().AddRestoreInJob({bucket_.name, std::string(key), {object.version_id, number}},
                                 *object.attributes.restored);
    added_ = true;
  }
  Add(NameOf(cause_), key, object);
  if (replicates_) AddReplication(key, object.version_id, object.number);
}

void EventScope::DeletedInJob(std::string_view key, const Deleted& deleted, std::int64_t number) {
  Object object;
  object.number = number;
  object.version_id = deleted.version_id;
  Add(deleted.made_marker ? NameOfMarker(cause_) : NameOf(cause_), key, object);
  if (replicates_ && deleted.made_marker) AddReplication(key, deleted.version_id, number);
}

void EventScope::AddReplication(std::string_view key, std::string_view version_id, std::int64_t number) {
  replicates_ = false;
  if (version_id == kNullVersion) return;
  s3_.events().AddReplicationInJob({bucket_.name, std::string(key), {std::string(version_id), number}});
  added_ = true;
}

void EventScope::Add(std::string_view event, std::string_view key, const Object& object) {
  const auto& configuration = bucket_.configuration->notification;
  if (!configuration || event.empty()) return;
  for (const EventTarget& target : TargetsOf(*configuration, event, key)) {
    const std::string message =
        EventMessage(context_, event, target.configuration_id, key, object, s3_.clock().Now());
    s3_.events().AddInJob(target, bucket_, message, strict_);
    added_ = true;
  }
}

void EventScope::TellFailure(const documents::ReplicationRule& rule, std::string_view why,
                             const Object& version) {
  context_.replication_rule = rule.id.value_or("");
  context_.replication_bucket = rule.destination.bucket;
  context_.replication_operation = version.delete_marker ? "OBJECT_DELETE" : "OBJECT_PUT";
  context_.replication_failure = why;
}

void EventScope::Wake() {
  if (added_) s3_.events().Wake();
}

}  // namespace cumulite::s3
