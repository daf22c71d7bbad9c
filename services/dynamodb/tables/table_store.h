#pragma once
#include <map>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "services/dynamodb/tables/table.h"
#include "services/storage/statement.h"

namespace cumulite::dynamodb {

/// By how much items and bytes of tables and indexes change in one job.
class CountChanges {
 public:
  using Of = std::pair<std::int64_t, std::int64_t>;  // table and index number; 0: the table itself
  void Add(std::int64_t table_id, std::int64_t index_number, std::int64_t items, std::int64_t bytes);
  const std::vector<std::pair<Of, Counts>>& all() const { return all_; }

 private:
  std::vector<std::pair<Of, Counts>> all_;  // few: a request names few tables
};

/// All tables: in SQL, and as immutable snapshots in memory, which every request needs.
/// Thread: any; what says "job" on the writer's thread, inside a job.
class TableStore {
 public:
  explicit TableStore(storage::Database& database);

  /// Null when there is none of that name.
  TablePtr Find(std::string_view account, std::string_view region, std::string_view name) const;
  TablePtr FindById(std::int64_t id) const;
  std::vector<TablePtr> All() const;
  /// In the order of their names.
  std::vector<TablePtr> Of(std::string_view account, std::string_view region) const;
  /// Names after `after` in their order, `max` at most.
  std::vector<std::string> Names(std::string_view account, std::string_view region, std::string_view after,
                                 std::size_t max) const;
  std::map<std::int64_t, Counts> CountsOf(const Table& table) const;

  // Jobs. After one that changed a table has committed, Refresh makes the change known.

  /// Job: the id of the new table; nothing when the name is taken.
  std::optional<std::int64_t> Insert(std::string_view account, std::string_view region, std::string_view name,
                                     const TableRecord& record);
  /// Job: the table as it is now; null when it is gone.
  TablePtr Current(std::int64_t id);
  /// Job: of a table's items.
  Counts CurrentCounts(std::int64_t id);
  /// Job: whether this snapshot is what the table is now.
  bool IsCurrent(const Table& table);
  /// Job.
  void Update(std::int64_t id, const TableRecord& record);
  /// Job: leaves the rows of its items to RemoveDropped.
  void Remove(const Table& table);
  /// Job: the same, but its items stay: a backup has them from now on.
  void RemoveButItems(const Table& table);
  /// Job: items and their counts, what they were before changes, as for RemoveDropped.
  void DropItems(std::int64_t table_id);
  void DropHistory(std::int64_t table_id);
  void DropCounts(std::int64_t table_id);
  /// Job: likewise.
  void DropIndex(std::int64_t table_id, std::int64_t index_number);
  /// Job.
  void AddCounts(std::int64_t table_id, std::int64_t index_number, std::int64_t items, std::int64_t bytes);
  void AddCounts(const CountChanges& changes);
  /// Job: removes some rows of what was dropped; false when none are left.
  bool RemoveDropped();

  /// Takes one table anew from SQL.
  void Refresh(std::int64_t id);
  void RefreshAll();

 private:
  using Key = std::tuple<std::string, std::string, std::string>;
  using KeyView = std::tuple<std::string_view, std::string_view, std::string_view>;

  std::int64_t RemoveSome(std::int64_t table, std::int64_t index);

  mutable std::shared_mutex mutex_;
  std::map<Key, TablePtr, std::less<>> tables_;
  std::map<std::int64_t, TablePtr> by_id_;

  storage::ReadStatement find_;
  storage::ReadStatement all_;
  storage::ReadStatement counts_;
  storage::Statement current_;
  storage::Statement current_counts_;
  storage::Statement version_;
  storage::Statement insert_;
  storage::Statement update_;
  storage::Statement remove_;
  storage::Statement drop_;
  storage::Statement drop_counts_;
  storage::Statement drop_expiry_;
  storage::Statement add_counts_;
  storage::Statement dropped_;
  storage::Statement remove_bodies_;
  storage::Statement remove_items_;
  storage::Statement remove_entries_;
  storage::Statement remove_history_;
  storage::Statement forget_;
};

}  // namespace cumulite::dynamodb
