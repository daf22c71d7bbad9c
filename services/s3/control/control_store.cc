#include "services/s3/control/control_store.h"

#include <mutex>

#include "protocol/arn.h"
#include "protocol/xml_decode.h"

namespace cumulite::s3 {
namespace {

std::string KeyOf(std::string_view account, std::string_view region, std::string_view name) {
  std::string key(account);
  return key.append("/").append(region).append("/").append(name);
}

}  // namespace

std::string AccessPoint::Arn() const {
  return protocol::FormatArn("s3", region, account, "accesspoint/" + name);
}

ControlStore::ControlStore(storage::Database& database, storage::Writer& writer)
    : writer_(writer),
      all_points_(database,
                  "SELECT account, region, name, alias, bucket, document, policy FROM access_point"),
      all_blocks_(database, "SELECT account, document FROM account_block"),
      insert_(database,
              "INSERT INTO access_point VALUES (?1, ?2, ?3, ?4, ?5, ?6, '') ON CONFLICT DO NOTHING"),
      put_policy_(database,
                  "UPDATE access_point SET policy = ?4 WHERE account = ?1 AND region = ?2 AND name = ?3"),
      delete_(database, "DELETE FROM access_point WHERE account = ?1 AND region = ?2 AND name = ?3"),
      put_block_(database, "INSERT OR REPLACE INTO account_block VALUES (?1, ?2)"),
      drop_block_(database, "DELETE FROM account_block WHERE account = ?1"),
      reset_points_(database, "DELETE FROM access_point WHERE ?1 IN (account, '') AND ?2 IN (region, '')"),
      reset_blocks_(database, "DELETE FROM account_block WHERE ?1 IN (account, '')") {
  Load();
}

void ControlStore::Load() {
  const std::unique_lock lock(mutex_);
  points_.clear();
  blocks_.clear();
  for (auto rows = all_points_.Query(); rows.Next();) {
    AccessPoint point{.account = std::string(rows.Text(0)),
                      .region = std::string(rows.Text(1)),
                      .name = std::string(rows.Text(2)),
                      .alias = std::string(rows.Text(3)),
                      .bucket = std::string(rows.Text(4)),
                      .document = std::string(rows.Text(5)),
                      .policy_text = std::string(rows.Text(6)),
                      .policy = {}};
    if (!point.policy_text.empty()) {
      point.policy = rows.Parsed(6, [](std::string_view text) { return protocol::Policy::Parse(text); });
    }
    std::string key = KeyOf(point.account, point.region, point.name);
    points_.emplace(std::move(key), std::make_shared<const AccessPoint>(std::move(point)));
  }
  for (auto rows = all_blocks_.Query(); rows.Next();) {
    blocks_.emplace(std::string(rows.Text(0)), std::string(rows.Text(1)));
  }
}

AccessPointPtr ControlStore::Find(std::string_view account, std::string_view region,
                                  std::string_view name) const {
  const std::shared_lock lock(mutex_);
  const auto found = points_.find(KeyOf(account, region, name));
  return found == points_.end() ? nullptr : found->second;
}

AccessPointPtr ControlStore::FindByHost(std::string_view label) const {
  const std::shared_lock lock(mutex_);
  for (const auto& [key, point] : points_) {
    if (point->alias == label || point->name + "-" + point->account == label) return point;
  }
  return nullptr;
}

std::vector<AccessPointPtr> ControlStore::List(std::string_view account, std::string_view region,
                                               std::string_view bucket, std::string_view from) const {
  std::vector<AccessPointPtr> list;
  const std::string start = KeyOf(account, region, from);
  const std::string prefix = KeyOf(account, region, "");
  const std::shared_lock lock(mutex_);
  for (auto at = points_.lower_bound(start); at != points_.end() && at->first.starts_with(prefix); ++at) {
    if (bucket.empty() || at->second->bucket == bucket) list.push_back(at->second);
  }
  return list;
}

bool ControlStore::HasAccessPoints(std::string_view bucket) const {
  const std::shared_lock lock(mutex_);
  for (const auto& [key, point] : points_) {
    if (point->bucket == bucket) return true;
  }
  return false;
}

runtime::Task<bool> ControlStore::Create(const AccessPoint& point) {
  const auto insert = [&] {
    return insert_.Run(point.account, point.region, point.name, point.alias, point.bucket, point.document) ==
           1;
  };
  const bool created = co_await writer_.Run(insert);
  Load();
  co_return created;
}

runtime::Task<bool> ControlStore::PutPolicy(const AccessPoint& point, const std::string& policy) {
  const auto put = [&] { return put_policy_.Run(point.account, point.region, point.name, policy) == 1; };
  const bool done = co_await writer_.Run(put);
  Load();
  co_return done;
}

runtime::Task<bool> ControlStore::Delete(const AccessPoint& point) {
  const auto remove = [&] { return delete_.Run(point.account, point.region, point.name) == 1; };
  const bool done = co_await writer_.Run(remove, storage::Room::kMakes);
  Load();
  co_return done;
}

std::string ControlStore::AccountBlock(std::string_view account) const {
  const std::shared_lock lock(mutex_);
  const auto found = blocks_.find(account);
  return found == blocks_.end() ? std::string{} : found->second;
}

PublicAccessBlock ControlStore::PublicAccessOf(std::string_view account) const {
  const std::string text = AccountBlock(account);
  documents::PublicAccessBlockConfiguration block;
  if (text.empty() || !protocol::DecodeXml(text, "PublicAccessBlockConfiguration", &block,
                                           documents::PublicAccessBlockConfiguration::Describe())) {
    return {};
  }
  return {block.block_public_acls.value_or(false), block.ignore_public_acls.value_or(false),
          block.block_public_policy.value_or(false), block.restrict_public_buckets.value_or(false)};
}

runtime::Task<void> ControlStore::PutAccountBlock(const std::string& account, const std::string& document) {
  const auto put = [&] {
    if (document.empty()) {
      drop_block_.Run(account);
    } else {
      put_block_.Run(account, document);
    }
  };
  co_await writer_.Run(put);
  Load();
}

runtime::Task<void> ControlStore::Reset(std::string account, std::string region) {
  const auto reset = [&] {
    reset_points_.Run(account, region);
    if (region.empty()) reset_blocks_.Run(account);
  };
  co_await writer_.Run(reset, storage::Room::kMakes);
  Load();
}

}  // namespace cumulite::s3
