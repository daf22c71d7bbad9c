#include "services/s3/bucket_store.h"

#include <mutex>

#include "services/s3/bucket_configuration.h"
#include "services/s3/errors.h"
#include "services/s3/schema.h"
#include "services/storage/error.h"

namespace cumulite::s3 {
namespace {

Bucket ReadBucket(const storage::Cursor& row) {
  return {row.Int64(0),
          std::string(row.Text(1)),
          std::string(row.Text(2)),
          std::string(row.Text(3)),
          std::string(row.Text(4)),
          row.Time(5),
          nullptr,
          row.Enum(6, Versioning::kSuspended),
          row.Int64(7) != 0};
}

#define CUMULITE_BUCKET_COLUMNS "id, name, account, region, location, created_at_ms, versioning, object_lock"

}  // namespace

BucketStore::BucketStore(storage::Database& database, storage::Writer& writer, ContentOwners& owners)
    : writer_(writer),
      owners_(owners),
      find_(database, "SELECT " CUMULITE_BUCKET_COLUMNS " FROM bucket WHERE name = ?1"),
      all_(database, "SELECT " CUMULITE_BUCKET_COLUMNS " FROM bucket"),
      insert_(database,
              "INSERT INTO bucket (name, account, region, location, created_at_ms, versioning, object_lock)"
              " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
              " ON CONFLICT DO NOTHING RETURNING id"),
      documents_of_(database, "SELECT kind, id, document FROM bucket_document WHERE bucket = ?1"),
      all_documents_(database, "SELECT bucket, kind, id, document FROM bucket_document"),
      exists_(database, "SELECT 1 FROM bucket WHERE id = ?1"),
      put_document_(database, "INSERT OR REPLACE INTO bucket_document VALUES (?1, ?2, ?3, ?4)"),
      delete_document_(database, "DELETE FROM bucket_document WHERE bucket = ?1 AND kind = ?2 AND id = ?3"),
      drop_documents_(database, "DELETE FROM bucket_document WHERE bucket = ?1"),
      put_versioning_(database,
                      "UPDATE bucket SET versioning = ?2 WHERE id = ?1 AND NOT (object_lock AND ?2 <> 1)"),
      enable_object_lock_(database, "UPDATE bucket SET object_lock = 1 WHERE id = ?1 AND versioning = 1"),
      delete_(database, "DELETE FROM bucket WHERE id = ?1"),
      any_object_(database, "SELECT 1 FROM object WHERE bucket = ?1 LIMIT 1"),
      open_uploads_(database, "SELECT id FROM upload WHERE bucket = ?1 AND completed = 0"),
      drop_open_(database, "DELETE FROM upload WHERE bucket = ?1 AND completed = 0"),
      owned_(database, "SELECT id FROM bucket WHERE ?1 IN (account, '') AND ?2 IN (region, '')"),
      drop_all_content_(database,
                        "DELETE FROM content WHERE number IN (SELECT -age FROM object WHERE bucket = ?1)"),
      drop_all_objects_(database, "DELETE FROM object WHERE bucket = ?1 RETURNING blob, upload") {
  RefreshAll();
}

BucketPtr BucketStore::Find(std::string_view name) const {
  const std::shared_lock lock(mutex_);
  const auto found = buckets_.find(name);
  return found == buckets_.end() ? nullptr : found->second;
}

std::vector<BucketPtr> BucketStore::List(const Filter& filter) const {
  std::vector<BucketPtr> list;
  const std::shared_lock lock(mutex_);
  for (auto at = buckets_.lower_bound(std::max(filter.from, filter.prefix)); at != buckets_.end(); ++at) {
    const Bucket& bucket = *at->second;
    if (!bucket.name.starts_with(filter.prefix) || list.size() > filter.max) break;
    if (bucket.account != filter.account) continue;
    if (!filter.region.empty() && bucket.region != filter.region) continue;
    list.push_back(at->second);
  }
  return list;
}

std::vector<BucketPtr> BucketStore::All() const {
  std::vector<BucketPtr> list;
  const std::shared_lock lock(mutex_);
  for (const auto& [name, bucket] : buckets_) list.push_back(bucket);
  return list;
}

std::set<std::string> BucketStore::Owners() const {
  std::set<std::string> owners;
  const std::shared_lock lock(mutex_);
  for (const auto& [name, bucket] : buckets_) owners.insert(bucket->account);
  return owners;
}

runtime::Task<bool> BucketStore::Create(const Bucket& bucket, const std::vector<BucketDocument>& documents) {
  const auto insert = [&] {
    const auto id = insert_.Scalar<std::int64_t>(bucket.name, bucket.account, bucket.region, bucket.location,
                                                 bucket.created, bucket.versioning, bucket.object_lock);
    if (id) WriteInJob(*id, documents);
    return id.has_value();
  };
  const bool created = co_await writer_.Run(insert);
  Refresh(bucket.name);
  co_return created;
}

runtime::Task<void> BucketStore::PutDocuments(const Bucket& bucket,
                                              const std::vector<BucketDocument>& documents) {
  const auto put = [&] {
    if (!exists_.Scalar<std::int64_t>(bucket.id)) throw NoSuchBucket(bucket.name);
    WriteInJob(bucket.id, documents);
  };
  co_await writer_.Run(put);
  Refresh(bucket.name);
}

void BucketStore::WriteInJob(std::int64_t bucket, const std::vector<BucketDocument>& documents) {
  for (const auto& [kind, id, text] : documents) {
    if (text.empty()) {
      delete_document_.Run(bucket, kind, id);
    } else {
      put_document_.Run(bucket, kind, id, text);
    }
  }
}

runtime::Task<void> BucketStore::PutVersioning(const Bucket& bucket, Versioning versioning) {
  const auto put = [&] {
    if (put_versioning_.Run(bucket.id, versioning) != 0) return;
    if (!exists_.Scalar<std::int64_t>(bucket.id)) throw NoSuchBucket(bucket.name);
    throw AwsError(
        kInvalidBucketState,
        "An Object Lock configuration is present on this bucket, so the versioning state cannot be "
        "changed.");
  };
  co_await writer_.Run(put);
  Refresh(bucket.name);
}

runtime::Task<void> BucketStore::EnableObjectLock(const Bucket& bucket,
                                                  const std::vector<BucketDocument>& documents) {
  const auto enable = [&] {
    if (enable_object_lock_.Run(bucket.id) == 0) {
      if (!exists_.Scalar<std::int64_t>(bucket.id)) throw NoSuchBucket(bucket.name);
      throw AwsError(kInvalidBucketState,
                     "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration");
    }
    WriteInJob(bucket.id, documents);
  };
  co_await writer_.Run(enable);
  Refresh(bucket.name);
}

runtime::Task<Blobs> BucketStore::Delete(const Bucket& bucket) {
  const auto remove = [&] {
    if (any_object_.Scalar<std::int64_t>(bucket.id)) {
      const bool versioned = bucket.versioned();
      throw AwsError(kBucketNotEmpty, versioned
                                          ? "The bucket you tried to delete is not empty. You must delete "
                                            "all versions in the bucket."
                                          : "The bucket you tried to delete is not empty")
          .With("BucketName", bucket.name);
    }
    Blobs dropped;
    ClearInJob(bucket.id, dropped);
    if (delete_.Run(bucket.id) == 0) throw NoSuchBucket(bucket.name);
    return dropped;
  };
  Blobs blobs = co_await writer_.Run(remove, storage::Room::kMakes);
  Refresh(bucket.name);
  co_return blobs;
}

runtime::Task<Blobs> BucketStore::Reset(std::string account, std::string region) {
  const auto reset = [&] {
    std::vector<std::int64_t> ids;
    for (auto rows = owned_.Query(account, region); rows.Next();) ids.push_back(rows.Int64(0));
    Blobs dropped;
    for (const std::int64_t id : ids) {
      ClearInJob(id, dropped);
      delete_.Run(id);
    }
    return dropped;
  };
  Blobs blobs = co_await writer_.Run(reset, storage::Room::kMakes);
  RefreshAll();
  co_return blobs;
}

void BucketStore::ClearInJob(std::int64_t bucket, Blobs& dropped) {
  Blobs blobs;
  std::vector<std::string> uploads;
  drop_all_content_.Run(bucket);
  for (auto rows = drop_all_objects_.Query(bucket); rows.Next();) {
    if (!rows.IsNull(0)) blobs.emplace_back(rows.Text(0));
    if (!rows.IsNull(1)) uploads.emplace_back(rows.Text(1));
  }
  // Other buckets may hold copies, so only what nobody else owns goes.
  for (const std::string& blob : blobs) owners_.ReleaseBlobInJob(blob, dropped);
  for (const std::string& upload : uploads) owners_.ReleasePartsInJob(upload, dropped);
  std::vector<std::string> open;
  for (auto rows = open_uploads_.Query(bucket); rows.Next();) open.emplace_back(rows.Text(0));
  for (const std::string& upload : open) owners_.DropPartsInJob(upload, dropped);
  drop_open_.Run(bucket);
  drop_documents_.Run(bucket);
}

// Both read under the lock: of two changes that commit one after the other, the second one's refresh sees
// both, whichever runs first.

void BucketStore::Refresh(std::string_view name) {
  const BucketPtr changed = TakeAnew(name);
  if (changed && on_change_) on_change_(*changed);
}

BucketPtr BucketStore::TakeAnew(std::string_view name) {
  const std::unique_lock lock(mutex_);
  auto row = find_.Query(name);
  if (row.Next()) {
    Bucket bucket = ReadBucket(row);
    BucketConfiguration::Documents documents;
    for (auto rows = documents_of_.Query(bucket.id); rows.Next();) {
      documents[{std::string(rows.Text(0)), std::string(rows.Text(1))}] = rows.Text(2);
    }
    bucket.configuration = std::make_shared<const BucketConfiguration>(std::move(documents));
    BucketPtr changed = std::make_shared<const Bucket>(std::move(bucket));
    buckets_.insert_or_assign(std::string(name), changed);
    return changed;
  }
  if (const auto gone = buckets_.find(name); gone != buckets_.end()) buckets_.erase(gone);
  return nullptr;
}

void BucketStore::RefreshAll() {
  const std::unique_lock lock(mutex_);
  std::map<std::int64_t, BucketConfiguration::Documents> documents;
  for (auto rows = all_documents_.Query(); rows.Next();) {
    documents[rows.Int64(0)][{std::string(rows.Text(1)), std::string(rows.Text(2))}] = rows.Text(3);
  }
  buckets_.clear();
  for (auto rows = all_.Query(); rows.Next();) {
    Bucket bucket = ReadBucket(rows);
    bucket.configuration = std::make_shared<const BucketConfiguration>(std::move(documents[bucket.id]));
    std::string name = bucket.name;
    buckets_.emplace(std::move(name), std::make_shared<const Bucket>(std::move(bucket)));
  }
}

}  // namespace cumulite::s3
