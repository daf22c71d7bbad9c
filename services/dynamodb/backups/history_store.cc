#include "services/dynamodb/backups/history_store.h"

namespace cumulite::dynamodb {
using storage::BytesView;

HistoryRow ReadHistoryRow(const storage::Cursor& row) {
  HistoryRow change{.number = row.Int64(0), .at_ms = row.Int64(1), .key = std::string(row.Blob(2).bytes)};
  if (!row.IsNull(4)) change.before = StoredItem{std::string(row.Text(4)), row.Int64(3)};
  return change;
}

HistoryStore::HistoryStore(storage::Database& database)
    : add_(database,
           "INSERT INTO item_history (table_id, at_ms, key, size, body) VALUES (?1, ?2, ?3, ?4, ?5)"
           " RETURNING number"),
      trim_(database,
            "DELETE FROM item_history WHERE number IN (SELECT number FROM item_history WHERE table_id = ?1"
            " AND at_ms < ?2 ORDER BY number LIMIT 100)"),
      last_(database, "SELECT seq FROM sqlite_sequence WHERE name = 'item_history'"),
      below_(database,
             "SELECT number, at_ms, key, size, body FROM item_history WHERE table_id = ?1 AND number > ?2"
             " AND number < ?3 ORDER BY number DESC LIMIT ?4") {}

void HistoryStore::Note(std::int64_t table, std::string_view key, const std::optional<StoredItem>& before,
                        std::int64_t now_ms, std::int64_t keep_ms) {
  const auto body = before ? std::optional<std::string_view>(before->body) : std::nullopt;
  const auto number =
      add_.Scalar<std::int64_t>(table, now_ms, BytesView{key}, before ? before->size : 0, body);
  constexpr std::int64_t kTrimEvery = 64;  // so that trimming keeps up with writing, at a hundred a time
  if (number && *number % kTrimEvery == 0) trim_.Run(table, now_ms - keep_ms);
}

std::int64_t HistoryStore::LastNumber() { return last_.Scalar<std::int64_t>().value_or(0); }

std::vector<HistoryRow> HistoryStore::Below(std::int64_t table, std::int64_t since, std::int64_t below,
                                            std::int64_t max) {
  std::vector<HistoryRow> changes;
  for (auto rows = below_.Query(table, since, below, max); rows.Next();)
    changes.push_back(ReadHistoryRow(rows));
  return changes;
}

}  // namespace cumulite::dynamodb
