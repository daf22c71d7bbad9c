#include "services/s3/event_log.h"

#include <algorithm>

#include "protocol/base64.h"
#include "services/s3/bucket_configuration.h"
#include "services/s3/xml_answer.h"

namespace cumulite::s3 {
namespace {

using services::QueueDelivery;
using services::TopicDelivery;

constexpr std::string_view kQueue = "queue";
constexpr std::string_view kTopic = "topic";
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
    case EventCause::kAcl:
      return "ObjectAcl:Put";
  }
  return {};
}

std::string_view NameOfMarker(EventCause cause) {
  return cause == EventCause::kLifecycle ? "LifecycleExpiration:DeleteMarkerCreated"
                                         : "ObjectRemoved:DeleteMarkerCreated";
}

}  // namespace

EventLog::EventLog(storage::Database& database, storage::Writer& writer, const base::Clock& clock,
                   services::Peers* peers)
    : clock_(clock), peers_(peers), outbox_(database, writer, clock) {}

void EventLog::Start() {
  if (peers_ == nullptr) return;
  outbox_.Start([this](storage::OutboxEvent event) { return Handle(std::move(event)); });
}

runtime::Task<bool> EventLog::Settle() {
  if (peers_ == nullptr || outbox_.Count() == 0) co_return false;
  runtime::Task<void> settled = outbox_.Settled(clock_.Now());
  co_await settled;
  co_return true;
}

void EventLog::AddInJob(const EventTarget& target, const Bucket& bucket, std::string_view message,
                        bool strict) {
  std::string payload = target.arn + "\n" + bucket.name + "\n" + bucket.account + "\n";
  payload.append(strict ? "strict\n" : "\n").append(message);
  const bool queue = target.kind == EventTarget::Kind::kQueue;
  outbox_.Add({.kind = queue ? kQueue : kTopic, .payload = payload, .due = clock_.Now()});
}

runtime::Task<storage::OutboxVerdict> EventLog::Handle(storage::OutboxEvent event) {
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

void EventScope::StoredInJob(std::string_view key, const Object& object) { Add(NameOf(cause_), key, object); }

void EventScope::DeletedInJob(std::string_view key, const Deleted& deleted, std::int64_t number) {
  Object object;
  object.number = number;
  object.version_id = deleted.version_id;
  Add(deleted.made_marker ? NameOfMarker(cause_) : NameOf(cause_), key, object);
}

void EventScope::Add(std::string_view event, std::string_view key, const Object& object) {
  const auto& configuration = bucket_.configuration->notification;
  if (!configuration) return;
  for (const EventTarget& target : TargetsOf(*configuration, event, key)) {
    const std::string message =
        EventMessage(context_, event, target.configuration_id, key, object, s3_.clock().Now());
    s3_.events().AddInJob(target, bucket_, message, strict_);
    added_ = true;
  }
}

void EventScope::Wake() {
  if (added_) s3_.events().Wake();
}

}  // namespace cumulite::s3
