#include "services/s3/object_store.h"

#include "base/time_text.h"
#include "services/s3/errors.h"
#include "services/s3/replication.h"
#include "services/s3/schema.h"

namespace cumulite::s3 {
namespace {

#define CUMULITE_OBJECT_COLUMNS                                                                          \
  "age, size, etag, modified_at_ms, checksum_algorithm, checksum_type, checksum, headers, blob, upload," \
  " delete_marker, version_id, attributes"
#define CUMULITE_OBJECT_WITH_BYTES                                                                           \
  CUMULITE_OBJECT_COLUMNS                                                                                    \
  ", content.bytes FROM object LEFT JOIN content ON content.number = -object.age WHERE bucket = ?1 AND key " \
  "= ?2"
constexpr std::string_view kFind =
    "SELECT " CUMULITE_OBJECT_COLUMNS " FROM object WHERE bucket = ?1 AND key = ?2 ORDER BY age LIMIT 1";
constexpr std::string_view kFindWithBytes = "SELECT " CUMULITE_OBJECT_WITH_BYTES " ORDER BY age LIMIT 1";
// The null version has no number in its id: it is looked for among the versions of its key.
constexpr std::string_view kFindVersion = "SELECT " CUMULITE_OBJECT_WITH_BYTES " AND age = ?3";
constexpr std::string_view kFindNull =
    "SELECT " CUMULITE_OBJECT_WITH_BYTES " AND version_id = 'null' ORDER BY age LIMIT 1";
constexpr std::string_view kFindOfUpload =
    "SELECT " CUMULITE_OBJECT_COLUMNS " FROM object WHERE upload = ?3 AND bucket = ?1 AND key = ?2 LIMIT 1";
#undef CUMULITE_OBJECT_WITH_BYTES
#undef CUMULITE_OBJECT_COLUMNS
constexpr int kBytesColumn = 13;

void ReadObject(const storage::Cursor& row, Object& object) {
  object.number = -row.Int64(0);
  object.size = row.Number<std::uint64_t>(1);
  object.etag = row.Text(2);
  object.modified = row.Time(3);
  object.checksum.algorithm = row.Enum(4, ChecksumAlgorithm::kCrc64Nvme);
  object.checksum.type = row.Enum(5, ChecksumType::kComposite);
  object.checksum.value = row.Text(6);
  object.headers = row.Text(7);
  object.blob = row.Text(8);
  object.upload = row.Text(9);
  object.delete_marker = row.Int64(10) != 0;
  object.version_id = row.Text(11);
  if (!row.IsNull(12)) object.attributes = row.Parsed(12, DecodeAttributes);
}

std::optional<Object> FirstObject(storage::Cursor row) {
  if (!row.Next()) return std::nullopt;
  std::optional<Object> object(std::in_place);
  ReadObject(row, *object);
  return object;
}

std::optional<ObjectWithBytes> FirstWithBytes(storage::Cursor row) {
  if (!row.Next()) return std::nullopt;
  std::optional<ObjectWithBytes> object(std::in_place);
  ReadObject(row, *object);
  object->bytes = row.Blob(kBytesColumn).bytes;
  return object;
}

/// Drops a version that only shares its number with the id that was asked for.
template <class T>
std::optional<T> OnlyNamed(std::optional<T> object, const VersionRef& version) {
  if (object && object->version_id != version.id) object.reset();
  return object;
}

std::optional<std::string_view> NullIfEmpty(std::string_view text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

}  // namespace

std::int64_t ObjectStore::TakeNumberBlock(storage::Database& database) {
  storage::Statement take(database, "UPDATE number_block SET block = block + 1 RETURNING block");
  return take.Scalar<std::int64_t>().value() << 32;
}

ObjectStore::ObjectStore(storage::Database& database, storage::Writer& writer, ContentOwners& owners,
                         std::int64_t first_number)
    : writer_(writer),
      owners_(owners),
      next_number_(first_number),
      find_(database, kFind),
      find_with_bytes_(database, kFindWithBytes),
      find_version_(database, kFindVersion),
      find_null_(database, kFindNull),
      references_(database,
                  "SELECT EXISTS (SELECT 1 FROM object WHERE blob = ?1)"
                  " OR EXISTS (SELECT 1 FROM part WHERE blob = ?1)"),
      find_in_job_(database, kFind),
      find_version_in_job_(database, kFindVersion),
      find_null_in_job_(database, kFindNull),
      find_of_upload_(database, kFindOfUpload),
      // Of VALUES, not of a SELECT that looks for the bucket: SQLite journals each page for the latter.
      insert_(database,
              "INSERT INTO object (bucket, key, age, version_id, delete_marker, size, etag, modified_at_ms,"
              " checksum_algorithm, checksum_type, checksum, headers, blob, upload, attributes)"
              " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)"),
      insert_content_(database, "INSERT INTO content (number, bytes) VALUES (?1, ?2)"),
      // Two plain statements cost half of one with RETURNING, which fills a table of its own.
      null_version_(database,
                    "SELECT bucket.versioning, object.age, object.blob, object.upload FROM bucket"
                    " LEFT JOIN object ON object.bucket = bucket.id AND object.key = ?2"
                    " AND object.version_id = 'null' AND bucket.versioning <> 1 WHERE bucket.id = ?1"),
      delete_version_(database, "DELETE FROM object WHERE bucket = ?1 AND key = ?2 AND age = ?3"),
      drop_content_(database, "DELETE FROM content WHERE number = ?1"),
      note_deletion_(database,
                     "UPDATE upload SET key_deleted = 1 WHERE bucket = ?1 AND key = ?2 AND completed = 0"),
      put_attributes_(database,
                      "UPDATE object SET attributes = ?4 WHERE bucket = ?1 AND key = ?2 AND age = ?3") {}

std::optional<Object> ObjectStore::Find(const Bucket& bucket, std::string_view key,
                                        const std::optional<VersionRef>& version) const {
  if (!version) return FirstObject(find_.Query(bucket.id, key));
  return FindWithBytes(bucket, key, version);
}

std::optional<ObjectWithBytes> ObjectStore::FindWithBytes(const Bucket& bucket, std::string_view key,
                                                          const std::optional<VersionRef>& version) const {
  if (!version) return FirstWithBytes(find_with_bytes_.Query(bucket.id, key));
  if (version->number == 0) return FirstWithBytes(find_null_.Query(bucket.id, key));
  return OnlyNamed(FirstWithBytes(find_version_.Query(bucket.id, key, -version->number)), *version);
}

bool ObjectStore::References(std::string_view blob) const {
  return references_.Scalar<std::int64_t>(blob).value_or(0) != 0;
}

runtime::Task<Blobs> ObjectStore::Put(const Bucket& bucket, std::string_view key, Object& object,
                                      const Content& content, const WriteConditions& conditions,
                                      Followers* followers) {
  const auto put = [this, &bucket, key, &object, &content, &conditions, followers] {
    Blobs dropped;
    if (conditions.any()) {
      const std::optional<Object> current = FindInJob(bucket.id, key);
      const ObjectState state = current ? current->state() : ObjectState{};
      RequireWriteConditions(conditions, current ? &state : nullptr, key);
    }
    if (content.shared) {
      const bool there =
          object.upload.empty() ? owners_.HasBlobInJob(object.blob) : owners_.HasPartsInJob(object.upload);
      if (!there) throw SourceGone{};
    }
    if (followers != nullptr) followers->BeforeStoreInJob(key, object);
    AddInJob(bucket, key, object, content.bytes, dropped);
    if (followers != nullptr) followers->StoredInJob(key, object);
    return dropped;
  };
  return writer_.Run(put);
}

runtime::Task<ObjectStore::DeleteResult> ObjectStore::Delete(const Bucket& bucket,
                                                             const std::vector<Deletion>& deletions,
                                                             Bypass bypass, base::TimePoint now,
                                                             Followers* followers) {
  const auto remove = [&] {
    DeleteResult result;
    for (const Deletion& deletion : deletions) {
      result.entries.push_back(DeleteInJob(bucket, deletion, bypass, now, result.dropped, followers));
    }
    return result;
  };
  DeleteResult result = co_await writer_.Run(remove, storage::Room::kMakes);
  co_return result;
}

Deleted ObjectStore::DeleteInJob(const Bucket& bucket, const Deletion& deletion, Bypass bypass,
                                 base::TimePoint now, Blobs& dropped, Followers* followers) {
  Deleted deleted;
  const std::string& key = deletion.key;
  std::optional<Object> named;
  if (deletion.version) named = FindVersionInJob(bucket.id, key, *deletion.version);
  if (deletion.only_number != 0) {
    const std::optional<Object> current =
        deletion.version ? named : FirstObject(find_in_job_.Query(bucket.id, key));
    if (!current || current->number != deletion.only_number) return deleted;
  }
  if (deletion.if_match) {
    const std::optional<Object> current = deletion.version ? named : FindInJob(bucket.id, key);
    if (current && !EtagMatches(*deletion.if_match, current->etag)) {
      deleted.refusal = PreconditionFailed("If-Match");
      return deleted;
    }
  }
  if (deletion.version) {
    deleted.version_id = deletion.version->id;
    if (!named) return deleted;  // as if it had just been deleted
    deleted.refusal = RefusalToDelete(named->attributes, bypass, now);
    if (deleted.refusal) return deleted;
    deleted.delete_marker = named->delete_marker;
    delete_version_.Run(bucket.id, key, -named->number);
    ReleaseContentInJob(*named, dropped);
    note_deletion_.Run(bucket.id, key);
    if (followers != nullptr) followers->DeletedInJob(key, deleted, named->number);
    return deleted;
  }
  const Place place = MakePlaceInJob(bucket, key);
  if (place.replaced) ReleaseContentInJob(*place.replaced, dropped);
  std::int64_t number = 0;
  if (place.versioning != Versioning::kNever) {
    Object marker;
    marker.number = NextNumberInJob();
    marker.delete_marker = true;
    marker.modified = now;
    marker.version_id =
        place.versioning == Versioning::kEnabled ? NewVersionId(marker.number) : std::string(kNullVersion);
    if (followers != nullptr) followers->BeforeStoreInJob(key, marker);
    InsertInJob(bucket.id, key, marker);
    number = marker.number;
    deleted.delete_marker = true;
    deleted.made_marker = true;
    deleted.version_id = std::move(marker.version_id);
  } else if (!place.replaced) {
    return deleted;
  } else {
    number = NextNumberInJob();  // later than all that happened to the key before
  }
  note_deletion_.Run(bucket.id, key);
  if (followers != nullptr) followers->DeletedInJob(key, deleted, number);
  return deleted;
}

runtime::Task<Object> ObjectStore::ChangeAttributes(const Bucket& bucket, std::string_view key,
                                                    std::optional<VersionRef> version,
                                                    std::function<void(ObjectAttributes&)> change,
                                                    Followers* followers) {
  const auto put = [&, version]() mutable {
    std::optional<Object> object = version ? FindVersionInJob(bucket.id, key, *version)
                                           : FirstObject(find_in_job_.Query(bucket.id, key));
    // A delete marker on top is refused as if it had been named.
    if (object && !version) version = VersionRef{object->version_id, object->number};
    RequireObject(object ? &*object : nullptr, key, version);
    change(object->attributes);
    if (followers != nullptr) followers->BeforeStoreInJob(key, *object);
    PutAttributesInJob(bucket.id, key, *object);
    if (followers != nullptr) followers->StoredInJob(key, *object);
    return *std::move(object);
  };
  Object object = co_await writer_.Run(put);
  co_return object;
}

std::optional<Object> ObjectStore::FindInJob(std::int64_t bucket, std::string_view key) {
  std::optional<Object> object = FirstObject(find_in_job_.Query(bucket, key));
  if (object && object->delete_marker) object.reset();
  return object;
}

std::optional<Object> ObjectStore::FindVersionInJob(std::int64_t bucket, std::string_view key,
                                                    const VersionRef& version) {
  if (version.number == 0) return FirstObject(find_null_in_job_.Query(bucket, key));
  return OnlyNamed(FirstObject(find_version_in_job_.Query(bucket, key, -version.number)), version);
}

std::optional<Object> ObjectStore::FindOfUploadInJob(std::int64_t bucket, std::string_view key,
                                                     std::string_view upload) {
  return FirstObject(find_of_upload_.Query(bucket, key, upload));
}

void ObjectStore::AddInJob(const Bucket& bucket, std::string_view key, Object& object, std::string_view bytes,
                           Blobs& dropped) {
  const Place place = MakePlaceInJob(bucket, key);
  object.number = NextNumberInJob();
  object.version_id =
      place.versioning == Versioning::kEnabled ? NewVersionId(object.number) : std::string(kNullVersion);
  if (!bytes.empty()) insert_content_.Run(object.number, storage::BytesView{bytes});
  InsertInJob(bucket.id, key, object);
  if (place.replaced) ReleaseContentInJob(*place.replaced, dropped);
}

void ObjectStore::InsertInJob(std::int64_t bucket, std::string_view key, const Object& object) {
  insert_.Run(bucket, key, -object.number, object.version_id, object.delete_marker, object.size, object.etag,
              object.modified, object.checksum.algorithm, object.checksum.type, object.checksum.value,
              object.headers, NullIfEmpty(object.blob), NullIfEmpty(object.upload),
              NullIfEmpty(EncodeAttributes(object.attributes)));
}

void ObjectStore::PutAttributesInJob(std::int64_t bucket, std::string_view key, const Object& object) {
  put_attributes_.Run(bucket, key, -object.number, NullIfEmpty(EncodeAttributes(object.attributes)));
}

runtime::Task<ObjectStore::Replicated> ObjectStore::PutReplicas(const Bucket& source, const std::string& key,
                                                                const VersionRef& version,
                                                                std::vector<Replica>& replicas, bool failed,
                                                                Followers* followers) {
  const auto put = [&] {
    Replicated result{.failed = failed};
    std::optional<Object> original = FindVersionInJob(source.id, key, version);
    result.gone = !original;
    for (Replica& replica : replicas) {
      const bool stored = original && PutReplicaInJob(key, version, replica, result.dropped);
      if (!stored && replica.has_own_file) result.dropped.push_back(replica.object.blob);
      result.failed |= !stored;
    }
    if (result.gone) return result;
    original->attributes.replication = result.failed ? kReplicationFailed : kReplicationCompleted;
    PutAttributesInJob(source.id, key, *original);
    if (result.failed && followers != nullptr) followers->StoredInJob(key, *original);
    return result;
  };
  Replicated result = co_await writer_.Run(put);
  co_return result;
}

bool ObjectStore::PutReplicaInJob(const std::string& key, const VersionRef& version, Replica& replica,
                                  Blobs& dropped) {
  {
    auto row = null_version_.Query(replica.bucket->id, key);
    if (!row.Next() || static_cast<Versioning>(row.Int64(0)) != Versioning::kEnabled) return false;
  }
  Object& object = replica.object;
  if (FindVersionInJob(replica.bucket->id, key, version)) {
    PutAttributesInJob(replica.bucket->id, key, object);
    if (replica.has_own_file) dropped.push_back(object.blob);
    return true;
  }
  InsertInJob(replica.bucket->id, key, object);
  if (replica.followers == nullptr) return true;
  if (object.delete_marker) {
    Deleted deleted{
        .delete_marker = true, .made_marker = true, .version_id = object.version_id, .refusal = {}};
    replica.followers->DeletedInJob(key, deleted, object.number);
  } else {
    replica.followers->StoredInJob(key, object);
  }
  return true;
}

ObjectStore::Place ObjectStore::MakePlaceInJob(const Bucket& bucket, std::string_view key) {
  Place place;
  {
    auto row = null_version_.Query(bucket.id, key);
    if (!row.Next()) throw NoSuchBucket(bucket.name);
    place.versioning = row.Enum(0, Versioning::kSuspended);
    if (row.IsNull(1)) return place;
    Object& replaced = place.replaced.emplace();
    replaced.number = -row.Int64(1);
    replaced.blob = row.Text(2);
    replaced.upload = row.Text(3);
  }
  delete_version_.Run(bucket.id, key, -place.replaced->number);
  return place;
}

void ObjectStore::ReleaseContentInJob(const Object& object, Blobs& dropped) {
  if (!object.blob.empty()) {
    owners_.ReleaseBlobInJob(object.blob, dropped);
  } else if (!object.upload.empty()) {
    owners_.ReleasePartsInJob(object.upload, dropped);
  } else {
    drop_content_.Run(object.number);
  }
}

void RequireObject(const Object* object, std::string_view key, const std::optional<VersionRef>& version) {
  if (object == nullptr)
    throw version && version->number != 0 ? NoSuchVersion(key, version->id) : NoSuchKey(key);
  if (!object->delete_marker) return;
  std::string headers = "x-amz-delete-marker: true\r\nx-amz-version-id: " + object->version_id + "\r\n";
  if (!version) throw ErrorWithHeaders(NoSuchKey(key), std::move(headers));
  headers += "Allow: DELETE\r\nLast-Modified: " + base::FormatHttpDate(object->modified) + "\r\n";
  AwsError refused(kMethodNotAllowed, "The specified method is not allowed against this resource.");
  refused.Add("Method", "GET");
  refused.Add("ResourceType", "DeleteMarker");
  throw ErrorWithHeaders(std::move(refused), std::move(headers));
}

}  // namespace cumulite::s3
