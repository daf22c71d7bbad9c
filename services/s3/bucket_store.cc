#include "services/s3/bucket_store.h"

#include <mutex>

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
          Milliseconds(row.Int64(5)),
          std::string(row.Text(6))};
}

void TakeFirstColumn(storage::Cursor rows, std::vector<std::string>& out) {
  while (rows.Next()) {
    if (!rows.IsNull(0)) out.emplace_back(rows.Text(0));
  }
}

}  // namespace

BucketStore::BucketStore(storage::Database& database, storage::Writer& writer)
    : writer_(writer),
      find_(database,
            "SELECT id, name, account, region, location, created_at_ms, tags FROM bucket WHERE name = ?1"),
      all_(database, "SELECT id, name, account, region, location, created_at_ms, tags FROM bucket"),
      insert_(database,
              "INSERT INTO bucket (name, account, region, location, created_at_ms, tags)"
              " VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
              " ON CONFLICT DO NOTHING"),
      put_tags_(database, "UPDATE bucket SET tags = ?2 WHERE id = ?1"),
      delete_(database, "DELETE FROM bucket WHERE id = ?1"),
      any_object_(database, "SELECT 1 FROM object WHERE bucket = ?1 LIMIT 1"),
      drop_parts_of_open_(database,
                          "DELETE FROM part WHERE upload IN"
                          " (SELECT id FROM upload WHERE bucket = ?1 AND completed = 0) RETURNING blob"),
      drop_open_(database, "DELETE FROM upload WHERE bucket = ?1 AND completed = 0"),
      owned_(database, "SELECT id FROM bucket WHERE ?1 IN (account, '') AND ?2 IN (region, '')"),
      drop_all_content_(database,
                        "DELETE FROM content WHERE number IN (SELECT -age FROM object WHERE bucket = ?1)"),
      drop_all_blobs_(database, "DELETE FROM object WHERE bucket = ?1 RETURNING blob"),
      drop_all_parts_(database,
                      "DELETE FROM part WHERE upload IN (SELECT id FROM upload WHERE bucket = ?1)"
                      " RETURNING blob"),
      drop_all_uploads_(database, "DELETE FROM upload WHERE bucket = ?1") {
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

runtime::Task<bool> BucketStore::Create(const Bucket& bucket) {
  const auto insert = [&] {
    return insert_.Run(bucket.name, bucket.account, bucket.region, bucket.location,
                       bucket.created.time_since_epoch().count(), bucket.tags) == 1;
  };
  const bool created = co_await writer_.Run(insert);
  Refresh(bucket.name);
  co_return created;
}

runtime::Task<void> BucketStore::PutTags(const Bucket& bucket, std::string_view tags) {
  const auto put = [&] {
    if (put_tags_.Run(bucket.id, tags) == 0) throw NoSuchBucket(bucket.name);
  };
  co_await writer_.Run(put);
  Refresh(bucket.name);
}

runtime::Task<std::vector<std::string>> BucketStore::Delete(const Bucket& bucket) {
  const auto remove = [&] {
    if (any_object_.Scalar<std::int64_t>(bucket.id)) {
      throw AwsError(kBucketNotEmpty, "The bucket you tried to delete is not empty")
          .With("BucketName", bucket.name);
    }
    std::vector<std::string> blobs;
    TakeFirstColumn(drop_parts_of_open_.Query(bucket.id), blobs);
    drop_open_.Run(bucket.id);
    if (delete_.Run(bucket.id) == 0) throw NoSuchBucket(bucket.name);
    return blobs;
  };
  std::vector<std::string> blobs = co_await writer_.Run(remove);
  Refresh(bucket.name);
  co_return blobs;
}

runtime::Task<std::vector<std::string>> BucketStore::Reset(std::string account, std::string region) {
  const auto reset = [&] {
    std::vector<std::int64_t> ids;
    for (auto rows = owned_.Query(account, region); rows.Next();) ids.push_back(rows.Int64(0));
    std::vector<std::string> blobs;
    for (const std::int64_t id : ids) {
      drop_all_content_.Run(id);
      TakeFirstColumn(drop_all_blobs_.Query(id), blobs);
      TakeFirstColumn(drop_all_parts_.Query(id), blobs);
      drop_all_uploads_.Run(id);
      delete_.Run(id);
    }
    return blobs;
  };
  std::vector<std::string> blobs = co_await writer_.Run(reset);
  RefreshAll();
  co_return blobs;
}

// Both read under the lock: of two changes that commit one after the other, the second one's refresh sees
// both, whichever runs first.

void BucketStore::Refresh(std::string_view name) {
  const std::unique_lock lock(mutex_);
  auto row = find_.Query(name);
  if (row.Next()) {
    buckets_.insert_or_assign(std::string(name), std::make_shared<const Bucket>(ReadBucket(row)));
  } else if (const auto gone = buckets_.find(name); gone != buckets_.end()) {
    buckets_.erase(gone);
  }
}

void BucketStore::RefreshAll() {
  const std::unique_lock lock(mutex_);
  buckets_.clear();
  for (auto rows = all_.Query(); rows.Next();) {
    Bucket bucket = ReadBucket(rows);
    std::string name = bucket.name;
    buckets_.emplace(std::move(name), std::make_shared<const Bucket>(std::move(bucket)));
  }
}

}  // namespace cumulite::s3
