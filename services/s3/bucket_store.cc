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
          Milliseconds(row.Int64(5)),
          nullptr};
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
            "SELECT id, name, account, region, location, created_at_ms FROM bucket WHERE name = ?1"),
      all_(database, "SELECT id, name, account, region, location, created_at_ms FROM bucket"),
      insert_(database,
              "INSERT INTO bucket (name, account, region, location, created_at_ms)"
              " VALUES (?1, ?2, ?3, ?4, ?5)"
              " ON CONFLICT DO NOTHING RETURNING id"),
      documents_of_(database, "SELECT kind, id, document FROM bucket_document WHERE bucket = ?1"),
      all_documents_(database, "SELECT bucket, kind, id, document FROM bucket_document"),
      exists_(database, "SELECT 1 FROM bucket WHERE id = ?1"),
      put_document_(database, "INSERT OR REPLACE INTO bucket_document VALUES (?1, ?2, ?3, ?4)"),
      delete_document_(database, "DELETE FROM bucket_document WHERE bucket = ?1 AND kind = ?2 AND id = ?3"),
      drop_documents_(database, "DELETE FROM bucket_document WHERE bucket = ?1"),
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

std::set<std::string> BucketStore::Owners() const {
  std::set<std::string> owners;
  const std::shared_lock lock(mutex_);
  for (const auto& [name, bucket] : buckets_) owners.insert(bucket->account);
  return owners;
}

runtime::Task<bool> BucketStore::Create(const Bucket& bucket, const std::vector<BucketDocument>& documents) {
  const auto insert = [&] {
    const auto id = insert_.Scalar<std::int64_t>(bucket.name, bucket.account, bucket.region, bucket.location,
                                                 bucket.created.time_since_epoch().count());
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

runtime::Task<std::vector<std::string>> BucketStore::Delete(const Bucket& bucket) {
  const auto remove = [&] {
    if (any_object_.Scalar<std::int64_t>(bucket.id)) {
      throw AwsError(kBucketNotEmpty, "The bucket you tried to delete is not empty")
          .With("BucketName", bucket.name);
    }
    std::vector<std::string> blobs;
    TakeFirstColumn(drop_parts_of_open_.Query(bucket.id), blobs);
    drop_open_.Run(bucket.id);
    drop_documents_.Run(bucket.id);
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
      drop_documents_.Run(id);
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
    Bucket bucket = ReadBucket(row);
    BucketConfiguration::Documents documents;
    for (auto rows = documents_of_.Query(bucket.id); rows.Next();) {
      documents[{std::string(rows.Text(0)), std::string(rows.Text(1))}] = rows.Text(2);
    }
    bucket.configuration = std::make_shared<const BucketConfiguration>(std::move(documents));
    buckets_.insert_or_assign(std::string(name), std::make_shared<const Bucket>(std::move(bucket)));
  } else if (const auto gone = buckets_.find(name); gone != buckets_.end()) {
    buckets_.erase(gone);
  }
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
