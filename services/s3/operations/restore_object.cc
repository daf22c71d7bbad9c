#include "services/s3/operations/restore_object.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "protocol/xml_reader.h"
#include "services/s3/attribute_headers.h"
#include "services/s3/event_log.h"
#include "services/s3/header_rules.h"

namespace cumulite::s3 {
namespace {

constexpr std::size_t kMaxDocumentBytes = 64 * 1024;
constexpr std::array<std::string_view, 3> kTiers{"Standard", "Bulk", "Expedited"};
constexpr std::int32_t kMaxDays = 36'500;

/// For how many days.
std::int32_t ReadRequest(std::string_view document) {
  const auto xml = protocol::XmlDocument::Parse(document);
  if (!xml || xml->root().name() != "RestoreRequest") throw MalformedXml();
  const protocol::XmlNode root = xml->root();
  if (root.Child("Type") || root.Child("SelectParameters") || root.Child("OutputLocation")) {
    throw AwsError(kNotImplemented, "Restore by SELECT is not implemented by this server.")
        .With("Element", "Type");
  }
  const protocol::XmlNode glacier = root.Child("GlacierJobParameters");
  const auto tier = glacier ? glacier.ChildText("Tier") : root.ChildText("Tier");
  if (tier && std::find(kTiers.begin(), kTiers.end(), *tier) == kTiers.end()) throw MalformedXml();
  const auto days = root.ChildText("Days");
  if (!days) throw MalformedXml();
  std::int32_t value = 0;
  const auto [end, error] = std::from_chars(days->data(), days->data() + days->size(), value);
  if (error != std::errc() || end != days->data() + days->size()) throw MalformedXml();
  if (value < 1 || value > kMaxDays) {
    throw InvalidArgument("restoration days should be at least 1", "Days", *days);
  }
  return value;
}

}  // namespace

runtime::Task<void> RestoreObject(Call& call) {
  CheckHeaders(call.request(), Access::kOther);
  const BucketPtr bucket = call.OwnedBucket();
  const std::string document = co_await ReadDocument(call, kMaxDocumentBytes);
  const std::chrono::days days(ReadRequest(document));
  const base::TimePoint now = call.Now();
  bool was_restored = false;
  const std::function<void(ObjectAttributes&)> change = [&](ObjectAttributes& attributes) {
    if (!IsArchived(attributes)) {
      throw AwsError(kInvalidObjectState, "Restore is not allowed for the object's current storage class")
          .With("StorageClass", std::string(attributes.StorageClass()));
    }
    was_restored = attributes.restored && *attributes.restored > now;
    attributes.restored = std::chrono::ceil<std::chrono::days>(now + days);
  };
  EventScope events(call, *bucket, EventCause::kRestore);
  runtime::Task<Object> changing =
      call.s3.objects().ChangeAttributes(*bucket, call.key(), call.Version(), change, &events);
  const Object object = co_await changing;
  events.Wake();
  AddVersionHeader(call.response(), *bucket, object.version_id);
  call.response().status = was_restored ? 200 : 202;
}

runtime::Task<storage::OutboxVerdict> EndRestore(S3Service& s3, storage::OutboxEvent event) {
  const VersionTask task = VersionTask::Decode(event.payload);
  const BucketPtr bucket = s3.buckets().Find(task.bucket);
  if (!bucket) co_return storage::OutboxVerdict::Done();
  const base::TimePoint now = s3.clock().Now();
  const std::function<void(ObjectAttributes&)> change = [now](ObjectAttributes& attributes) {
    if (!attributes.restored || *attributes.restored > now) {
      throw AwsError(kInvalidObjectState, "The restored copy has not ended");
    }
    attributes.restored.reset();
  };
  EventScope events(s3, *bucket, EventCause::kRestoreEnd);
  try {
    runtime::Task<Object> changing =
        s3.objects().ChangeAttributes(*bucket, task.key, task.version, change, &events);
    co_await changing;
    events.Wake();
  } catch (const AwsError&) {  // NOLINT(bugprone-empty-catch): deleted meanwhile, or restored for longer
  }
  co_return storage::OutboxVerdict::Done();
}

runtime::Task<void> GetObjectTorrent(Call& call) {
  call.OwnedBucket();
  throw AwsError(kMethodNotAllowed, "The specified method is not allowed against this resource.")
      .With("Method", "GET")
      .With("ResourceType", "TORRENT");
  co_return;
}

}  // namespace cumulite::s3
