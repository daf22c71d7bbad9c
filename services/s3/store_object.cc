#include "services/s3/store_object.h"

#include <utility>

#include "services/s3/event_log.h"
#include "services/storage/error.h"

namespace cumulite::s3 {
namespace {

/// Whether the write that ends with the exception at hand has certainly left no row. A commit that failed may
/// have reached the disk.
bool LeftNoRow() {
  try {
    throw;
  } catch (const SourceGone&) {
    return true;
  } catch (const AwsError&) {
    return true;  // the job refused, and was undone alone
  } catch (const storage::QueueFull&) {
    return true;
  } catch (const storage::StorageError& error) {
    return error.kind() == storage::StorageError::Kind::kRefused;  // the job was never run
  } catch (...) {
    return false;
  }
}

/// The content files that become needless with a write; begins before it.
class FilesOfWrite {
 public:
  /// `written`: the file that is new with the write, if there is one.
  FilesOfWrite(ContentStore& files, std::string_view written)
      : files_(files), doubtful_(files.TakeDoubtful()), written_(written) {}

  void Committed(Blobs replaced) {
    files_.Discard(std::move(replaced));
    files_.DiscardUnreferenced(std::move(doubtful_));
  }
  /// With the exception at hand.
  void Failed() {
    if (!written_.empty()) {
      if (LeftNoRow()) {
        files_.Discard({written_});
      } else {
        doubtful_.push_back(written_);
      }
    }
    if (!doubtful_.empty()) files_.AddDoubtful(std::move(doubtful_));
  }

 private:
  ContentStore& files_;
  Blobs doubtful_;
  const std::string written_;
};

}  // namespace

runtime::Task<void> StoreObject(Call& call, const Bucket& bucket, Object& object, const Content& content,
                                const BodyChecks& checks, const WriteConditions& conditions,
                                EventScope& events) {
  object.etag = checks.md5().Hex();
  object.checksum = {checks.algorithm(), ChecksumType::kFullObject, checks.checksum().Base64()};
  runtime::Task<void> storing = StoreContent(call, bucket, object, content, conditions, events);
  co_await storing;
}

runtime::Task<void> StoreContent(Call& call, const Bucket& bucket, Object& object, const Content& content,
                                 const WriteConditions& conditions, EventScope& events) {
  object.size = content.size;
  object.modified = call.Now();
  object.blob = content.blob;
  object.upload = content.upload;
  FilesOfWrite files(call.s3.content(), content.shared ? std::string_view() : object.blob);
  try {
    runtime::Task<Blobs> putting =
        call.s3.objects().Put(bucket, call.key(), object, content, conditions, &events);
    Blobs replaced = co_await putting;
    files.Committed(std::move(replaced));
    events.Wake();
  } catch (...) {
    files.Failed();
    throw;
  }
}

runtime::Task<void> StorePart(Call& call, std::string_view upload_id, const Part& part,
                              UploadStore::PartFile file) {
  FilesOfWrite files(call.s3.content(), file == UploadStore::PartFile::kOwn ? part.blob : std::string_view());
  try {
    runtime::Task<Blobs> putting = call.s3.uploads().PutPart(upload_id, part, file);
    Blobs replaced = co_await putting;
    files.Committed(std::move(replaced));
  } catch (...) {
    files.Failed();
    throw;
  }
}

}  // namespace cumulite::s3
