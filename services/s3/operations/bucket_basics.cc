#include "services/s3/operations/bucket_basics.h"

#include "services/s3/header_rules.h"
#include "services/s3/xml_answer.h"

namespace cumulite::s3 {

runtime::Task<void> HeadBucket(Call& call) {
  const BucketPtr bucket = call.OwnedBucket();
  call.response().AddHeader("x-amz-bucket-region", bucket->region);
  call.response().AddHeader("x-amz-access-point-alias", "false");
  call.response().AddHeader("Content-Type", "application/xml");
  co_return;
}

runtime::Task<void> DeleteBucket(Call& call) {
  CheckHeaders(call.request(), Access::kOther);
  const BucketPtr bucket = call.OwnedBucket();
  runtime::Task<std::vector<std::string>> deleting = call.s3.buckets().Delete(*bucket);
  std::vector<std::string> dropped = co_await deleting;
  call.s3.content().Discard(std::move(dropped));
  call.response().status = 204;
}

runtime::Task<void> GetBucketLocation(Call& call) {
  const BucketPtr bucket = call.OwnedBucket();
  XmlAnswer xml(call, "LocationConstraint");
  xml.Text(bucket->location);
  co_return;
}

runtime::Task<void> GetBucketVersioning(Call& call) {
  call.OwnedBucket();
  const XmlAnswer empty(call, "VersioningConfiguration");
  co_return;
}

runtime::Task<void> GetBucketEncryption(Call& call) {
  call.OwnedBucket();
  XmlAnswer xml(call, "ServerSideEncryptionConfiguration");
  xml.Open("Rule");
  xml.Open("ApplyServerSideEncryptionByDefault");
  xml.Element("SSEAlgorithm", "AES256");
  xml.Close("ApplyServerSideEncryptionByDefault");
  xml.Element("BucketKeyEnabled", false);
  xml.Close("Rule");
  co_return;
}

runtime::Task<void> OptionsObject(Call& call) {
  if (!call.Header("Origin")) {
    throw AwsError(kBadRequest, "Insufficient information. Origin request header needed.");
  }
  if (!call.s3.buckets().Find(call.address.bucket)) throw NoSuchBucket(call.address.bucket);
  throw AwsError(kAccessForbidden, "CORSResponse: CORS is not enabled for this bucket.")
      .With("Method", std::string(call.Header("Access-Control-Request-Method").value_or("")))
      .With("ResourceType", call.address.level == Level::kObject ? "OBJECT" : "BUCKET");
  co_return;
}

}  // namespace cumulite::s3
