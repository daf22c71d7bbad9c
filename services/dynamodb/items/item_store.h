#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "services/storage/statement.h"

namespace cumulite::dynamodb {

/// An item as it is stored.
struct StoredItem {
  std::string body;  // wire form
  std::int64_t size = 0;
  std::int64_t body_id = 0;  // where a long body lies; 0: with its key
};

/// Which rows of a table or an index a Query or Scan reads: keys from `first` (or after it) to before `end`.
struct RowRange {
  std::string first;
  std::string end;  // empty: to the last
  std::string
      after;  // where a page goes on: rows behind it in the direction of reading; empty: from the start
  bool forward = true;
};

/// The rows of items, index entries and expiry times.
/// Thread: what says "job" on the writer's, inside a job; the rest any.
class ItemStore {
 public:
  explicit ItemStore(storage::Database& database);

  std::optional<StoredItem> Get(std::int64_t table, std::string_view key) const;
  /// Rows of (key, size, body) in the order of their keys, until the caller stops.
  storage::Cursor Rows(std::int64_t table, const RowRange& range) const;
  /// Likewise of an index; (key, size, body, item_key).
  storage::Cursor Entries(std::int64_t table, std::int64_t index, const RowRange& range) const;

  /// Job.
  std::optional<StoredItem> Find(std::int64_t table, std::string_view key);
  /// Job: `old` is what Find gave.
  void Put(std::int64_t table, std::string_view key, const std::optional<StoredItem>& old, std::int64_t size,
           std::string_view body);
  void Delete(std::int64_t table, std::string_view key, const std::optional<StoredItem>& old);
  void PutEntry(std::int64_t table, std::int64_t index, std::string_view key, std::string_view item_key,
                std::int64_t size, std::string_view body);
  bool HasEntry(std::int64_t table, std::int64_t index, std::string_view key);
  void DeleteEntry(std::int64_t table, std::int64_t index, std::string_view key);
  void PutExpiry(std::int64_t due_ms, std::int64_t table, std::string_view key);
  void DeleteExpiry(std::int64_t due_ms, std::int64_t table, std::string_view key);
  void DeleteExpiries(std::int64_t table);
  /// Job: rows of (table_id, key, due_ms) that are due, in order.
  storage::Cursor Due(std::int64_t now_ms, std::int64_t max);
  /// Job: rows of (key, size, body) after a key.
  storage::Cursor RowsAfter(std::int64_t table, std::string_view key, std::int64_t max);
  /// When the first item expires; nothing when none will.
  std::optional<std::int64_t> NextDue() const;

 private:
  std::int64_t AddBody(std::string_view body);

  std::int64_t last_body_ = 0;  // the writer's; 0: not known yet
  storage::ReadStatement get_;
  storage::ReadStatement forward_;
  storage::ReadStatement backward_;
  storage::ReadStatement entries_forward_;
  storage::ReadStatement entries_backward_;
  storage::ReadStatement next_due_;
  storage::Statement find_;
  storage::Statement put_;
  storage::Statement delete_;
  storage::Statement find_last_body_;
  storage::Statement add_body_;
  storage::Statement update_body_;
  storage::Statement delete_body_;
  storage::Statement put_entry_;
  storage::Statement has_entry_;
  storage::Statement delete_entry_;
  storage::Statement put_expiry_;
  storage::Statement delete_expiry_;
  storage::Statement delete_expiries_;
  storage::Statement due_;
  storage::Statement rows_after_;
};

}  // namespace cumulite::dynamodb
