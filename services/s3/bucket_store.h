#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "runtime/task.h"
#include "services/s3/content_owners.h"
#include "services/storage/statement.h"
#include "services/storage/writer.h"

namespace cumulite::s3 {

class BucketConfiguration;

/// Whether a write adds a version or replaces the one that there is.
enum class Versioning : std::uint8_t { kNever, kEnabled, kSuspended };

struct Bucket {
  std::int64_t id = 0;
  std::string name;
  std::string account;   // the owner
  std::string region;    // "us-east-1"
  std::string location;  // the LocationConstraint it was made with; empty in us-east-1
  base::TimePoint created;
  std::shared_ptr<const BucketConfiguration> configuration;  // never null in a bucket that was found
  Versioning versioning = Versioning::kNever;
  bool object_lock = false;

  bool versioned() const { return versioning != Versioning::kNever; }
};
using BucketPtr = std::shared_ptr<const Bucket>;

/// One document of a bucket: see BucketConfiguration.
struct BucketDocument {
  std::string kind;  // "cors"
  std::string id;    // of kinds that there may be several of; else empty
  std::string text;  // empty: to be deleted
};

/// All buckets: in SQL, and as immutable snapshots in memory, which every request needs.
/// Thread: any; the coroutines on a loop.
class BucketStore {
 public:
  BucketStore(storage::Database& database, storage::Writer& writer, ContentOwners& owners);

  /// Null when there is none of that name.
  BucketPtr Find(std::string_view name) const;

  struct Filter {
    std::string account;
    std::string prefix;
    std::string region;  // empty: any
    std::string from;    // names at or after it
    std::size_t max = 10'000;
  };
  /// In the order of their names; one more than `max` when more follow.
  std::vector<BucketPtr> List(const Filter& filter) const;

  /// All of them.
  std::vector<BucketPtr> All() const;
  /// Is told of every bucket that was changed, after the change; set once, before the first request.
  void OnChange(std::function<void(const Bucket&)> follow) { on_change_ = std::move(follow); }

  /// The accounts that have buckets.
  std::set<std::string> Owners() const;

  /// False when somebody was first: Find tells who. Everything given must outlive the task, here and below.
  runtime::Task<bool> Create(const Bucket& bucket, const std::vector<BucketDocument>& documents);

  /// Puts documents in the place of those before, all in one job. Errors: NoSuchBucket.
  runtime::Task<void> PutDocuments(const Bucket& bucket, const std::vector<BucketDocument>& documents);

  /// Errors: NoSuchBucket, InvalidBucketState (Object Lock needs versions).
  runtime::Task<void> PutVersioning(const Bucket& bucket, Versioning versioning);
  /// Switches Object Lock on, which nothing switches off, and puts its configuration.
  /// Errors: NoSuchBucket, InvalidBucketState.
  runtime::Task<void> EnableObjectLock(const Bucket& bucket, const std::vector<BucketDocument>& documents);

  /// Deletes the bucket with its unfinished uploads; gives the content files that nothing references now.
  /// Errors: BucketNotEmpty, NoSuchBucket.
  runtime::Task<Blobs> Delete(const Bucket& bucket);

  /// Deletes all buckets of an account and a region, of every one where that is empty, with everything in
  /// them.
  runtime::Task<Blobs> Reset(std::string account, std::string region);

 private:
  void WriteInJob(std::int64_t bucket, const std::vector<BucketDocument>& documents);
  /// Takes one bucket, or all, anew from SQL.
  void Refresh(std::string_view name);
  BucketPtr TakeAnew(std::string_view name);
  void RefreshAll();

  void ClearInJob(std::int64_t bucket, Blobs& dropped);

  storage::Writer& writer_;
  ContentOwners& owners_;
  std::function<void(const Bucket&)> on_change_;
  mutable std::shared_mutex mutex_;
  std::map<std::string, BucketPtr, std::less<>> buckets_;

  storage::ReadStatement find_;
  storage::ReadStatement all_;
  storage::Statement insert_;
  storage::ReadStatement documents_of_;
  storage::ReadStatement all_documents_;
  storage::Statement exists_;
  storage::Statement put_document_;
  storage::Statement delete_document_;
  storage::Statement drop_documents_;
  storage::Statement put_versioning_;
  storage::Statement enable_object_lock_;
  storage::Statement delete_;
  storage::Statement any_object_;
  storage::Statement open_uploads_;
  storage::Statement drop_open_;
  storage::Statement owned_;
  storage::Statement drop_all_content_;
  storage::Statement drop_all_objects_;
};

}  // namespace cumulite::s3
