#include "services/s3/operations/acl.h"

#include "services/s3/acl.h"
#include "services/s3/attribute_headers.h"
#include "services/s3/bucket_configuration.h"
#include "services/s3/event_log.h"
#include "services/s3/xml_answer.h"

namespace cumulite::s3 {
namespace {

constexpr std::size_t kMaxDocumentBytes = 256 * 1024;

/// What the request asks for, in its headers or its body.
runtime::Task<Acl> ReadAcl(Call& call, const Bucket& bucket, AclOf of, std::string owner) {
  std::optional<Acl> acl = AclOfHeaders(call, of, owner, bucket.account);
  const std::string document = co_await ReadDocument(call, kMaxDocumentBytes);
  if (acl && !document.empty()) {
    throw AwsError(kUnexpectedContent, "This request does not support content");
  }
  if (!acl) {
    if (document.empty()) {
      throw AwsError(kMissingSecurityHeader, "Your request was missing a required header")
          .With("MissingHeaderName", "x-amz-acl");
    }
    acl = AclOfDocument(call, document, owner);
  }
  RequireAclAllowed(call, bucket, *acl);
  co_return *std::move(acl);
}

}  // namespace

runtime::Task<void> GetBucketAcl(Call& call) {
  const BucketPtr bucket = call.OwnedBucket();
  const std::string* stored = bucket->configuration->Find("acl");
  AnswerDocument(call, stored != nullptr ? *stored : EncodeAcl(PrivateAcl(call, bucket->account)));
  co_return;
}

runtime::Task<void> PutBucketAcl(Call& call) {
  const BucketPtr bucket = call.OwnedBucket();
  runtime::Task<Acl> reading = ReadAcl(call, *bucket, AclOf::kBucket, bucket->account);
  const Acl acl = co_await reading;
  std::vector<BucketDocument> documents;
  documents.push_back({"acl", {}, EncodeAcl(acl)});
  runtime::Task<void> putting = call.s3.buckets().PutDocuments(*bucket, documents);
  co_await putting;
}

runtime::Task<void> GetObjectAcl(Call& call) {
  const BucketPtr bucket = call.OwnedBucket();
  const Object object = FindToDescribe(call, *bucket);
  AddVersionHeader(call.response(), *bucket, object.version_id);
  const std::string& stored = object.attributes.acl;
  AnswerDocument(call,
                 stored.empty() ? EncodeAcl(PrivateAcl(call, OwnerOf(object.attributes, *bucket))) : stored);
  co_return;
}

runtime::Task<void> PutObjectAcl(Call& call) {
  const BucketPtr bucket = call.OwnedBucket();
  const Object object = FindToDescribe(call, *bucket);
  const std::string owner(OwnerOf(object.attributes, *bucket));
  runtime::Task<Acl> reading = ReadAcl(call, *bucket, AclOf::kObject, owner);
  const Acl acl = co_await reading;
  std::string text = IsOwnersAlone(acl, owner) ? std::string{} : EncodeAcl(acl);
  const std::function<void(ObjectAttributes&)> change = [&text](ObjectAttributes& attributes) {
    attributes.acl = text;
  };
  EventScope events(call, *bucket, EventCause::kAcl);
  runtime::Task<Object> changing =
      call.s3.objects().ChangeAttributes(*bucket, call.key(), call.Version(), change, &events);
  const Object changed = co_await changing;
  events.Wake();
  AddVersionHeader(call.response(), *bucket, changed.version_id);
}

}  // namespace cumulite::s3
