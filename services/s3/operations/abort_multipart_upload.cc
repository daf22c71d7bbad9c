#include "services/s3/header_rules.h"
#include "services/s3/operations/multipart_upload.h"

namespace cumulite::s3 {

runtime::Task<void> AbortMultipartUpload(Call& call) {
  CheckHeaders(call.request(), Access::kOther);
  const BucketPtr bucket = call.OwnedBucket();
  const std::string upload_id = call.Query("uploadId", "");
  runtime::Task<Blobs> aborting = call.s3.uploads().Abort(*bucket, call.key(), upload_id);
  Blobs dropped = co_await aborting;
  call.s3.content().Discard(std::move(dropped));
  call.response().status = 204;
}

}  // namespace cumulite::s3
