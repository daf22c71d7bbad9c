#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/task.h"
#include "services/s3/bucket_store.h"
#include "services/s3/content.h"
#include "services/s3/content_owners.h"
#include "services/s3/object.h"
#include "services/s3/object_lock.h"
#include "services/s3/version_id.h"
#include "services/storage/statement.h"
#include "services/storage/writer.h"

namespace cumulite::s3 {

/// A key, or one version of it, that is to be deleted.
struct Deletion {
  std::string key;
  std::optional<VersionRef> version = std::nullopt;
  std::optional<std::string> if_match = std::nullopt;
  std::int64_t only_number = 0;  // not 0: nothing is done unless that is the version at hand
};

/// What became of it.
struct Deleted {
  bool delete_marker = false;  // one was made, or deleted
  bool made_marker = false;
  std::string version_id;  // of the version that was named, or of the marker; empty without versioning
  std::optional<AwsError> refusal;
};

/// What follows from a change in other places: written in the job of the change, so that it is there exactly
/// if the change is.
/// Thread: the writer.
class Followers {
 public:
  virtual ~Followers() = default;
  /// A version or delete marker is about to be made, or changed as `version` says: it may get attributes.
  virtual void BeforeStoreInJob([[maybe_unused]] std::string_view key, [[maybe_unused]] Object& version) {}
  /// A version was made, or its attributes were changed.
  virtual void StoredInJob(std::string_view key, const Object& object) = 0;
  /// `number`: of the version or marker that it is about.
  virtual void DeletedInJob(std::string_view key, const Deleted& deleted, std::int64_t number) = 0;
};

/// A version as it is to be in another bucket, under its own version id.
struct Replica {
  BucketPtr bucket;
  Object object;
  bool has_own_file = false;  // the bytes are not shared with the source
  Followers* followers = nullptr;
};

/// What a copy refers to is not there any more: look for the source again.
struct SourceGone {};

/// The objects of all buckets. Rows are versions ordered by (bucket, key, newest first).
///
/// Writes give the content files that they made superfluous; whoever calls discards them.
/// Thread: reads on any; coroutines on a loop; ...InJob on the writer thread.
class ObjectStore {
 public:
  ObjectStore(storage::Database& database, storage::Writer& writer, ContentOwners& owners,
              std::int64_t first_number);

  /// The numbers of this start: see number_block. Before the Writer runs.
  static std::int64_t TakeNumberBlock(storage::Database& database);

  /// The version that is named, else the latest one; it may be a delete marker.
  std::optional<Object> Find(const Bucket& bucket, std::string_view key,
                             const std::optional<VersionRef>& version = std::nullopt) const;
  std::optional<ObjectWithBytes> FindWithBytes(const Bucket& bucket, std::string_view key,
                                               const std::optional<VersionRef>& version = std::nullopt) const;
  bool References(std::string_view blob) const;

  /// Puts an object, whose bytes are `content`: as a new version, or in the place of the null version.
  /// Fills in number and version_id.
  /// Errors: NoSuchBucket; those of the conditions; SourceGone for content that is shared.
  runtime::Task<Blobs> Put(const Bucket& bucket, std::string_view key, Object& object, const Content& content,
                           const WriteConditions& conditions, Followers* followers = nullptr);

  /// Deletes in the order given, all in one transaction. What is refused stays as it is.
  /// Errors: NoSuchBucket.
  struct DeleteResult {
    std::vector<Deleted> entries;
    Blobs dropped;
  };
  runtime::Task<DeleteResult> Delete(const Bucket& bucket, const std::vector<Deletion>& deletions,
                                     Bypass bypass, base::TimePoint now, Followers* followers = nullptr);

  /// Changes the attributes of a version: `change` sees it and may throw, which leaves all as it was.
  /// Errors: NoSuchKey, NoSuchVersion, MethodNotAllowed (a delete marker).
  runtime::Task<Object> ChangeAttributes(const Bucket& bucket, std::string_view key,
                                         std::optional<VersionRef> version,
                                         std::function<void(ObjectAttributes&)> change,
                                         Followers* followers = nullptr);

  /// Puts the replicas of a version, or brings those that are there up to date, and says so in the version's
  /// replication status. `failed`: something else could not be replicated.
  struct Replicated {
    bool gone = false;    // the version is not there any more: nothing was done
    bool failed = false;  // not all of it could be
    Blobs dropped;        // files of replicas that are needless
  };
  runtime::Task<Replicated> PutReplicas(const Bucket& source, const std::string& key,
                                        const VersionRef& version, std::vector<Replica>& replicas,
                                        bool failed, Followers* followers = nullptr);

  /// The next version's number.
  std::int64_t NextNumberInJob() { return next_number_++; }
  /// The object that the key holds now; nothing where that is a delete marker.
  std::optional<Object> FindInJob(std::int64_t bucket, std::string_view key);
  std::optional<Object> FindVersionInJob(std::int64_t bucket, std::string_view key,
                                         const VersionRef& version);
  /// The version that an upload became, if it is there.
  std::optional<Object> FindOfUploadInJob(std::int64_t bucket, std::string_view key, std::string_view upload);
  /// Errors: NoSuchBucket.
  void AddInJob(const Bucket& bucket, std::string_view key, Object& object, std::string_view bytes,
                Blobs& dropped);

 private:
  /// Where a write goes: whether the bucket has versions, and the null version whose place it takes, which
  /// is deleted here. Its content is released after the write: a copy onto itself shares it.
  struct Place {
    Versioning versioning = Versioning::kNever;
    std::optional<Object> replaced;
  };
  /// Errors: NoSuchBucket.
  Place MakePlaceInJob(const Bucket& bucket, std::string_view key);
  void ReleaseContentInJob(const Object& object, Blobs& dropped);
  Deleted DeleteInJob(const Bucket& bucket, const Deletion& deletion, Bypass bypass, base::TimePoint now,
                      Blobs& dropped, Followers* followers);
  void InsertInJob(std::int64_t bucket, std::string_view key, const Object& object);
  void PutAttributesInJob(std::int64_t bucket, std::string_view key, const Object& object);
  /// False when the bucket is gone or has no versions.
  bool PutReplicaInJob(const std::string& key, const VersionRef& version, Replica& replica, Blobs& dropped);

  storage::Writer& writer_;
  ContentOwners& owners_;
  std::int64_t next_number_;

  storage::ReadStatement find_;
  storage::ReadStatement find_with_bytes_;
  storage::ReadStatement find_version_;
  storage::ReadStatement find_null_;
  storage::ReadStatement references_;
  storage::Statement find_in_job_;
  storage::Statement find_version_in_job_;
  storage::Statement find_null_in_job_;
  storage::Statement find_of_upload_;
  storage::Statement insert_;
  storage::Statement insert_content_;
  storage::Statement null_version_;
  storage::Statement delete_version_;
  storage::Statement drop_content_;
  storage::Statement note_deletion_;
  storage::Statement put_attributes_;
};

/// Refuses what is not an object that can be read or changed.
/// Errors: NoSuchKey or NoSuchVersion where there is none (null); for delete markers NoSuchKey, and
/// MethodNotAllowed for one that was named, as ErrorWithHeaders.
void RequireObject(const Object* object, std::string_view key, const std::optional<VersionRef>& version);

}  // namespace cumulite::s3
