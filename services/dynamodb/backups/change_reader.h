#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

#include "services/dynamodb/backups/history_store.h"

namespace cumulite::dynamodb {

/// The changes of a table that were made at or after a moment, and before another.
struct HistorySpan {
  std::int64_t table = 0;
  std::int64_t from_ms = 0;
  std::int64_t to_ms = 0;
};

/// What HistoryStore noted, as incremental exports read it.
/// Thread: any.
class ChangeReader {
 public:
  explicit ChangeReader(storage::Database& database);

  /// The changes of a span with numbers above `after`, in their order.
  std::vector<HistoryRow> Within(const HistorySpan& span, std::int64_t after, std::size_t max) const;

 private:
  storage::ReadStatement within_;
};

}  // namespace cumulite::dynamodb
