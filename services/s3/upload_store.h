#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/s3/listing.h"
#include "services/s3/multipart.h"
#include "services/s3/object_store.h"

namespace cumulite::s3 {

/// A multipart upload.
struct Upload {
  std::string id;
  std::string key;
  std::int64_t number = 0;  // of the moment it began, in the row of the versions' numbers
  std::string account;      // who began it
  base::TimePoint initiated;
  std::string headers;          // of the object to be
  ObjectAttributes attributes;  // too
  UploadChecksum checksum;
  bool completed = false;
  bool key_deleted = false;  // an object under the key was deleted since the upload began
};

/// A line of ListMultipartUploads.
struct UploadPage {
  std::vector<Upload> uploads;
  std::vector<std::string> common_prefixes;
};

/// Multipart uploads and their parts, which are content files. Completing one is a matter of rows: the object
/// refers to the upload, the upload's parts are its bytes.
/// Thread: as ObjectStore.
class UploadStore {
 public:
  UploadStore(storage::Database& database, storage::Writer& writer, ContentOwners& owners,
              ObjectStore& objects);

  /// Gives the upload its number and id. Errors: NoSuchBucket.
  runtime::Task<void> Create(const Bucket& bucket, Upload& upload);

  /// Errors: NoSuchUpload, also for one that was completed (see FindAny).
  Upload Find(const Bucket& bucket, std::string_view key, std::string_view id) const;
  std::optional<Upload> FindAny(const Bucket& bucket, std::string_view key, std::string_view id) const;

  /// Errors: NoSuchUpload when it ended in the meantime; the part's own file is the caller's to discard then.
  /// SourceGone for a file that is shared.
  enum class PartFile : unsigned char { kOwn, kShared };
  runtime::Task<Blobs> PutPart(std::string_view upload_id, const Part& part, PartFile file);

  /// Parts with numbers above `after`, at most `max` of them.
  std::vector<Part> Parts(std::string_view upload_id, std::int32_t after = 0,
                          std::int32_t max = kMaxPartNumber) const;
  std::int64_t CountParts(std::string_view upload_id) const;

  /// Errors: NoSuchUpload.
  runtime::Task<Blobs> Abort(const Bucket& bucket, std::string_view key, std::string_view upload_id);

  struct Completed {
    Object object;
    Blobs dropped;
  };
  /// Turns the parts into the object; `given` is the checksum that the request states for the whole.
  /// Errors: those of CompleteParts and of the conditions; NoSuchUpload, BadDigest, InvalidRequest,
  /// ConditionalRequestConflict.
  struct CompleteRequest {
    std::string key;
    std::string upload_id;
    std::vector<NamedPart> parts;
    std::optional<GivenChecksum> checksum;
    std::optional<std::uint64_t> size;  // x-amz-mp-object-size
    WriteConditions conditions;
  };
  runtime::Task<Completed> Complete(const Bucket& bucket, const CompleteRequest& request,
                                    Followers* followers = nullptr);

  /// Ordered by key, then by age. `after_id`: of the uploads of the key `after_key`, only later ones.
  UploadPage List(const Bucket& bucket, ListWalk& walk, std::string_view after_key,
                  std::string_view after_id) const;

 private:
  Completed CompleteInJob(const Bucket& bucket, const CompleteRequest& request, Followers* followers);

  storage::Database& database_;
  storage::Writer& writer_;
  ContentOwners& owners_;
  ObjectStore& objects_;

  storage::ReadStatement find_;
  storage::ReadStatement parts_;
  storage::ReadStatement count_parts_;
  storage::ReadStatement list_;
  storage::Statement find_in_job_;
  storage::Statement parts_in_job_;
  storage::Statement insert_;
  storage::Statement replaced_part_;
  storage::Statement put_part_;
  storage::Statement abort_;
  storage::Statement drop_part_;
  storage::Statement complete_;
};

}  // namespace cumulite::s3
