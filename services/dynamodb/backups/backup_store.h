#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/dynamodb/tables/table.h"
#include "services/storage/statement.h"

namespace cumulite::dynamodb {

/// A backup of a table, which outlives it.
struct Backup {
  std::int64_t id = 0;
  std::string account;
  std::string region;
  std::string table_name;
  std::string label;  // "01489602797149-73d8d5bc"
  std::string name;
  std::string type;        // "USER", "SYSTEM"
  bool available = false;  // else its items are being copied
  std::int64_t created_ms = 0;
  std::optional<std::int64_t> expires_ms;
  std::int64_t rows_of = 0;  // its items are rows of this table
  Counts counts;
  TableRecord record;  // as it was

  std::string TableArn() const;
  std::string Arn() const;
};

/// Of a backup that an export reads, and that nobody else sees.
inline constexpr std::string_view kBackupOfExport = "EXPORT";

/// "01489602797149-73d8d5bc" for a backup made now.
std::string NewBackupLabel(std::int64_t now_ms);

/// Which backups ListBackups wants. Empty text: any.
struct BackupFilter {
  std::string_view account;
  std::string_view region;
  std::string_view table_name;
  std::string_view type;
  std::int64_t from_ms = 0;  // inclusive
  std::int64_t to_ms = 0;    // exclusive
  std::int64_t after_id = 0;
  std::int64_t now_ms = 0;  // those expired by then are gone
};

/// Backups, without their items.
/// Thread: what says "job" on the writer's, inside a job; the rest any.
class BackupStore {
 public:
  explicit BackupStore(storage::Database& database);

  std::vector<Backup> List(const BackupFilter& filter, std::int64_t max) const;
  std::optional<Backup> Find(std::string_view account, std::string_view region, std::string_view table_name,
                             std::string_view label) const;

  /// Job: its id. `rows_of` 0: its own negative id.
  std::int64_t Add(const Backup& backup);
  /// Job: nothing when it is gone.
  std::optional<Backup> Current(std::int64_t id);
  /// Job.
  void SetAvailable(std::int64_t id, const Counts& counts);
  /// Job.
  std::vector<Backup> All();
  /// Job: leaves its items to TableStore::RemoveDropped.
  void Remove(const Backup& backup);
  /// Job: one that expired by then; nothing when there is none.
  std::optional<Backup> FirstExpired(std::int64_t now_ms);

 private:
  storage::ReadStatement list_;
  storage::ReadStatement find_;
  storage::Statement add_;
  storage::Statement own_rows_;
  storage::Statement current_;
  storage::Statement set_available_;
  storage::Statement remove_;
  storage::Statement drop_;
  storage::Statement all_;
  storage::Statement first_expired_;
};

}  // namespace cumulite::dynamodb
