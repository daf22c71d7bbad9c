#include "services/dynamodb/tables/table_store.h"

#include <algorithm>
#include <mutex>

#include "protocol/json_codec.h"

namespace cumulite::dynamodb {
namespace {

constexpr int kRowsOfOneSweep = 500;   // so that nobody waits long behind one
constexpr std::int64_t kHistory = -1;  // what `dropped` calls a table's history

std::string ToText(const TableRecord& record) {
  std::string text;
  protocol::EncodeJson(&record, TableRecord::Describe(), text);
  return text;
}

TablePtr ReadTable(const storage::Cursor& row) {
  return row.Parsed(5, [&row](std::string_view text) {
    TableRecord record;
    protocol::DecodeStoredJson(text, &record, TableRecord::Describe());
    return MakeTable(row.Int64(0), row.Int64(1), std::string(row.Text(2)), std::string(row.Text(3)),
                     std::string(row.Text(4)), std::move(record));
  });
}

}  // namespace

TableStore::TableStore(storage::Database& database)
    : find_(database, "SELECT id, version, account, region, name, record FROM dynamo_table WHERE id = ?1"),
      all_(database, "SELECT id, version, account, region, name, record FROM dynamo_table"),
      counts_(database, "SELECT index_number, items, bytes FROM counts WHERE table_id = ?1"),
      current_(database, "SELECT id, version, account, region, name, record FROM dynamo_table WHERE id = ?1"),
      current_counts_(database, "SELECT items, bytes FROM counts WHERE table_id = ?1 AND index_number = 0"),
      version_(database, "SELECT version FROM dynamo_table WHERE id = ?1"),
      insert_(database,
              "INSERT INTO dynamo_table (account, region, name, version, record) VALUES (?1, ?2, ?3, 1, ?4)"
              " ON CONFLICT DO NOTHING RETURNING id"),
      update_(database, "UPDATE dynamo_table SET version = version + 1, record = ?2 WHERE id = ?1"),
      remove_(database, "DELETE FROM dynamo_table WHERE id = ?1"),
      drop_(database, "INSERT INTO dropped VALUES (?1, ?2) ON CONFLICT DO NOTHING"),
      drop_counts_(database, "DELETE FROM counts WHERE table_id = ?1 AND (index_number = ?2 OR ?2 = 0)"),
      drop_expiry_(database, "DELETE FROM expiry WHERE table_id = ?1"),
      add_counts_(database,
                  "INSERT INTO counts VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO UPDATE"
                  " SET items = items + excluded.items, bytes = bytes + excluded.bytes"),
      dropped_(database, "SELECT table_id, index_number FROM dropped LIMIT 1"),
      remove_bodies_(database,
                     "DELETE FROM item_body WHERE id IN"
                     " (SELECT body_id FROM item WHERE table_id = ?1 ORDER BY key LIMIT ?2)"),
      remove_items_(database,
                    "DELETE FROM item WHERE table_id = ?1 AND key IN"
                    " (SELECT key FROM item WHERE table_id = ?1 ORDER BY key LIMIT ?2)"),
      remove_entries_(database,
                      "DELETE FROM index_entry WHERE table_id = ?1 AND index_number = ?2 AND key IN"
                      " (SELECT key FROM index_entry WHERE table_id = ?1 AND index_number = ?2 LIMIT ?3)"),
      remove_history_(database,
                      "DELETE FROM item_history WHERE number IN"
                      " (SELECT number FROM item_history WHERE table_id = ?1 ORDER BY number LIMIT ?2)"),
      forget_(database, "DELETE FROM dropped WHERE table_id = ?1 AND index_number = ?2") {
  RefreshAll();
}

TablePtr TableStore::Find(std::string_view account, std::string_view region, std::string_view name) const {
  const std::shared_lock lock(mutex_);
  const auto found = tables_.find(KeyView(account, region, name));
  return found == tables_.end() ? nullptr : found->second;
}

TablePtr TableStore::FindById(std::int64_t id) const {
  const std::shared_lock lock(mutex_);
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : found->second;
}

std::vector<TablePtr> TableStore::All() const {
  std::vector<TablePtr> all;
  const std::shared_lock lock(mutex_);
  for (const auto& [id, table] : by_id_) all.push_back(table);
  return all;
}

std::vector<TablePtr> TableStore::Of(std::string_view account, std::string_view region) const {
  std::vector<TablePtr> tables;
  const std::shared_lock lock(mutex_);
  for (auto at = tables_.lower_bound(KeyView(account, region, "")); at != tables_.end(); ++at) {
    if (at->second->account != account || at->second->region != region) break;
    tables.push_back(at->second);
  }
  return tables;
}

std::vector<std::string> TableStore::Names(std::string_view account, std::string_view region,
                                           std::string_view after, std::size_t max) const {
  std::vector<std::string> names;
  const std::shared_lock lock(mutex_);
  for (auto at = tables_.upper_bound(KeyView(account, region, after)); at != tables_.end(); ++at) {
    const Table& table = *at->second;
    if (table.account != account || table.region != region || names.size() == max) break;
    names.push_back(table.name);
  }
  return names;
}

std::map<std::int64_t, Counts> TableStore::CountsOf(const Table& table) const {
  std::map<std::int64_t, Counts> counts;
  for (auto rows = counts_.Query(table.id); rows.Next();)
    counts[rows.Int64(0)] = {rows.Int64(1), rows.Int64(2)};
  return counts;
}

std::optional<std::int64_t> TableStore::Insert(std::string_view account, std::string_view region,
                                               std::string_view name, const TableRecord& record) {
  return insert_.Scalar<std::int64_t>(account, region, name, ToText(record));
}

TablePtr TableStore::Current(std::int64_t id) {
  auto row = current_.Query(id);
  return row.Next() ? ReadTable(row) : nullptr;
}

Counts TableStore::CurrentCounts(std::int64_t id) {
  auto row = current_counts_.Query(id);
  return row.Next() ? Counts{row.Int64(0), row.Int64(1)} : Counts{};
}

bool TableStore::IsCurrent(const Table& table) {
  return version_.Scalar<std::int64_t>(table.id) == table.version;
}

void TableStore::Update(std::int64_t id, const TableRecord& record) { update_.Run(id, ToText(record)); }

void TableStore::Remove(const Table& table) {
  RemoveButItems(table);
  drop_.Run(table.id, 0);
}

void TableStore::RemoveButItems(const Table& table) {
  remove_.Run(table.id);
  DropCounts(table.id);
  drop_expiry_.Run(table.id);
  for (const Index& index : table.indexes) drop_.Run(table.id, index.number);
  if (table.keeps_history()) DropHistory(table.id);
}

void TableStore::DropItems(std::int64_t table_id) {
  DropCounts(table_id);
  drop_.Run(table_id, 0);
}

void TableStore::DropHistory(std::int64_t table_id) { drop_.Run(table_id, kHistory); }

void TableStore::DropCounts(std::int64_t table_id) { drop_counts_.Run(table_id, 0); }

void TableStore::DropIndex(std::int64_t table_id, std::int64_t index_number) {
  drop_counts_.Run(table_id, index_number);
  drop_.Run(table_id, index_number);
}

void TableStore::AddCounts(std::int64_t table_id, std::int64_t index_number, std::int64_t items,
                           std::int64_t bytes) {
  if (items != 0 || bytes != 0) add_counts_.Run(table_id, index_number, items, bytes);
}

void TableStore::AddCounts(const CountChanges& changes) {
  for (const auto& [of, by] : changes.all()) AddCounts(of.first, of.second, by.items, by.bytes);
}

void CountChanges::Add(std::int64_t table_id, std::int64_t index_number, std::int64_t items,
                       std::int64_t bytes) {
  const std::pair of(table_id, index_number);
  auto found = std::ranges::find(all_, of, [](const auto& change) { return change.first; });
  if (found == all_.end()) found = all_.insert(found, {of, {}});
  found->second.items += items;
  found->second.bytes += bytes;
}

std::int64_t TableStore::RemoveSome(std::int64_t table, std::int64_t index) {
  if (index == 0) {
    remove_bodies_.Run(table, kRowsOfOneSweep);
    return remove_items_.Run(table, kRowsOfOneSweep);
  }
  if (index != kHistory) return remove_entries_.Run(table, index, kRowsOfOneSweep);
  // It may keep one again by now, of which older rows are no part.
  const TablePtr current = Current(table);
  const bool kept = current != nullptr && current->keeps_history();
  return kept ? 0 : remove_history_.Run(table, kRowsOfOneSweep);
}

bool TableStore::RemoveDropped() {
  std::int64_t table = 0;
  std::int64_t index = 0;
  {
    auto row = dropped_.Query();
    if (!row.Next()) return false;
    table = row.Int64(0);
    index = row.Int64(1);
  }
  const std::int64_t removed = RemoveSome(table, index);
  if (removed < kRowsOfOneSweep) forget_.Run(table, index);
  return true;
}

// Read under the lock: of two changes that commit one after the other, the second one's refresh sees both,
// whichever runs first.
void TableStore::Refresh(std::int64_t id) {
  const std::unique_lock lock(mutex_);
  auto row = find_.Query(id);
  if (row.Next()) {
    TablePtr table = ReadTable(row);
    tables_.insert_or_assign(Key(table->account, table->region, table->name), table);
    by_id_.insert_or_assign(id, table);
  } else if (const auto gone = by_id_.find(id); gone != by_id_.end()) {
    const auto named = tables_.find(KeyView(gone->second->account, gone->second->region, gone->second->name));
    if (named != tables_.end() && named->second->id == id) tables_.erase(named);
    by_id_.erase(gone);
  }
}

void TableStore::RefreshAll() {
  const std::unique_lock lock(mutex_);
  tables_.clear();
  by_id_.clear();
  for (auto rows = all_.Query(); rows.Next();) {
    TablePtr table = ReadTable(rows);
    tables_.emplace(Key(table->account, table->region, table->name), table);
    by_id_.emplace(table->id, table);
  }
}

}  // namespace cumulite::dynamodb
