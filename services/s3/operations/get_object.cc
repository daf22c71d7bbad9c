#include "services/s3/operations/get_object.h"

#include <stdexcept>

#include "services/s3/attribute_headers.h"
#include "services/s3/encryption.h"
#include "services/s3/header_rules.h"
#include "services/s3/object_answer.h"

namespace cumulite::s3 {

runtime::Task<void> GetObject(Call& call) {
  CheckHeaders(call.request(), Access::kRead);
  const BucketPtr bucket = call.OwnedBucket();
  const std::optional<VersionRef> version = call.Version();
  // An overwrite may delete the file between the look at the row and the opening; the next look sees the new
  // row. It takes that many overwrites in as many microseconds to get past the end.
  for (int attempt = 0; attempt < 100; ++attempt) {
    std::optional<ObjectWithBytes> object = call.s3.objects().FindWithBytes(*bucket, call.key(), version);
    RequireObject(object ? &*object : nullptr, call.key(), version);
    RequireReadable(*object, call.Now());
    std::optional<SealKey> key = OpeningKey(call, object->attributes.encryption);
    const std::size_t common_headers = call.response().headers.size();
    const std::optional<ByteRange> range = AnswerHead(call, *bucket, *object);
    if (!range || AttachBytes(call, *bucket, *object, *range, std::move(key))) co_return;
    call.response().headers.resize(common_headers);
    call.response().status = 200;
  }
  throw std::runtime_error("the content of an object cannot be opened");
}

runtime::Task<void> HeadObject(Call& call) {
  CheckHeaders(call.request(), Access::kRead);
  const BucketPtr bucket = call.OwnedBucket();
  const std::optional<VersionRef> version = call.Version();
  const std::optional<Object> object = call.s3.objects().Find(*bucket, call.key(), version);
  RequireObject(object ? &*object : nullptr, call.key(), version);
  OpeningKey(call, object->attributes.encryption);
  if (const auto range = AnswerHead(call, *bucket, *object)) call.response().announced_length = range->size;
  co_return;
}

}  // namespace cumulite::s3
