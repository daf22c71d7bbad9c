#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "services/s3/bucket_store.h"
#include "services/s3/listing.h"
#include "services/s3/object.h"
#include "services/s3/version_id.h"
#include "services/storage/statement.h"

namespace cumulite::s3 {

/// A line of a listing.
struct ListedObject {
  std::string key;
  std::string etag;
  std::uint64_t size = 0;
  base::TimePoint modified;
  ChecksumAlgorithm checksum_algorithm{};
  ChecksumType checksum_type{};
  ObjectAttributes attributes;
};

struct ObjectPage {
  std::vector<ListedObject> objects;
  std::vector<std::string> common_prefixes;
};

/// A line of ListObjectVersions.
struct ListedVersion : ListedObject {
  std::int64_t number = 0;
  std::string version_id;
  bool delete_marker = false;
  bool is_latest = false;
};

struct VersionPage {
  std::vector<ListedVersion> versions;  // and delete markers
  std::vector<std::string> common_prefixes;
};

/// Walks over the keys of buckets. The cost follows the page: a common prefix and a long row of old versions
/// are left behind by one seek.
/// Thread: any.
class ObjectLister {
 public:
  explicit ObjectLister(storage::Database& database);

  /// What each key holds now.
  ObjectPage List(const Bucket& bucket, ListWalk& walk) const;

  /// All versions. `after`: of the key `after_key`, only versions older than that.
  VersionPage ListVersions(const Bucket& bucket, ListWalk& walk, const std::string& after_key,
                           const std::optional<VersionRef>& after) const;

 private:
  /// Minus the number of the version, which is the order of rows.
  std::int64_t AgeOf(const Bucket& bucket, std::string_view key, const VersionRef& version) const;

  storage::Database& database_;
  storage::ReadStatement map_;
  storage::ReadStatement list_;
  storage::ReadStatement null_age_;
};

}  // namespace cumulite::s3
