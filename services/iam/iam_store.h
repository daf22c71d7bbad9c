#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "services/iam/shapes.h"
#include "services/storage/resource_table.h"

namespace cumulite::iam {

struct ServerCertificateRecord {
  ServerCertificateMetadata metadata;
  std::string body;
  std::optional<std::string> chain;
  std::string key;
  std::vector<Tag> tags;
  static protocol::Members Describe();
};

/// Source: IAM User Guide "IAM and AWS STS quotas".
inline constexpr std::size_t kMaxServerCertificates = 20;

/// "arn:aws:iam::000000000000:server-certificate/path/name"; `path` begins and ends with '/'.
std::string ServerCertificateArn(std::string_view account, std::string_view path, std::string_view name);

/// Errors: InvalidInput for keys that AWS keeps to itself or that come twice, LimitExceeded beyond 50.
void MergeTags(std::vector<Tag>& tags, const std::vector<Tag>& more);

std::span<const storage::Migration> Migrations();

/// Server certificates with their keys: SQL is the truth.
/// Thread: Find, FindNamed, OpenCommitted and All on any; the rest on the writer's, inside a job.
class IamStore {
 public:
  explicit IamStore(storage::Database& database) : table_(database) {}

  std::optional<ServerCertificateRecord> Find(std::string_view arn) const;
  std::optional<ServerCertificateRecord> FindNamed(std::string_view account, const std::string& name) const;
  /// Errors: NoSuchEntity.
  ServerCertificateRecord OpenCommitted(std::string_view account, const std::string& name) const;
  std::vector<ServerCertificateRecord> All(std::string_view account) const;

  /// Errors: NoSuchEntity.
  ServerCertificateRecord Open(std::string_view account, const std::string& name);
  /// Errors: EntityAlreadyExists.
  void RequireFree(std::string_view account, const std::string& name);
  std::size_t CountInJob(std::string_view account) { return table_.AllInJob(account, "").size(); }
  void Save(std::string_view account, const ServerCertificateRecord& record);
  void Erase(const std::string& arn) { table_.Erase(arn); }
  void EraseAll(std::string_view account) { table_.EraseAll(account, ""); }

 private:
  storage::ResourceTable table_;
};

}  // namespace cumulite::iam
