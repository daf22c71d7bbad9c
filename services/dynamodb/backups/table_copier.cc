#include "services/dynamodb/backups/table_copier.h"

#include <algorithm>
#include <limits>

namespace cumulite::dynamodb {
namespace {

using storage::BytesView;

constexpr std::int64_t kRowsOfOneStep = 200;
constexpr std::int64_t kEndOfTime = std::numeric_limits<std::int64_t>::max();

// What a copy is at; the numbers are stored.
constexpr std::int64_t kCopying = 0;
constexpr std::int64_t kUndoing = 1;
constexpr std::int64_t kIndexing = 2;
constexpr std::int64_t kFollowing = 3;  // kCopying of a target that is written to meanwhile

constexpr std::int64_t kNeedsNoHistory = -1;  // what Copy::since then is

}  // namespace

TableCopier::TableCopier(storage::Database& database, TableStore& tables, ItemStore& items,
                         ItemWriter& writer, HistoryStore& history, BackupStore& backups)
    : tables_(tables),
      items_(items),
      writer_(writer),
      history_(history),
      backups_(backups),
      insert_(database, "INSERT INTO table_copy VALUES (?1, ?2, ?3, ?4, ?5, 0, x'')"),
      find_(database,
            "SELECT target, source, step, since, state_of_ms, undo_below, after FROM table_copy"
            " WHERE target = ?1"),
      save_(database, "UPDATE table_copy SET step = ?2, undo_below = ?3, after = ?4 WHERE target = ?1"),
      remove_(database, "DELETE FROM table_copy WHERE target = ?1"),
      reads_(database, "SELECT 1 FROM table_copy WHERE source = ?1 LIMIT 1"),
      open_(database, "SELECT target FROM table_copy") {}

void TableCopier::Begin(std::int64_t target, std::int64_t source, As as,
                        std::optional<std::int64_t> state_of_ms) {
  const bool follows = as == As::kFollows;
  const std::int64_t since = follows ? kNeedsNoHistory : state_of_ms ? 0 : history_.LastNumber();
  insert_.Run(target, source, follows ? kFollowing : kCopying, since, state_of_ms.value_or(0));
  const TablePtr table = follows ? nullptr : tables_.Current(source);
  if (table == nullptr) return;
  TableRecord record = table->record;
  ++record.copies;
  tables_.Update(source, record);
}

bool TableCopier::Step(std::int64_t target) {
  auto copy = Find(target);
  if (!copy) return false;
  if (!HasTarget(*copy)) {
    remove_.Run(target);
    tables_.DropItems(target);
    Release(*copy);
    return false;
  }
  if (copy->step == kCopying || copy->step == kFollowing) {
    CopyRows(*copy);
  } else if (copy->step == kUndoing) {
    UndoChanges(*copy);
  } else if (!FillIndexes(*copy)) {
    Finish(*copy);
    return false;
  }
  save_.Run(target, copy->step, copy->undo_below, BytesView{copy->after});
  return true;
}

bool TableCopier::Reads(std::int64_t source) { return reads_.Scalar<std::int64_t>(source).has_value(); }

std::vector<std::int64_t> TableCopier::Open() const {
  std::vector<std::int64_t> targets;
  for (auto rows = open_.Query(); rows.Next();) targets.push_back(rows.Int64(0));
  return targets;
}

std::optional<TableCopier::Copy> TableCopier::Find(std::int64_t target) {
  auto row = find_.Query(target);
  if (!row.Next()) return std::nullopt;
  return Copy{.target = row.Int64(0),
              .source = row.Int64(1),
              .step = row.Int64(2),
              .since = row.Int64(3),
              .state_of_ms = row.Int64(4),
              .undo_below = row.Int64(5),
              .after = std::string(row.Blob(6).bytes)};
}

bool TableCopier::HasTarget(const Copy& copy) {
  return copy.target < 0 ? backups_.Current(-copy.target).has_value()
                         : tables_.Current(copy.target) != nullptr;
}

void TableCopier::CopyRows(Copy& copy) {
  std::vector<std::pair<std::string, StoredItem>> found;
  for (auto rows = items_.RowsAfter(copy.source, copy.after, kRowsOfOneStep); rows.Next();) {
    found.emplace_back(rows.Blob(0).bytes, StoredItem{std::string(rows.Text(2)), rows.Int64(1)});
  }
  for (const auto& [key, item] : found) PutRow(copy.target, key, item);
  if (!found.empty()) copy.after = found.back().first;
  if (found.size() == static_cast<std::size_t>(kRowsOfOneStep)) return;
  copy.step = copy.step == kFollowing ? kIndexing : kUndoing;
  copy.undo_below = kEndOfTime;
  copy.after.clear();
}

// The latest first, so that what an item was before its first change is what stays.
void TableCopier::UndoChanges(Copy& copy) {
  const auto changes = history_.Below(copy.source, copy.since, copy.undo_below, kRowsOfOneStep);
  for (const HistoryRow& change : changes) {
    copy.undo_below = change.number;
    if (copy.state_of_ms == 0 || change.at_ms > copy.state_of_ms)
      PutRow(copy.target, change.key, change.before);
  }
  if (changes.size() < static_cast<std::size_t>(kRowsOfOneStep)) copy.step = kIndexing;
}

bool TableCopier::FillIndexes(Copy& copy) {
  const TablePtr table = copy.target < 0 ? nullptr : tables_.Current(copy.target);
  if (table == nullptr) return false;
  const auto index = std::ranges::find(table->indexes, true, &Index::backfilling);
  if (index == table->indexes.end()) return false;
  copy.after = writer_.Backfill(*table, *index, copy.after, kRowsOfOneStep);
  if (!copy.after.empty()) return true;
  TableRecord record = table->record;
  record.indexes[static_cast<std::size_t>(index - table->indexes.begin())].backfilling.reset();
  tables_.Update(table->id, record);
  return true;
}

void TableCopier::Finish(const Copy& copy) {
  remove_.Run(copy.target);
  Release(copy);
  if (copy.target < 0) {
    const Counts counts = tables_.CurrentCounts(copy.target);
    tables_.DropCounts(copy.target);
    return backups_.SetAvailable(-copy.target, counts);
  }
  const TablePtr table = tables_.Current(copy.target);
  TableRecord record = table->record;
  if (record.restored) record.restored->restore_in_progress = false;
  record.phase.reset();
  record.phase_ends.reset();
  tables_.Update(table->id, record);
}

void TableCopier::Release(const Copy& copy) {
  const std::int64_t source = copy.source;
  const TablePtr table = copy.since == kNeedsNoHistory ? nullptr : tables_.Current(source);
  if (table == nullptr || table->record.copies == 0) return;
  TableRecord record = table->record;
  --record.copies;
  tables_.Update(source, record);
  if (record.copies == 0 && !record.point_in_time_recovery) tables_.DropHistory(source);
}

void TableCopier::PutRow(std::int64_t target, const std::string& key, const std::optional<StoredItem>& item) {
  const auto there = items_.Find(target, key);
  if (item) {
    items_.Put(target, key, there, item->size, item->body);
  } else if (there) {
    items_.Delete(target, key, there);
  }
  tables_.AddCounts(target, 0, (item ? 1 : 0) - (there ? 1 : 0),
                    (item ? item->size : 0) - (there ? there->size : 0));
}

}  // namespace cumulite::dynamodb
