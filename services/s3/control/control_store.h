#pragma once
#include <map>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/task.h"
#include "services/s3/bucket_configuration.h"
#include "services/storage/statement.h"
#include "services/storage/writer.h"

namespace cumulite::s3 {

/// A named way into a bucket, with a policy of its own.
struct AccessPoint {
  std::string account;
  std::string region;
  std::string name;
  std::string alias;        // "name-<random>-s3alias": stands wherever a bucket's name does
  std::string bucket;       // its name
  std::string document;     // what GetAccessPoint answers, without the ARN
  std::string policy_text;  // empty: none
  std::optional<protocol::Policy> policy;

  std::string Arn() const;
};
using AccessPointPtr = std::shared_ptr<const AccessPoint>;

/// What S3 Control keeps of accounts: access points, and the public access block of an account. In SQL, and
/// as immutable snapshots in memory. Thread: any; the coroutines on a loop.
class ControlStore {
 public:
  ControlStore(storage::Database& database, storage::Writer& writer);

  /// Null when there is none.
  AccessPointPtr Find(std::string_view account, std::string_view region, std::string_view name) const;
  /// By what may stand in the place of a bucket: an alias, or "name-account".
  AccessPointPtr FindByHost(std::string_view label) const;
  /// In the order of their names, from `from` on; those of `bucket`, or of all where that is empty.
  std::vector<AccessPointPtr> List(std::string_view account, std::string_view region, std::string_view bucket,
                                   std::string_view from) const;
  bool HasAccessPoints(std::string_view bucket) const;

  /// False when there is one of that name.
  runtime::Task<bool> Create(const AccessPoint& point);
  /// Puts the policy, or takes it away where it is empty. False when there is no such access point.
  runtime::Task<bool> PutPolicy(const AccessPoint& point, const std::string& policy);
  runtime::Task<bool> Delete(const AccessPoint& point);

  /// The account's own; empty when there is none.
  std::string AccountBlock(std::string_view account) const;
  PublicAccessBlock PublicAccessOf(std::string_view account) const;
  /// Empty: deletes it.
  runtime::Task<void> PutAccountBlock(const std::string& account, const std::string& document);

  /// Drops what belongs to the account and region; empty: to any.
  runtime::Task<void> Reset(std::string account, std::string region);

 private:
  void Load();

  storage::Writer& writer_;
  mutable std::shared_mutex mutex_;
  std::map<std::string, AccessPointPtr, std::less<>> points_;  // by "account/region/name"
  std::map<std::string, std::string, std::less<>> blocks_;     // by account

  storage::ReadStatement all_points_;
  storage::ReadStatement all_blocks_;
  storage::Statement insert_;
  storage::Statement put_policy_;
  storage::Statement delete_;
  storage::Statement put_block_;
  storage::Statement drop_block_;
  storage::Statement reset_points_;
  storage::Statement reset_blocks_;
};

}  // namespace cumulite::s3
