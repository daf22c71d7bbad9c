#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "runtime/task.h"
#include "services/s3/bucket_store.h"
#include "services/s3/conditions.h"
#include "services/s3/content.h"
#include "services/s3/listing.h"
#include "services/s3/object_checksum.h"
#include "services/storage/statement.h"
#include "services/storage/writer.h"

namespace cumulite::s3 {

/// One version of an object, without its bytes.
struct Object {
  std::int64_t number = 0;  // grows with every version that is written
  std::uint64_t size = 0;
  std::string etag;  // without quotes
  base::TimePoint modified;
  ObjectChecksum checksum;
  std::string headers;  // header lines, see object_headers.h
  std::string blob;     // the content file, or
  std::string upload;   // the multipart upload whose parts are the content, or neither: small contents

  ObjectState state() const { return {etag, modified}; }
};

/// The same with the bytes of small contents.
struct ObjectWithBytes : Object {
  std::string bytes;
};

/// A line of a listing.
struct ListedObject {
  std::string key;
  std::string etag;
  std::uint64_t size = 0;
  base::TimePoint modified;
  ChecksumAlgorithm checksum_algorithm{};
  ChecksumType checksum_type{};
};

struct ObjectPage {
  std::vector<ListedObject> objects;
  std::vector<std::string> common_prefixes;
};

/// The objects of all buckets. Rows are versions ordered by (bucket, key, newest first); as long as no bucket
/// has versioning there is one a key, the null version.
///
/// Writes give the content files that they made superfluous; whoever calls discards them.
/// Thread: reads on any; coroutines on a loop; ...InJob on the writer thread.
class ObjectStore {
 public:
  using Blobs = std::vector<std::string>;

  ObjectStore(storage::Database& database, storage::Writer& writer, std::int64_t first_number);

  /// The numbers of this start: see number_block. Before the Writer runs.
  static std::int64_t TakeNumberBlock(storage::Database& database);

  std::optional<Object> Find(const Bucket& bucket, std::string_view key) const;
  std::optional<ObjectWithBytes> FindWithBytes(const Bucket& bucket, std::string_view key) const;
  ObjectPage List(const Bucket& bucket, ListWalk& walk) const;
  bool References(std::string_view blob) const;

  /// Puts an object, whose bytes are `content`, in the place of what the key held.
  /// Errors: NoSuchBucket; those of the conditions.
  runtime::Task<Blobs> Put(const Bucket& bucket, std::string_view key, const Object& object,
                           const Content& content, const WriteConditions& conditions);

  /// Deletes what is there of `keys`. Errors: PreconditionFailed.
  runtime::Task<Blobs> Delete(const Bucket& bucket, const std::vector<std::string>& keys,
                              std::optional<std::string_view> if_match = std::nullopt);

  /// The next version's number.
  std::int64_t NextNumberInJob() { return next_number_++; }
  std::optional<Object> FindInJob(std::int64_t bucket, std::string_view key);
  /// Errors: NoSuchBucket.
  void ReplaceInJob(const Bucket& bucket, std::string_view key, const Object& object, std::string_view bytes,
                    Blobs& dropped);

 private:
  enum class Taken : unsigned char { kNoBucket, kNothing, kVersion };
  /// Deletes the null version with its bytes, if there is one.
  Taken TakeNullVersionInJob(std::int64_t bucket, std::string_view key, Blobs& dropped);

  storage::Database& database_;
  storage::Writer& writer_;
  std::int64_t next_number_;

  storage::ReadStatement find_;
  storage::ReadStatement find_with_bytes_;
  storage::ReadStatement list_;
  storage::ReadStatement references_;
  storage::Statement find_in_job_;
  storage::Statement insert_;
  storage::Statement insert_content_;
  storage::Statement null_version_;
  storage::Statement delete_version_;
  storage::Statement drop_content_;
  storage::Statement drop_parts_;
  storage::Statement drop_upload_;
  storage::Statement note_deletion_;
};

}  // namespace cumulite::s3
