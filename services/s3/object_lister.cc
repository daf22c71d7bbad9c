#include "services/s3/object_lister.h"

#include <limits>

#include "services/s3/schema.h"

namespace cumulite::s3 {
namespace {

constexpr std::int64_t kNewest = std::numeric_limits<std::int64_t>::min();
/// Pages of the database are read where they lie in the kernel's cache: a page of common prefixes touches
/// some bytes of a leaf each, and to copy the leaves was two thirds of its cost. The first 256 MiB, so that
/// what is resident stays bounded; what lies beyond is read as before.
constexpr std::string_view kMapFile = "PRAGMA mmap_size=268435456";
/// Older versions of one key that are stepped over before a seek to the next key is cheaper.
constexpr int kMaxSteps = 16;

void Read(const storage::Cursor& row, ListedObject& object) {
  object.key = row.Text(0);
  object.etag = row.Text(4);
  object.size = row.Number<std::uint64_t>(5);
  object.modified = row.Time(6);
  object.checksum_algorithm = row.Enum(7, ChecksumAlgorithm::kCrc64Nvme);
  object.checksum_type = row.Enum(8, ChecksumType::kComposite);
  if (!row.IsNull(9)) object.attributes = row.Parsed(9, DecodeAttributes);
}

}  // namespace

ObjectLister::ObjectLister(storage::Database& database)
    : database_(database),
      map_(database, kMapFile),
      list_(database,
            "SELECT key, age, version_id, delete_marker, etag, size, modified_at_ms, checksum_algorithm,"
            " checksum_type, attributes FROM object WHERE bucket = ?1 AND (key, age) > (?2, ?3)"
            " ORDER BY key, age"),
      null_age_(database,
                "SELECT age FROM object WHERE bucket = ?1 AND key = ?2 AND version_id = 'null'"
                " ORDER BY age LIMIT 1") {}

ObjectPage ObjectLister::List(const Bucket& bucket, ListWalk& walk) const {
  map_.Scalar<std::int64_t>();  // holds for this thread's connection, and is a constant from then on
  // Several seeks see one state of the bucket.
  const storage::ReadTransaction one_state(database_);
  ObjectPage page;
  std::string from = walk.from();
  std::string last_key;
  bool has_last = false;
  for (bool more = true; more;) {
    more = false;
    int older = 0;
    for (auto rows = list_.Query(bucket.id, from, kNewest); rows.Next();) {
      const std::string_view key = rows.Text(0);
      if (has_last && key == last_key) {
        if (++older < kMaxSteps) continue;
        from = AfterKey(key);
        more = true;
        break;
      }
      older = 0;
      last_key = key;
      has_last = true;
      if (rows.Int64(3) != 0) continue;
      const ListWalk::Step step = walk.Offer(key);
      if (step == ListWalk::Step::kEnd) return page;
      if (step == ListWalk::Step::kPrefix) {
        page.common_prefixes.emplace_back(walk.common_prefix());
        from = walk.from();
        more = true;
        break;
      }
      Read(rows, page.objects.emplace_back());
    }
  }
  return page;
}

std::int64_t ObjectLister::AgeOf(const Bucket& bucket, std::string_view key,
                                 const VersionRef& version) const {
  if (version.number != 0) return -version.number;
  return null_age_.Scalar<std::int64_t>(bucket.id, key).value_or(kNewest);
}

VersionPage ObjectLister::ListVersions(const Bucket& bucket, ListWalk& walk, const std::string& after_key,
                                       const std::optional<VersionRef>& after) const {
  const storage::ReadTransaction one_state(database_);
  VersionPage page;
  std::string from = walk.from();
  std::int64_t age = kNewest;
  std::string last_key;
  bool has_last = false;
  if (after && from == after_key) {
    age = AgeOf(bucket, after_key, *after);
    last_key = after_key;  // its latest version came before
    has_last = true;
  }
  for (bool more = true; more;) {
    more = false;
    for (auto rows = list_.Query(bucket.id, from, age); rows.Next();) {
      const std::string_view key = rows.Text(0);
      const ListWalk::Step step = walk.Offer(key);
      if (step == ListWalk::Step::kEnd) return page;
      if (step == ListWalk::Step::kPrefix) {
        page.common_prefixes.emplace_back(walk.common_prefix());
        from = walk.from();
        age = kNewest;
        more = true;
        break;
      }
      ListedVersion& version = page.versions.emplace_back();
      Read(rows, version);
      version.number = -rows.Int64(1);
      version.version_id = rows.Text(2);
      version.delete_marker = rows.Int64(3) != 0;
      version.is_latest = !has_last || key != last_key;
      last_key = key;
      has_last = true;
    }
  }
  return page;
}

}  // namespace cumulite::s3
