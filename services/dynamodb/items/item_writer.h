#pragma once
#include <cstdint>
#include <optional>

#include "services/dynamodb/backups/history_store.h"
#include "services/dynamodb/items/item_store.h"
#include "services/dynamodb/items/write_action.h"
#include "services/dynamodb/streams/stream_store.h"
#include "services/dynamodb/tables/table_store.h"

namespace cumulite::dynamodb {

/// Who removes an item: it shows in the stream.
enum class WrittenBy : std::uint8_t { kCaller, kTimeToLive, kReplication };

/// What one job's writes have in common, and what they come to beside the items.
struct WriteJob {
  std::int64_t now_ms = 0;
  std::optional<std::int64_t> due_ms;  // when the first of the items expires that they wrote, if any does
  CountChanges counts;
};

/// Changes items with all that follows: index entries, counts, expiry times, stream records, history, and the
/// same in replicas.
///
/// First Decide for every action of a request, which writes nothing; then Apply for each, and Finish.
/// Thread: the writer's, inside a job.
class ItemWriter {
 public:
  ItemWriter(TableStore& tables, ItemStore& items, StreamStore& streams, HistoryStore& history)
      : tables_(tables), items_(items), streams_(streams), history_(history) {}

  Decision Decide(const WriteAction& action);

  /// Does what was decided, and gives its cost.
  WriteCost Apply(const WriteAction& action, Decision& decision, WrittenBy by, WriteJob& job);
  /// Stores the counts of all that was applied.
  void Finish(const WriteJob& job) { tables_.AddCounts(job.counts); }

  /// Puts entries of up to `max` items after `key` into an index. The last of these keys; empty at the end.
  std::string Backfill(const Table& table, const Index& index, std::string_view key, std::int64_t max);
  /// Likewise notes when items expire, for a table whose TTL was switched on.
  std::string NoteExpiries(const Table& table, std::string_view key, std::int64_t max, std::int64_t now_ms);

 private:
  void DecideUpdate(const WriteAction& action, Decision& decision);
  void WriteIndex(const WriteAction& action, const Index& index, const AttributeMap* old_item,
                  const AttributeMap* new_item, WriteCost& cost, CountChanges& counts);
  void WriteExpiry(const WriteAction& action, const AttributeMap* old_item, const AttributeMap* new_item,
                   WriteJob& job);

  void Replicate(const WriteAction& action, const Decision& decision, WriteJob& job);

  TableStore& tables_;
  ItemStore& items_;
  StreamStore& streams_;
  HistoryStore& history_;
};

}  // namespace cumulite::dynamodb
