#include "services/s3/operations/delete_object.h"

#include "services/s3/header_rules.h"

namespace cumulite::s3 {

runtime::Task<void> DeleteObject(Call& call) {
  CheckHeaders(call.request(), Access::kOther);
  const BucketPtr bucket = call.OwnedBucket();
  call.CheckVersionId();
  const std::vector<std::string> keys{call.key()};
  runtime::Task<ObjectStore::Blobs> deleting =
      call.s3.objects().Delete(*bucket, keys, call.Header("If-Match"));
  ObjectStore::Blobs dropped = co_await deleting;
  call.s3.content().Discard(std::move(dropped));
  call.response().status = 204;
}

}  // namespace cumulite::s3
