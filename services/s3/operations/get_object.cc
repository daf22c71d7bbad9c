#include "services/s3/operations/get_object.h"

#include <stdexcept>

#include "services/s3/header_rules.h"
#include "services/s3/object_answer.h"

namespace cumulite::s3 {
namespace {

/// Puts the bytes into the answer; false when the object has been replaced since it was found.
bool AttachBytes(Call& call, ObjectWithBytes& object, const ByteRange& range) {
  protocol::HttpResponse& response = call.response();
  if (range.size == 0) return true;
  if (IsInline(object)) {
    if (range.size == object.bytes.size()) {
      response.body = std::move(object.bytes);
    } else {
      response.body.assign(object.bytes, range.first, range.size);
    }
    return true;
  }
  auto files = OpenRange(call.s3, object, range);
  if (!files) return false;
  response.files = *std::move(files);
  return true;
}

}  // namespace

runtime::Task<void> GetObject(Call& call) {
  CheckHeaders(call.request(), Access::kRead);
  const BucketPtr bucket = call.OwnedBucket();
  call.CheckVersionId();
  // An overwrite may delete the file between the look at the row and the opening; the next look sees the new
  // row. It takes that many overwrites in as many microseconds to get past the end.
  for (int attempt = 0; attempt < 100; ++attempt) {
    std::optional<ObjectWithBytes> object = call.s3.objects().FindWithBytes(*bucket, call.key());
    if (!object) throw NoSuchKey(call.key());
    const std::size_t common_headers = call.response().headers.size();
    const std::optional<ByteRange> range = AnswerHead(call, *object);
    if (!range || AttachBytes(call, *object, *range)) co_return;
    call.response().headers.resize(common_headers);
    call.response().status = 200;
  }
  throw std::runtime_error("the content of an object cannot be opened");
}

runtime::Task<void> HeadObject(Call& call) {
  CheckHeaders(call.request(), Access::kRead);
  const BucketPtr bucket = call.OwnedBucket();
  call.CheckVersionId();
  const std::optional<Object> object = call.s3.objects().Find(*bucket, call.key());
  if (!object) throw NoSuchKey(call.key());
  if (const auto range = AnswerHead(call, *object)) call.response().announced_length = range->size;
  co_return;
}

}  // namespace cumulite::s3
