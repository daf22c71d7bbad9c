#include <algorithm>

#include "protocol/arn.h"
#include "protocol/xml_codec.h"
#include "protocol/xml_decode.h"
#include "services/s3/access.h"
#include "services/s3/bucket_configuration.h"
#include "services/s3/configuration/rules.h"
#include "services/s3/control/control_call.h"
#include "services/s3/documents/control.h"

// Tags of buckets, by which Terraform reads and writes them.
// Source: S3 Control API Reference "TagResource", "UntagResource", "ListTagsForResource".
namespace cumulite::s3 {
namespace {

using documents::Tag;
using documents::Tagging;

constexpr std::size_t kMaxTags = 50;
constexpr std::size_t kMaxDocumentBytes = 64 * 1024;

/// The bucket whose ARN the path ends with. Errors: InvalidRequest, NoSuchResource.
BucketPtr RequireBucket(const ControlCall& control, std::string_view action) {
  std::string text;
  for (std::size_t i = 1; i < control.path.size(); ++i)
    text.append(i == 1 ? "" : "/").append(control.path[i]);
  const auto arn = protocol::ParseArn(text);
  if (!arn || arn->service != "s3" || arn->resource.find('/') != std::string_view::npos) {
    throw AwsError(kInvalidRequest, "The ARN is not one of a bucket: " + text);
  }
  const BucketPtr bucket = control.call.s3.buckets().Find(arn->resource);
  if (!bucket) throw NoSuchBucket(arn->resource);
  RequireAccess(control.call, *bucket, {.action = action, .key = {}});
  return bucket;
}

std::vector<Tag> TagsOf(const Bucket& bucket) {
  Tagging tagging;
  const std::string* stored = bucket.configuration->Find("tagging");
  if (stored == nullptr || !protocol::DecodeXml(*stored, "Tagging", &tagging, Tagging::Describe())) return {};
  return std::move(tagging.tag_set);
}

runtime::Task<void> Store(ControlCall& control, const Bucket& bucket, Tagging tagging) {
  std::string text;
  if (!tagging.tag_set.empty()) {
    protocol::XmlWriter xml(text);
    xml.Open("Tagging");
    protocol::EncodeXml(&tagging, Tagging::Describe(), xml);
    xml.Close("Tagging");
  }
  std::vector<BucketDocument> documents;
  documents.push_back({"tagging", {}, std::move(text)});
  runtime::Task<void> putting = control.call.s3.buckets().PutDocuments(bucket, documents);
  co_await putting;
  control.call.response().status = 204;
}

}  // namespace

runtime::Task<void> ListTagsForResource(ControlCall& control) {
  const BucketPtr bucket = RequireBucket(control, "s3:GetBucketTagging");
  documents::TagResourceRequest answer{TagsOf(*bucket)};
  std::string inside;
  protocol::XmlWriter xml(inside);
  if (answer.tags.empty()) xml.Empty("Tags");
  protocol::EncodeXml(&answer, documents::TagResourceRequest::Describe(), xml);
  AnswerControl(control.call, "ListTagsForResourceResult", inside);
  co_return;
}

runtime::Task<void> TagResource(ControlCall& control) {
  const BucketPtr bucket = RequireBucket(control, "s3:PutBucketTagging");
  const std::string document = co_await ReadDocument(control.call, kMaxDocumentBytes);
  documents::TagResourceRequest request;
  if (!protocol::DecodeXml(document, "TagResourceRequest", &request,
                           documents::TagResourceRequest::Describe())) {
    throw MalformedXml();
  }
  CheckTags(request.tags, kMaxTags);
  Tagging tagging{TagsOf(*bucket)};
  for (Tag& tag : request.tags) {
    std::erase_if(tagging.tag_set, [&](const Tag& old) { return old.key == tag.key; });
    tagging.tag_set.push_back(std::move(tag));
  }
  CheckTags(tagging.tag_set, kMaxTags);
  runtime::Task<void> storing = Store(control, *bucket, std::move(tagging));
  co_await storing;
}

runtime::Task<void> UntagResource(ControlCall& control) {
  const BucketPtr bucket = RequireBucket(control, "s3:PutBucketTagging");
  Tagging tagging{TagsOf(*bucket)};
  for (const protocol::QueryParam& param : control.call.query) {
    if (param.name != "tagKeys") continue;
    std::erase_if(tagging.tag_set, [&](const Tag& old) { return old.key == param.value; });
  }
  runtime::Task<void> storing = Store(control, *bucket, std::move(tagging));
  co_await storing;
}

}  // namespace cumulite::s3
