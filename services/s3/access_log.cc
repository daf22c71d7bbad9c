#include "services/s3/access_log.h"

#include "base/ids.h"
#include "base/log.h"
#include "services/s3/acl.h"
#include "services/s3/body_checks.h"
#include "services/s3/bucket_configuration.h"
#include "services/s3/event_log.h"
#include "services/s3/s3_service.h"
#include "services/s3/xml_answer.h"
#include "services/storage/error.h"

namespace cumulite::s3 {
namespace {

constexpr std::chrono::minutes kPatience{5};
constexpr std::size_t kMaxObjectBytes = 4 << 20;

const documents::LoggingEnabled* LoggingOf(const Bucket& bucket) {
  const auto& logging = bucket.configuration->logging;
  return logging && logging->logging_enabled ? &*logging->logging_enabled : nullptr;
}

bool IsByEvent(const documents::LoggingEnabled& logging) {
  const auto& format = logging.target_object_key_format;
  return format && format->partitioned_prefix &&
         format->partitioned_prefix->partition_date_source == "EventTime";
}

std::string UniqueString() {
  std::string text = base::RandomHex(16);
  for (char& c : text) c = static_cast<char>(c >= 'a' ? c - 32 : c);
  return text;
}

/// The owner's, and whom the configuration names.
std::string AclOfLogs(const documents::LoggingEnabled& logging, std::string_view owner_id) {
  if (logging.target_grants.empty()) return {};
  Acl acl;
  acl.owner = documents::Owner{.display_name = {}, .id = std::string(owner_id)};
  documents::Grantee owner{.display_name = {},
                           .email_address = {},
                           .id = std::string(owner_id),
                           .type = "CanonicalUser",
                           .uri = {}};
  acl.grants.push_back({std::move(owner), "FULL_CONTROL"});
  for (const documents::TargetGrant& grant : logging.target_grants) {
    if (grant.grantee && grant.permission) acl.grants.push_back({*grant.grantee, *grant.permission});
  }
  return EncodeAcl(acl);
}

}  // namespace

/// Lines that become one object.
struct AccessLog::Batch {
  std::string text;
  std::int64_t last = 0;  // their rows are those up to this one
  base::TimePoint first_event;
};

AccessLog::AccessLog(S3Service& s3, storage::Database& database, storage::Writer& writer)
    : s3_(s3),
      writer_(writer),
      alarm_([this] { Begin(); }),
      insert_(database, "INSERT INTO access_log (bucket, at_ms, line) VALUES (?1, ?2, ?3)"),
      drop_(database, "DELETE FROM access_log WHERE bucket = ?1 AND id <= ?2"),
      lines_(database, "SELECT id, at_ms, line FROM access_log WHERE bucket = ?1 ORDER BY id"),
      buckets_(database, "SELECT DISTINCT bucket FROM access_log"),
      any_(database, "SELECT 1 FROM access_log LIMIT 1") {}

void AccessLog::Start() {
  Changed();
  if (AnyWaits()) Begin();
}

void AccessLog::Stop() {
  stopped_ = true;
  alarm_.Cancel();
}

void AccessLog::Changed() {
  bool any = false;
  for (const BucketPtr& bucket : s3_.buckets().All()) any = any || LoggingOf(*bucket) != nullptr;
  active_ = any;
}

void AccessLog::Note(const LoggedRequest& request) {
  if (stopped_) return;
  const auto insert = [this, bucket = request.bucket.name, at = request.time.time_since_epoch().count(),
                       line = AccessLogLine(request)] { insert_.Run(bucket, at, line); };
  try {
    writer_.Enqueue(insert, storage::Urgency::kLazy);
  } catch (const storage::QueueFull&) {
    base::Logger("s3")->warn("an access log line is lost bucket={}", request.bucket.name);
  } catch (const storage::StorageError& error) {
    base::Logger("s3")->warn("an access log line is lost bucket={} cause={}", request.bucket.name,
                             error.what());
  }
  alarm_.SetAtMost(s3_.clock().Now() + kPatience);
}

void AccessLog::Begin() {
  if (stopped_ || running_.exchange(true)) return;
  Run().Detach();
}

runtime::Task<bool> AccessLog::Settle() {
  bool waited = false;
  for (;;) {
    runtime::Signal::Subscription end(ended_);
    if (!running_) {
      if (waited || stopped_) co_return waited;
      // Lines that were queued are rows by the time that a later job has run.
      const auto nothing = [] {};
      runtime::Task<void> passing = writer_.Run(nothing);
      co_await passing;
      if (!AnyWaits()) co_return false;
      Begin();
      waited = true;
      continue;
    }
    waited = true;
    co_await end.Until(base::TimePoint::max(), nullptr);
  }
}

runtime::Task<void> AccessLog::Run() {
  try {
    std::vector<std::string> names;
    for (auto rows = buckets_.Query(); rows.Next();) names.emplace_back(rows.Text(0));
    for (const std::string& name : names) {
      for (bool more = true; more && !stopped_;) {
        runtime::Task<bool> delivering = Deliver(name);
        more = co_await delivering;
      }
    }
  } catch (const std::exception& failure) {
    // The rows are still there: the next time delivers them.
    if (!stopped_) {
      base::Logger("s3")->warn("access logs are not delivered cause={}", failure.what());
      alarm_.SetAtMost(s3_.clock().Now() + kPatience);
    }
  }
  running_ = false;
  ended_.NotifyAll();
}

AccessLog::Batch AccessLog::Take(const Bucket& source) const {
  const documents::LoggingEnabled* logging = LoggingOf(source);
  const bool by_day = logging != nullptr && IsByEvent(*logging);
  Batch batch;
  for (auto rows = lines_.Query(source.name); rows.Next();) {
    const base::TimePoint at{std::chrono::milliseconds(rows.Int64(1))};
    if (batch.last == 0) batch.first_event = at;
    const bool other_day =
        std::chrono::floor<std::chrono::days>(at) != std::chrono::floor<std::chrono::days>(batch.first_event);
    if (by_day && other_day) break;
    batch.last = rows.Int64(0);
    batch.text += rows.Text(2);
    if (batch.text.size() >= kMaxObjectBytes) break;
  }
  return batch;
}

runtime::Task<bool> AccessLog::Deliver(const std::string& bucket) {
  const BucketPtr source = s3_.buckets().Find(bucket);
  const documents::LoggingEnabled* logging = source ? LoggingOf(*source) : nullptr;
  const BucketPtr target = logging != nullptr ? s3_.buckets().Find(logging->target_bucket) : nullptr;
  if (!target) {
    // Logging was switched off, or there is nothing to deliver to: AWS drops such lines, too.
    const auto drop = [this, &bucket] { drop_.Run(bucket, INT64_MAX); };
    runtime::Task<void> dropping = writer_.Run(drop);
    co_await dropping;
    co_return false;
  }
  const Batch batch = Take(*source);
  if (batch.last == 0) co_return false;
  runtime::Task<void> putting = Put(*source, *target, batch);
  co_await putting;
  co_return true;
}

runtime::Task<void> AccessLog::Put(const Bucket& source, const Bucket& target, const Batch& batch) {
  const documents::LoggingEnabled& logging = *LoggingOf(source);
  const base::TimePoint now = s3_.clock().Now();
  const std::string key = AccessLogKey(logging, source, batch.first_event, now, UniqueString());
  BodyChecks checks(ChecksumAlgorithm::kCrc64Nvme);
  runtime::Task<Content> copying = s3_.content().Copy(batch.text, checks, Placement::kBySize);
  const Content content = co_await copying;
  Object object;
  object.size = content.size;
  object.blob = content.blob;
  object.modified = now;
  object.etag = checks.md5().Hex();
  object.checksum = {checks.algorithm(), ChecksumType::kFullObject, checks.checksum().Base64()};
  object.headers = "Content-Type: text/plain\r\n";
  object.attributes.acl = AclOfLogs(logging, CanonicalId(target.account));
  EventScope events(s3_, target, EventCause::kPut);
  const auto put = [&] {
    Blobs dropped;
    events.BeforeStoreInJob(key, object);
    s3_.objects().AddInJob(target, key, object, content.bytes, dropped);
    events.StoredInJob(key, object);
    drop_.Run(source.name, batch.last);
    return dropped;
  };
  try {
    runtime::Task<Blobs> putting = writer_.Run(put);
    Blobs dropped = co_await putting;
    s3_.content().Discard(std::move(dropped));
  } catch (...) {
    if (!content.blob.empty()) s3_.content().AddDoubtful({content.blob});
    throw;
  }
  events.Wake();
}

}  // namespace cumulite::s3
