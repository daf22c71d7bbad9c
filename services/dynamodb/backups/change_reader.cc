#include "services/dynamodb/backups/change_reader.h"

namespace cumulite::dynamodb {

ChangeReader::ChangeReader(storage::Database& database)
    : within_(database,
              "SELECT number, at_ms, key, size, body FROM item_history WHERE table_id = ?1 AND number > ?2"
              " AND at_ms >= ?3 AND at_ms < ?4 ORDER BY number LIMIT ?5") {}

std::vector<HistoryRow> ChangeReader::Within(const HistorySpan& span, std::int64_t after,
                                             std::size_t max) const {
  std::vector<HistoryRow> changes;
  for (auto rows = within_.Query(span.table, after, span.from_ms, span.to_ms, static_cast<std::int64_t>(max));
       rows.Next();) {
    changes.push_back(ReadHistoryRow(rows));
  }
  return changes;
}

}  // namespace cumulite::dynamodb
