#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/storage/database.h"
#include "services/storage/statement.h"

namespace cumulite::storage {

/// A service's resources as texts, by their ARN and by their name in an account and region: all that a small
/// service needs of SQL. What the texts say is the service's affair.
/// Thread: Find, FindNamed and All on any; the rest on the writer's, inside a job.
class ResourceTable {
 public:
  /// The first migration of a service that keeps nothing else.
  static constexpr std::string_view kSchema =
      "CREATE TABLE resource (number INTEGER PRIMARY KEY AUTOINCREMENT, arn TEXT NOT NULL UNIQUE,"
      " account TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL, record TEXT NOT NULL) STRICT;"
      "CREATE INDEX resource_by_name ON resource (account, region, name)";

  explicit ResourceTable(Database& database);

  std::optional<std::string> Find(std::string_view arn) const;
  std::optional<std::string> FindNamed(std::string_view account, std::string_view region,
                                       std::string_view name) const;
  /// In the order in which they were made.
  std::vector<std::string> All(std::string_view account, std::string_view region) const;

  std::optional<std::string> FindInJob(std::string_view arn);
  std::optional<std::string> FindNamedInJob(std::string_view account, std::string_view region,
                                            std::string_view name);
  std::vector<std::string> AllInJob(std::string_view account, std::string_view region);
  /// Makes a resource, or replaces its name and text.
  void Save(std::string_view arn, std::string_view account, std::string_view region, std::string_view name,
            std::string_view text);
  void Erase(std::string_view arn);
  /// Everything of an account and a region; of all where that is empty.
  void EraseAll(std::string_view account, std::string_view region);

 private:
  mutable ReadStatement find_;
  mutable ReadStatement find_named_;
  mutable ReadStatement all_;
  Statement find_in_job_;
  Statement find_named_in_job_;
  Statement all_in_job_;
  Statement save_;
  Statement erase_;
  Statement erase_all_;
};

}  // namespace cumulite::storage
