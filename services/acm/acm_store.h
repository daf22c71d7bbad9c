#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "net/certificate.h"
#include "services/acm/certificate.h"
#include "services/storage/resource_table.h"

namespace cumulite::acm {

std::span<const storage::Migration> Migrations();

/// Certificates with their keys, and the authority that issues them: SQL is the truth.
/// Thread: Find, OpenCommitted, All and FindAuthority on any; the rest on the writer's, inside a job.
class AcmStore {
 public:
  explicit AcmStore(storage::Database& database);

  std::optional<CertificateRecord> Find(std::string_view arn) const;
  /// The caller's certificate. Errors: ResourceNotFoundException.
  CertificateRecord OpenCommitted(const std::string& arn, const protocol::RequestContext& context) const;
  /// In the order in which they were made.
  std::vector<CertificateRecord> All(std::string_view account, std::string_view region) const;
  std::optional<net::SelfSigned> FindAuthority() const;

  /// Errors: ResourceNotFoundException.
  CertificateRecord Open(const std::string& arn, const protocol::RequestContext& context);
  void Save(const CertificateRecord& record);
  void Erase(const std::string& arn) { table_.Erase(arn); }
  void EraseAll(std::string_view account, std::string_view region) { table_.EraseAll(account, region); }
  /// Keeps `made` unless there is an authority already, and gives the one that is there.
  net::SelfSigned KeepAuthority(const net::SelfSigned& made);

 private:
  storage::ResourceTable table_;
  mutable storage::ReadStatement find_authority_;
  storage::Statement find_authority_in_job_;
  storage::Statement insert_authority_;
};

}  // namespace cumulite::acm
