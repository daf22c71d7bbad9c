#include "services/s3/operations/object_lock.h"

#include "protocol/xml_reader.h"
#include "services/s3/attribute_headers.h"
#include "services/s3/event_log.h"
#include "services/s3/header_rules.h"
#include "services/s3/xml_answer.h"

namespace cumulite::s3 {
namespace {

constexpr std::size_t kMaxDocumentBytes = 64 * 1024;

BucketPtr BucketWithLock(const Call& call) {
  BucketPtr bucket = call.OwnedBucket();
  if (!bucket->object_lock) throw AwsError(kInvalidRequest, "Bucket is missing Object Lock Configuration");
  return bucket;
}

AwsError NoLockConfiguration() {
  return AwsError(kNoSuchObjectLockConfiguration,
                  "The specified object does not have a ObjectLock configuration");
}

/// nullopt: the document takes the retention away.
std::optional<Retention> ReadRetention(std::string_view document, base::TimePoint now) {
  const auto xml = protocol::XmlDocument::Parse(document);
  if (!xml || xml->root().name() != "Retention") throw MalformedXml();
  const auto mode = xml->root().ChildText("Mode");
  const auto until = xml->root().ChildText("RetainUntilDate");
  if (!mode && !until) return std::nullopt;
  if (!mode || !until) throw MalformedXml();
  const auto parsed = ParseRetentionMode(*mode);
  const auto date = ParseRetainUntil(*until);
  if (!parsed || !date) throw MalformedXml();
  if (*date <= now) {
    throw InvalidArgument("The retain until date must be in the future!", "RetainUntilDate", *until);
  }
  return Retention{*parsed, *date};
}

bool ReadLegalHold(std::string_view document) {
  const auto xml = protocol::XmlDocument::Parse(document);
  if (!xml || xml->root().name() != "LegalHold") throw MalformedXml();
  const auto status = xml->root().ChildText("Status");
  if (status == "ON") return true;
  if (status == "OFF") return false;
  throw MalformedXml();
}

runtime::Task<void> Change(Call& call, const Bucket& bucket, std::function<void(ObjectAttributes&)> change) {
  EventScope events(call, bucket, EventCause::kLock);
  runtime::Task<Object> changing =
      call.s3.objects().ChangeAttributes(bucket, call.key(), call.Version(), std::move(change), &events);
  const Object object = co_await changing;
  events.Wake();
  AddVersionHeader(call.response(), bucket, object.version_id);
}

}  // namespace

runtime::Task<void> GetObjectRetention(Call& call) {
  CheckHeaders(call.request(), Access::kOther);
  const BucketPtr bucket = BucketWithLock(call);
  const Object object = FindToDescribe(call, *bucket);
  if (!object.attributes.retention) throw NoLockConfiguration();
  XmlAnswer xml(call, "Retention");
  xml.Element("Mode", ToString(object.attributes.retention->mode));
  xml.Element("RetainUntilDate", FormatRetainUntil(object.attributes.retention->until));
  co_return;
}

runtime::Task<void> PutObjectRetention(Call& call) {
  CheckHeaders(call.request(), Access::kOther);
  const BucketPtr bucket = BucketWithLock(call);
  const Bypass bypass = ReadBypass(call, *bucket);
  const std::string document = co_await ReadDocument(call, kMaxDocumentBytes);
  const base::TimePoint now = call.Now();
  const std::optional<Retention> wanted = ReadRetention(document, now);
  const std::function<void(ObjectAttributes&)> change = [&](ObjectAttributes& attributes) {
    RequireRetentionChange(attributes, wanted, bypass, now);
    attributes.retention = wanted;
  };
  runtime::Task<void> changing = Change(call, *bucket, change);
  co_await changing;
}

runtime::Task<void> GetObjectLegalHold(Call& call) {
  CheckHeaders(call.request(), Access::kOther);
  const BucketPtr bucket = BucketWithLock(call);
  const Object object = FindToDescribe(call, *bucket);
  if (!object.attributes.legal_hold) throw NoLockConfiguration();
  XmlAnswer xml(call, "LegalHold");
  xml.Element("Status", *object.attributes.legal_hold ? "ON" : "OFF");
  co_return;
}

runtime::Task<void> PutObjectLegalHold(Call& call) {
  CheckHeaders(call.request(), Access::kOther);
  const BucketPtr bucket = BucketWithLock(call);
  const std::string document = co_await ReadDocument(call, kMaxDocumentBytes);
  const bool hold = ReadLegalHold(document);
  const std::function<void(ObjectAttributes&)> change = [hold](ObjectAttributes& attributes) {
    attributes.legal_hold = hold;
  };
  runtime::Task<void> changing = Change(call, *bucket, change);
  co_await changing;
}

}  // namespace cumulite::s3
