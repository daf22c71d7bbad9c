#include "services/dynamodb/items/item_writer.h"

#include <algorithm>

#include "services/dynamodb/expressions/condition.h"
#include "services/dynamodb/expressions/update.h"
#include "services/dynamodb/items/item_key.h"
#include "services/dynamodb/items/sizes.h"

namespace cumulite::dynamodb {
namespace {

/// A write unit is 1 KB, and every write takes at least one.
double Units(std::int64_t bytes) {
  return static_cast<double>(std::max<std::int64_t>((bytes + 1023) / 1024, 1));
}

/// An entry of an index as it was or shall be.
struct Entry {
  std::string key;  // empty: none
  std::string body;
  std::int64_t size = 0;
};

Entry EntryOf(const Index& index, const AttributeMap* item, std::string_view item_key) {
  if (item == nullptr) return {};
  Entry entry{.key = KeyOfEntry(index, *item, item_key)};
  if (entry.key.empty()) return entry;
  const AttributeMap projected = ProjectOntoIndex(index, *item);
  AppendJson(projected, entry.body);
  entry.size = static_cast<std::int64_t>(SizeOf(projected));
  return entry;
}

}  // namespace

Decision ItemWriter::Decide(const WriteAction& action) {
  Decision decision;
  decision.old = items_.Find(action.table->id, action.key);
  try {
    if (action.condition != nullptr && !action.condition->Holds(decision.OldItem())) {
      decision.refused = true;
      return decision;
    }
    switch (action.kind) {
      case WriteKind::kPut:
        decision.writes = true;
        decision.new_body = action.body;
        decision.new_size = action.size;
        break;
      case WriteKind::kDelete:
        decision.writes = decision.old.has_value();
        break;
      case WriteKind::kUpdate:
        DecideUpdate(action, decision);
        break;
      case WriteKind::kCheck:
        break;
    }
  } catch (const AwsError& error) {
    decision.error = error;
  }
  return decision;
}

void ItemWriter::DecideUpdate(const WriteAction& action, Decision& decision) {
  const AttributeMap* old = decision.OldItem();
  if (action.update == nullptr) {
    decision.new_item = old == nullptr ? action.item : *old;
  } else {
    decision.new_item = action.update->Apply(old, action.item);
    if (old == nullptr && !action.update->CreatesItem()) {
      decision.new_item.reset();
      return;
    }
  }
  const std::size_t size = SizeOf(*decision.new_item);
  if (size > kMaxItemSize) throw Invalid("Item size to update has exceeded the maximum allowed size");
  CheckIndexKeys(*action.table, *decision.new_item);
  decision.writes = true;
  decision.new_size = static_cast<std::int64_t>(size);
  AppendJson(*decision.new_item, decision.new_body);
}

WriteCost ItemWriter::Apply(const WriteAction& action, Decision& decision, WrittenBy by, WriteJob& job) {
  const Table& table = *action.table;
  const std::int64_t old_size = decision.old ? decision.old->size : 0;
  WriteCost cost{.table = Units(std::max(old_size, decision.new_size))};
  const bool same = decision.old && decision.old->body == decision.new_body;
  if (!decision.writes || same) return cost;

  const bool remains = !decision.new_body.empty();
  if (table.keeps_history()) {
    constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;
    history_.Note(table.id, action.key, decision.old, job.now_ms, table.record.recovery_days * kDayMs);
  }
  if (remains) {
    items_.Put(table.id, action.key, decision.old, decision.new_size, decision.new_body);
  } else {
    items_.Delete(table.id, action.key, decision.old);
  }
  job.counts.Add(table.id, 0, (remains ? 1 : 0) - (decision.old ? 1 : 0), decision.new_size - old_size);

  const bool replicates = !table.record.replicas.empty() && by != WrittenBy::kReplication;
  if (replicates) Replicate(action, decision, job);
  if (table.indexes.empty() && !table.record.ttl_attribute && table.record.stream_id == 0) return cost;
  const AttributeMap* old_item = decision.OldItem();
  const AttributeMap* new_item = !remains ? nullptr : decision.new_item ? &*decision.new_item : &action.item;
  for (const Index& index : table.indexes) WriteIndex(action, index, old_item, new_item, cost, job.counts);
  WriteExpiry(action, old_item, new_item, job);
  if (table.record.stream_id != 0) {
    streams_.Append(table, {.old_item = old_item,
                            .new_item = new_item,
                            .at_ms = job.now_ms,
                            .by_time_to_live = by == WrittenBy::kTimeToLive});
  }
  return cost;
}

// In the same job: a write is in all regions or in none, so their items never differ.
void ItemWriter::Replicate(const WriteAction& action, const Decision& decision, WriteJob& job) {
  const Table& table = *action.table;
  const bool remains = !decision.new_body.empty();
  for (const ReplicaRecord& replica : table.record.replicas) {
    TablePtr other = tables_.Find(table.account, replica.region, table.name);
    if (other != nullptr && !tables_.IsCurrent(*other)) other = tables_.Current(other->id);
    if (other == nullptr) continue;
    WriteAction copy{
        .kind = remains ? WriteKind::kPut : WriteKind::kDelete, .table = other, .key = action.key};
    copy.item = decision.new_item ? *decision.new_item : action.item;
    Decision write;
    write.old = items_.Find(other->id, action.key);
    write.writes = remains || write.old;
    write.new_body = decision.new_body;
    write.new_size = decision.new_size;
    Apply(copy, write, WrittenBy::kReplication, job);
  }
}

void ItemWriter::WriteIndex(const WriteAction& action, const Index& index, const AttributeMap* old_item,
                            const AttributeMap* new_item, WriteCost& cost, CountChanges& counts) {
  const Entry before = EntryOf(index, old_item, action.key);
  const Entry after = EntryOf(index, new_item, action.key);
  if (before.key == after.key && before.body == after.body) return;
  const std::int64_t table = action.table->id;
  // While the index is being filled the old item may not have been reached yet: nothing has counted it.
  const bool counted =
      !before.key.empty() && (!index.backfilling || items_.HasEntry(table, index.number, before.key));
  double units = 0;
  if (before.key != after.key) {
    if (!before.key.empty()) {
      items_.DeleteEntry(table, index.number, before.key);
      units += Units(before.size);
    }
    if (!after.key.empty()) units += Units(after.size);
  } else {
    units = Units(std::max(before.size, after.size));
  }
  if (!after.key.empty()) {
    items_.PutEntry(table, index.number, after.key, action.key, after.size, after.body);
  }
  counts.Add(table, index.number, (after.key.empty() ? 0 : 1) - (counted ? 1 : 0),
             after.size - (counted ? before.size : 0));
  (index.local ? cost.local_indexes : cost.global_indexes)[index.name] += units;
}

void ItemWriter::WriteExpiry(const WriteAction& action, const AttributeMap* old_item,
                             const AttributeMap* new_item, WriteJob& job) {
  const Table& table = *action.table;
  if (!table.record.ttl_attribute) return;
  // Of the old item whatever its time was: it may have been noted years ago.
  const auto before = old_item == nullptr ? std::nullopt : ExpiryOf(table, *old_item, 0);
  const auto after = new_item == nullptr ? std::nullopt : ExpiryOf(table, *new_item, job.now_ms);
  if (before == after) return;
  if (before) items_.DeleteExpiry(*before, table.id, action.key);
  if (!after) return;
  items_.PutExpiry(*after, table.id, action.key);
  if (!job.due_ms || *after < *job.due_ms) job.due_ms = after;
}

std::string ItemWriter::Backfill(const Table& table, const Index& index, std::string_view key,
                                 std::int64_t max) {
  std::string last;
  std::int64_t count = 0;
  std::int64_t bytes = 0;
  for (auto rows = items_.RowsAfter(table.id, key, max); rows.Next();) {
    last = rows.Blob(0).bytes;
    const AttributeMap item = rows.Parsed(2, ParseStoredItem);
    const Entry entry = EntryOf(index, &item, last);
    if (entry.key.empty()) continue;
    // Written since the index began, or by a backfill that a restart cut off: then it is counted already.
    if (!items_.HasEntry(table.id, index.number, entry.key)) {
      ++count;
      bytes += entry.size;
      items_.PutEntry(table.id, index.number, entry.key, last, entry.size, entry.body);
    }
  }
  tables_.AddCounts(table.id, index.number, count, bytes);
  return last;
}

std::string ItemWriter::NoteExpiries(const Table& table, std::string_view key, std::int64_t max,
                                     std::int64_t now_ms) {
  std::string last;
  for (auto rows = items_.RowsAfter(table.id, key, max); rows.Next();) {
    last = rows.Blob(0).bytes;
    const auto due = ExpiryOf(table, rows.Parsed(2, ParseStoredItem), now_ms);
    if (due) items_.PutExpiry(*due, table.id, last);
  }
  return last;
}

}  // namespace cumulite::dynamodb
