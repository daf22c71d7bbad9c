#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "services/dynamodb/backups/backup_store.h"
#include "services/dynamodb/backups/history_store.h"
#include "services/dynamodb/items/item_store.h"
#include "services/dynamodb/items/item_writer.h"
#include "services/dynamodb/tables/table_store.h"

namespace cumulite::dynamodb {

/// Copies the items of a table or a backup into a new table or a backup, a few at a time while others write.
///
/// The rows are copied as each step finds them; then what the source's history noted meanwhile, or since the
/// wanted moment, is undone in the copy, which so becomes what the source was at that moment. At last the
/// indexes of a new table are filled. What is to do is a row, so that it goes on after a crash.
/// Thread: the writer's, inside a job; Open any.
class TableCopier {
 public:
  TableCopier(storage::Database& database, TableStore& tables, ItemStore& items, ItemWriter& writer,
              HistoryStore& history, BackupStore& backups);

  enum class As : std::uint8_t {
    kOf,       // the source as it is when the copy begins, or was at `state_of_ms`
    kFollows,  // the source as it becomes: whoever writes to it writes to the target, too
  };
  /// `target` and `source` are what rows of items say: the ids of tables, Backup::rows_of.
  void Begin(std::int64_t target, std::int64_t source, As as, std::optional<std::int64_t> state_of_ms = {});
  /// Does some of a copy; false once it is done, or its target is gone.
  bool Step(std::int64_t target);
  /// Whether something is being copied from there.
  bool Reads(std::int64_t source);
  /// The targets of all copies that are not done.
  std::vector<std::int64_t> Open() const;

 private:
  struct Copy {
    std::int64_t target = 0;
    std::int64_t source = 0;
    std::int64_t step = 0;
    std::int64_t since = 0;
    std::int64_t state_of_ms = 0;
    std::int64_t undo_below = 0;
    std::string after;
  };
  std::optional<Copy> Find(std::int64_t target);
  bool HasTarget(const Copy& copy);
  void CopyRows(Copy& copy);
  void UndoChanges(Copy& copy);
  bool FillIndexes(Copy& copy);
  void Finish(const Copy& copy);
  void Release(const Copy& copy);
  void PutRow(std::int64_t target, const std::string& key, const std::optional<StoredItem>& item);

  TableStore& tables_;
  ItemStore& items_;
  ItemWriter& writer_;
  HistoryStore& history_;
  BackupStore& backups_;
  storage::Statement insert_;
  storage::Statement find_;
  storage::Statement save_;
  storage::Statement remove_;
  storage::Statement reads_;
  storage::ReadStatement open_;
};

}  // namespace cumulite::dynamodb
