#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/dynamodb/items/item_store.h"
#include "services/storage/statement.h"

namespace cumulite::dynamodb {

/// How an item was before a change.
struct HistoryRow {
  std::int64_t number = 0;  // grows with each change of any table
  std::int64_t at_ms = 0;
  std::string key;
  std::optional<StoredItem> before;  // nothing: it was not there
};

/// Of a row of (number, at_ms, key, size, body).
HistoryRow ReadHistoryRow(const storage::Cursor& row);

/// What the items of some tables were before each change, so that a copy of a table can be taken back to a
/// moment: for point-in-time recovery, and for backups, which copy while others write.
/// Thread: the writer's, inside a job.
class HistoryStore {
 public:
  explicit HistoryStore(storage::Database& database);

  /// Notes that an item is about to change; forgets what is older than `keep_ms`.
  void Note(std::int64_t table, std::string_view key, const std::optional<StoredItem>& before,
            std::int64_t now_ms, std::int64_t keep_ms);
  /// Of the last change that was noted, of any table.
  std::int64_t LastNumber();
  /// Changes of a table with numbers above `since` and below `below`, the latest first.
  std::vector<HistoryRow> Below(std::int64_t table, std::int64_t since, std::int64_t below, std::int64_t max);

 private:
  storage::Statement add_;
  storage::Statement trim_;
  storage::Statement last_;
  storage::Statement below_;
};

}  // namespace cumulite::dynamodb
