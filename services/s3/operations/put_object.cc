#include "services/s3/operations/put_object.h"

#include "services/s3/attribute_headers.h"
#include "services/s3/encryption.h"
#include "services/s3/event_log.h"
#include "services/s3/header_rules.h"
#include "services/s3/object_answer.h"
#include "services/s3/object_headers.h"
#include "services/s3/store_object.h"

namespace cumulite::s3 {

runtime::Task<void> PutObject(Call& call) {
  // All that the head alone tells is refused before the body is asked for.
  CheckHeaders(call.request(), Access::kWrite);
  const BucketPtr bucket = call.OwnedBucket();
  const WriteConditions conditions = WriteConditions::Of(call.request());
  Object object;
  object.headers = ObjectHeaders(call.request());
  object.attributes = ReadAttributeHeaders(call, *bucket);
  const WantedEncryption wanted = ReadEncryption(call, *bucket);
  object.attributes.encryption = wanted.encryption;
  RequireDigestForLock(call, object.attributes);
  BodyChecks checks(call.request(), call.exchange.payload, ChecksumAlgorithm::kCrc64Nvme);
  UploadBody body(call.exchange);

  runtime::Task<Content> receiving =
      call.s3.content().Receive(body, checks, Placement::kBySize, wanted.seal());
  const Content content = co_await receiving;
  EventScope events(call, *bucket, call.request().method == "POST" ? EventCause::kPost : EventCause::kPut);
  co_await StoreObject(call, *bucket, object, content, checks, conditions, events);
  AddWriteHeaders(call, *bucket, object);
}

}  // namespace cumulite::s3
