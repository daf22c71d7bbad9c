#include "services/s3/operations/bucket_tagging.h"

#include "services/s3/header_rules.h"
#include "services/s3/tag_set.h"
#include "services/s3/xml_answer.h"

namespace cumulite::s3 {
namespace {
constexpr std::size_t kMaxDocumentBytes = 256 * 1024;
}  // namespace

runtime::Task<void> GetBucketTagging(Call& call) {
  const BucketPtr bucket = call.OwnedBucket();
  if (bucket->tags.empty()) {
    throw AwsError(kNoSuchTagSet, "The TagSet does not exist").With("BucketName", bucket->name);
  }
  XmlAnswer xml(call, "Tagging");
  xml.Open("TagSet");
  call.response().body += bucket->tags;
  xml.Close("TagSet");
  co_return;
}

runtime::Task<void> PutBucketTagging(Call& call) {
  CheckHeaders(call.request(), Access::kOther);
  const BucketPtr bucket = call.OwnedBucket();
  const std::string document = co_await ReadDocument(call, kMaxDocumentBytes);
  const auto xml = protocol::XmlDocument::Parse(document);
  if (!xml || xml->root().name() != "Tagging" || !xml->root().Child("TagSet")) throw MalformedXml();
  const std::string tags = ReadTagSet(xml->root().Child("TagSet"));
  runtime::Task<void> putting = call.s3.buckets().PutTags(*bucket, tags);
  co_await putting;
  call.response().status = 204;
}

runtime::Task<void> DeleteBucketTagging(Call& call) {
  CheckHeaders(call.request(), Access::kOther);
  const BucketPtr bucket = call.OwnedBucket();
  runtime::Task<void> deleting = call.s3.buckets().PutTags(*bucket, {});
  co_await deleting;
  call.response().status = 204;
}

}  // namespace cumulite::s3
