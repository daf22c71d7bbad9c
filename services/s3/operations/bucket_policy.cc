#include "services/s3/operations/bucket_policy.h"

#include "services/s3/bucket_configuration.h"
#include "services/s3/bucket_policy.h"
#include "services/s3/public_policy.h"
#include "services/s3/xml_answer.h"

namespace cumulite::s3 {
namespace {

constexpr std::size_t kMaxDocumentBytes = 64 * 1024;

const std::string& RequirePolicy(const Bucket& bucket) {
  if (const std::string* text = bucket.configuration->Find("policy")) return *text;
  throw AwsError(kNoSuchBucketPolicy, "The bucket policy does not exist").With("BucketName", bucket.name);
}

runtime::Task<void> Store(Call& call, const Bucket& bucket, std::string text) {
  std::vector<BucketDocument> documents;
  documents.push_back({"policy", {}, std::move(text)});
  runtime::Task<void> putting = call.s3.buckets().PutDocuments(bucket, documents);
  co_await putting;
  call.response().status = 204;
}

}  // namespace

runtime::Task<void> GetBucketPolicy(Call& call) {
  const BucketPtr bucket = call.OwnedBucket();
  call.response().body = RequirePolicy(*bucket);
  call.response().AddHeader("Content-Type", "application/json");
  co_return;
}

runtime::Task<void> PutBucketPolicy(Call& call) {
  const BucketPtr bucket = call.OwnedBucket();
  std::string text = co_await ReadDocument(call, kMaxDocumentBytes);
  const protocol::Policy policy = ReadPolicy(text, "arn:aws:s3:::" + bucket->name);
  const bool blocked = bucket->configuration->public_access.block_public_policy ||
                       call.s3.control().PublicAccessOf(bucket->account).block_public_policy;
  if (blocked && IsPublic(policy)) {
    throw AwsError(
        kAccessDenied,
        "User: " + call.identity().principal +
            " is not authorized to perform: s3:PutBucketPolicy on resource: \"arn:aws:s3:::" + bucket->name +
            "\" because public policies are prevented by the BlockPublicPolicy setting in S3 Block "
            "Public Access.");
  }
  runtime::Task<void> storing = Store(call, *bucket, std::move(text));
  co_await storing;
}

runtime::Task<void> DeleteBucketPolicy(Call& call) {
  const BucketPtr bucket = call.OwnedBucket();
  runtime::Task<void> storing = Store(call, *bucket, {});
  co_await storing;
}

runtime::Task<void> GetBucketPolicyStatus(Call& call) {
  const BucketPtr bucket = call.OwnedBucket();
  RequirePolicy(*bucket);
  XmlAnswer xml(call, "PolicyStatus");
  xml.Element("IsPublic", bucket->configuration->policy_is_public);
  co_return;
}

}  // namespace cumulite::s3
