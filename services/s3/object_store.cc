#include "services/s3/object_store.h"

#include "services/s3/errors.h"
#include "services/s3/schema.h"

namespace cumulite::s3 {
namespace {

#define CUMULITE_OBJECT_COLUMNS                                                                          \
  "age, size, etag, modified_at_ms, checksum_algorithm, checksum_type, checksum, headers, blob, upload," \
  " delete_marker"
constexpr std::string_view kFind =
    "SELECT " CUMULITE_OBJECT_COLUMNS " FROM object WHERE bucket = ?1 AND key = ?2 ORDER BY age LIMIT 1";
constexpr std::string_view kFindWithBytes =
    "SELECT " CUMULITE_OBJECT_COLUMNS
    ", content.bytes FROM object LEFT JOIN content ON content.number = -object.age"
    " WHERE bucket = ?1 AND key = ?2 ORDER BY age LIMIT 1";
#undef CUMULITE_OBJECT_COLUMNS
constexpr int kDeleteMarkerColumn = 10;
constexpr int kBytesColumn = 11;

void ReadObject(const storage::Cursor& row, Object& object) {
  object.number = -row.Int64(0);
  object.size = static_cast<std::uint64_t>(row.Int64(1));
  object.etag = row.Text(2);
  object.modified = Milliseconds(row.Int64(3));
  object.checksum.algorithm = static_cast<ChecksumAlgorithm>(row.Int64(4));
  object.checksum.type = static_cast<ChecksumType>(row.Int64(5));
  object.checksum.value = row.Text(6);
  object.headers = row.Text(7);
  object.blob = row.Text(8);
  object.upload = row.Text(9);
}

std::optional<std::string_view> NullIfEmpty(std::string_view text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

}  // namespace

std::int64_t ObjectStore::TakeNumberBlock(storage::Database& database) {
  storage::Statement take(database, "UPDATE number_block SET block = block + 1 RETURNING block");
  return take.Scalar<std::int64_t>().value() << 32;
}

ObjectStore::ObjectStore(storage::Database& database, storage::Writer& writer, std::int64_t first_number)
    : database_(database),
      writer_(writer),
      next_number_(first_number),
      find_(database, kFind),
      find_with_bytes_(database, kFindWithBytes),
      list_(database,
            "SELECT key, etag, size, modified_at_ms, checksum_algorithm, checksum_type, delete_marker"
            " FROM object WHERE bucket = ?1 AND key >= ?2 ORDER BY key, age"),
      references_(database,
                  "SELECT EXISTS (SELECT 1 FROM object WHERE blob = ?1)"
                  " OR EXISTS (SELECT 1 FROM part WHERE blob = ?1)"),
      find_in_job_(database, kFind),
      // Of VALUES, not of a SELECT that looks for the bucket: SQLite journals each page for the latter.
      insert_(database,
              "INSERT INTO object (bucket, key, age, version_id, delete_marker, size, etag, modified_at_ms,"
              " checksum_algorithm, checksum_type, checksum, headers, blob, upload)"
              " VALUES (?1, ?2, ?3, 'null', 0, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"),
      insert_content_(database, "INSERT INTO content (number, bytes) VALUES (?1, ?2)"),
      // Two plain statements cost half of one with RETURNING, which fills a table of its own.
      null_version_(database,
                    "SELECT object.age, object.blob, object.upload FROM bucket"
                    " LEFT JOIN object ON object.bucket = bucket.id AND object.key = ?2"
                    " AND object.version_id = 'null' WHERE bucket.id = ?1"),
      delete_version_(database, "DELETE FROM object WHERE bucket = ?1 AND key = ?2 AND age = ?3"),
      drop_content_(database, "DELETE FROM content WHERE number = ?1"),
      drop_parts_(database, "DELETE FROM part WHERE upload = ?1 RETURNING blob"),
      drop_upload_(database, "DELETE FROM upload WHERE id = ?1"),
      note_deletion_(database,
                     "UPDATE upload SET key_deleted = 1 WHERE bucket = ?1 AND key = ?2 AND completed = 0") {}

std::optional<Object> ObjectStore::Find(const Bucket& bucket, std::string_view key) const {
  auto row = find_.Query(bucket.id, key);
  if (!row.Next() || row.Int64(kDeleteMarkerColumn) != 0) return std::nullopt;
  std::optional<Object> object(std::in_place);
  ReadObject(row, *object);
  return object;
}

std::optional<ObjectWithBytes> ObjectStore::FindWithBytes(const Bucket& bucket, std::string_view key) const {
  auto row = find_with_bytes_.Query(bucket.id, key);
  if (!row.Next() || row.Int64(kDeleteMarkerColumn) != 0) return std::nullopt;
  std::optional<ObjectWithBytes> object(std::in_place);
  ReadObject(row, *object);
  object->bytes = row.Blob(kBytesColumn).bytes;
  return object;
}

ObjectPage ObjectStore::List(const Bucket& bucket, ListWalk& walk) const {
  // Several seeks see one state of the bucket.
  const storage::ReadTransaction one_state(database_);
  ObjectPage page;
  std::string from = walk.from();
  for (bool more = true; more;) {
    more = false;
    std::string last_key;
    bool has_last = false;
    for (auto rows = list_.Query(bucket.id, from); rows.Next();) {
      const std::string_view key = rows.Text(0);
      if (has_last && key == last_key) continue;  // an older version
      last_key = key;
      has_last = true;
      if (rows.Int64(6) != 0) continue;
      const ListWalk::Step step = walk.Offer(key);
      if (step == ListWalk::Step::kEnd) return page;
      if (step == ListWalk::Step::kPrefix) {
        page.common_prefixes.emplace_back(walk.common_prefix());
        from = walk.from();
        more = true;
        break;
      }
      page.objects.push_back({std::string(key), std::string(rows.Text(1)),
                              static_cast<std::uint64_t>(rows.Int64(2)), Milliseconds(rows.Int64(3)),
                              static_cast<ChecksumAlgorithm>(rows.Int64(4)),
                              static_cast<ChecksumType>(rows.Int64(5))});
    }
  }
  return page;
}

bool ObjectStore::References(std::string_view blob) const {
  return references_.Scalar<std::int64_t>(blob).value_or(0) != 0;
}

runtime::Task<ObjectStore::Blobs> ObjectStore::Put(const Bucket& bucket, std::string_view key,
                                                   const Object& object, const Content& content,
                                                   const WriteConditions& conditions) {
  const auto put = [this, &bucket, key, &object, &content, &conditions] {
    Blobs dropped;
    if (conditions.any()) {
      const std::optional<Object> current = FindInJob(bucket.id, key);
      const ObjectState state = current ? current->state() : ObjectState{};
      RequireWriteConditions(conditions, current ? &state : nullptr, key);
    }
    ReplaceInJob(bucket, key, object, content.bytes, dropped);
    return dropped;
  };
  return writer_.Run(put);
}

runtime::Task<ObjectStore::Blobs> ObjectStore::Delete(const Bucket& bucket,
                                                      const std::vector<std::string>& keys,
                                                      std::optional<std::string_view> if_match) {
  const auto remove = [&] {
    Blobs dropped;
    for (const std::string& key : keys) {
      if (if_match) {
        const std::optional<Object> current = FindInJob(bucket.id, key);
        if (current && !EtagMatches(*if_match, current->etag)) throw PreconditionFailed("If-Match");
      }
      if (TakeNullVersionInJob(bucket.id, key, dropped) == Taken::kVersion)
        note_deletion_.Run(bucket.id, key);
    }
    return dropped;
  };
  Blobs dropped = co_await writer_.Run(remove);
  co_return dropped;
}

std::optional<Object> ObjectStore::FindInJob(std::int64_t bucket, std::string_view key) {
  auto row = find_in_job_.Query(bucket, key);
  if (!row.Next() || row.Int64(kDeleteMarkerColumn) != 0) return std::nullopt;
  std::optional<Object> object(std::in_place);
  ReadObject(row, *object);
  return object;
}

void ObjectStore::ReplaceInJob(const Bucket& bucket, std::string_view key, const Object& object,
                               std::string_view bytes, Blobs& dropped) {
  if (TakeNullVersionInJob(bucket.id, key, dropped) == Taken::kNoBucket) throw NoSuchBucket(bucket.name);
  const std::int64_t number = NextNumberInJob();
  if (!bytes.empty()) insert_content_.Run(number, storage::BytesView{bytes});
  insert_.Run(bucket.id, key, -number, object.size, object.etag, object.modified.time_since_epoch().count(),
              static_cast<int>(object.checksum.algorithm), static_cast<int>(object.checksum.type),
              object.checksum.value, object.headers, NullIfEmpty(object.blob), NullIfEmpty(object.upload));
}

ObjectStore::Taken ObjectStore::TakeNullVersionInJob(std::int64_t bucket, std::string_view key,
                                                     Blobs& dropped) {
  std::int64_t age = 0;
  {
    auto row = null_version_.Query(bucket, key);
    if (!row.Next()) return Taken::kNoBucket;
    if (row.IsNull(0)) return Taken::kNothing;
    age = row.Int64(0);
    if (!row.IsNull(1)) {
      dropped.emplace_back(row.Text(1));
    } else if (!row.IsNull(2)) {
      for (auto parts = drop_parts_.Query(row.Text(2)); parts.Next();) dropped.emplace_back(parts.Text(0));
      drop_upload_.Run(row.Text(2));
    } else {
      drop_content_.Run(-age);
    }
  }
  delete_version_.Run(bucket, key, age);
  return Taken::kVersion;
}

}  // namespace cumulite::s3
