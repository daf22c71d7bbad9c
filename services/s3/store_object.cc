#include "services/s3/store_object.h"

namespace cumulite::s3 {

runtime::Task<void> StoreObject(Call& call, const Bucket& bucket, Object& object, const Content& content,
                                const BodyChecks& checks, const WriteConditions& conditions) {
  object.size = content.size;
  object.etag = checks.md5().Hex();
  object.modified = call.Now();
  object.checksum = {checks.algorithm(), ChecksumType::kFullObject, checks.checksum().Base64()};
  object.blob = content.blob;
  ContentStore& files = call.s3.content();
  try {
    runtime::Task<ObjectStore::Blobs> putting =
        call.s3.objects().Put(bucket, call.key(), object, content, conditions);
    ObjectStore::Blobs replaced = co_await putting;
    files.Discard(std::move(replaced));
  } catch (const AwsError&) {
    // Of any other failure it is not known whether the row has reached the disk: the sweep will know.
    if (!content.blob.empty()) files.Discard({content.blob});
    throw;
  }
}

runtime::Task<void> StorePart(Call& call, std::string_view upload_id, const Part& part) {
  ContentStore& files = call.s3.content();
  try {
    runtime::Task<UploadStore::Blobs> putting = call.s3.uploads().PutPart(upload_id, part);
    UploadStore::Blobs replaced = co_await putting;
    files.Discard(std::move(replaced));
  } catch (const AwsError&) {
    files.Discard({part.blob});
    throw;
  }
}

}  // namespace cumulite::s3
