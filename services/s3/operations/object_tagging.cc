#include "services/s3/operations/object_tagging.h"

#include "services/s3/attribute_headers.h"
#include "services/s3/event_log.h"
#include "services/s3/header_rules.h"
#include "services/s3/object_tags.h"

namespace cumulite::s3 {
namespace {

constexpr std::size_t kMaxDocumentBytes = 64 * 1024;

runtime::Task<void> PutTags(Call& call, const Bucket& bucket, std::string tags, EventCause cause) {
  const std::function<void(ObjectAttributes&)> change = [&tags](ObjectAttributes& attributes) {
    attributes.tags = tags;
  };
  EventScope events(call, bucket, cause);
  runtime::Task<Object> changing =
      call.s3.objects().ChangeAttributes(bucket, call.key(), call.Version(), change, &events);
  const Object object = co_await changing;
  events.Wake();
  AddVersionHeader(call.response(), bucket, object.version_id);
}

}  // namespace

runtime::Task<void> GetObjectTagging(Call& call) {
  CheckHeaders(call.request(), Access::kOther);
  const BucketPtr bucket = call.OwnedBucket();
  const Object object = FindToDescribe(call, *bucket);
  AddVersionHeader(call.response(), *bucket, object.version_id);
  XmlAnswer xml(call, "Tagging");
  WriteTagSet(xml, object.attributes.tags);
  co_return;
}

runtime::Task<void> PutObjectTagging(Call& call) {
  CheckHeaders(call.request(), Access::kOther);
  const BucketPtr bucket = call.OwnedBucket();
  const std::string document = co_await ReadDocument(call, kMaxDocumentBytes);
  runtime::Task<void> putting = PutTags(call, *bucket, ReadTagging(document), EventCause::kTagging);
  co_await putting;
}

runtime::Task<void> DeleteObjectTagging(Call& call) {
  CheckHeaders(call.request(), Access::kOther);
  const BucketPtr bucket = call.OwnedBucket();
  runtime::Task<void> putting = PutTags(call, *bucket, {}, EventCause::kTaggingDelete);
  co_await putting;
  call.response().status = 204;
}

}  // namespace cumulite::s3
