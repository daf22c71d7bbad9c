#include "services/s3/operations/bucket_basics.h"

#include "services/s3/control/control_call.h"
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
  if (call.s3.control().HasAccessPoints(bucket->name)) {
    throw AwsError(
        kBucketHasAccessPointsAttached,
        "The bucket you tried to delete has access points attached. Delete your access points before "
        "deleting your bucket.")
        .With("BucketName", bucket->name);
  }
  runtime::Task<Blobs> deleting = call.s3.buckets().Delete(*bucket);
  Blobs dropped = co_await deleting;
  call.s3.content().Discard(std::move(dropped));
  call.response().status = 204;
}

runtime::Task<void> GetBucketLocation(Call& call) {
  const BucketPtr bucket = call.OwnedBucket();
  XmlAnswer xml(call, "LocationConstraint");
  xml.Text(bucket->location);
  co_return;
}

}  // namespace cumulite::s3
