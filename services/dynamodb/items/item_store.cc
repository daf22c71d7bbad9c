#include "services/dynamodb/items/item_store.h"

#include <algorithm>

namespace cumulite::dynamodb {
namespace {

using storage::BytesView;

/// Longer bodies lie apart from their keys (schema.cc). Short ones lie with them, so that a page of a scan is
/// few pages of the file.
constexpr std::size_t kLongestBesideKey = 512;

constexpr std::string_view kFind =
    "SELECT size, coalesce(item_body.body, item.body) AS body, body_id FROM item"
    " LEFT JOIN item_body ON id = body_id WHERE table_id = ?1 AND key = ?2";

std::string SelectRows(std::string_view which) {
  return std::string(
             "SELECT key, size, coalesce(item_body.body, item.body) AS body FROM item"
             " LEFT JOIN item_body ON id = body_id WHERE table_id = ?1 ")
      .append(which);
}

/// What no key is: keys begin with a hash of 8 bytes.
const std::string kAfterAll(16, '\xff');

/// The bounds of one statement: key >= low, key < high; `after` moves the bound on its side.
struct Bounds {
  std::string low;
  std::string high;
};

Bounds BoundsOf(const RowRange& range) {
  Bounds bounds{range.first, range.end.empty() ? kAfterAll : range.end};
  if (range.after.empty()) return bounds;
  if (range.forward) {
    bounds.low = std::max(bounds.low, range.after + '\0');  // the first text after it
  } else {
    bounds.high = std::min(bounds.high, range.after);
  }
  return bounds;
}

/// The size and the text of the first row, which goes to clients as it is.
std::optional<StoredItem> First(storage::Cursor row) {
  if (!row.Next()) return std::nullopt;
  const std::string_view body = row.Text(1);
  if (!body.starts_with('{') || !body.ends_with('}')) row.ThrowDamaged(1, "not an item");
  return StoredItem{std::string(body), row.Int64(0), row.Int64(2)};
}

}  // namespace

ItemStore::ItemStore(storage::Database& database)
    : get_(database, kFind),
      forward_(database, SelectRows("AND key >= ?2 AND key < ?3 ORDER BY key")),
      backward_(database, SelectRows("AND key >= ?2 AND key < ?3 ORDER BY key DESC")),
      entries_forward_(database,
                       "SELECT key, size, body, item_key FROM index_entry WHERE table_id = ?1"
                       " AND index_number = ?2 AND key >= ?3 AND key < ?4 ORDER BY key"),
      entries_backward_(database,
                        "SELECT key, size, body, item_key FROM index_entry WHERE table_id = ?1"
                        " AND index_number = ?2 AND key >= ?3 AND key < ?4 ORDER BY key DESC"),
      next_due_(database, "SELECT due_ms FROM expiry ORDER BY due_ms LIMIT 1"),
      find_(database, kFind),
      // REPLACE seeks once where ON CONFLICT DO UPDATE seeks twice.
      put_(database, "INSERT OR REPLACE INTO item VALUES (?1, ?2, ?3, ?4, ?5)"),
      delete_(database, "DELETE FROM item WHERE table_id = ?1 AND key = ?2"),
      find_last_body_(database, "SELECT max(id) FROM item_body"),
      add_body_(database, "INSERT INTO item_body VALUES (?1, ?2)"),
      update_body_(database, "UPDATE item_body SET body = ?2 WHERE id = ?1"),
      delete_body_(database, "DELETE FROM item_body WHERE id = ?1"),
      put_entry_(database, "INSERT OR REPLACE INTO index_entry VALUES (?1, ?2, ?3, ?4, ?5, ?6)"),
      has_entry_(database,
                 "SELECT 1 FROM index_entry WHERE table_id = ?1 AND index_number = ?2 AND key = ?3"),
      delete_entry_(database,
                    "DELETE FROM index_entry WHERE table_id = ?1 AND index_number = ?2 AND key = ?3"),
      put_expiry_(database, "INSERT INTO expiry VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING"),
      delete_expiry_(database, "DELETE FROM expiry WHERE due_ms = ?1 AND table_id = ?2 AND key = ?3"),
      delete_expiries_(database, "DELETE FROM expiry WHERE table_id = ?1"),
      due_(database, "SELECT table_id, key, due_ms FROM expiry WHERE due_ms <= ?1 ORDER BY due_ms LIMIT ?2"),
      rows_after_(database, SelectRows("AND key > ?2 ORDER BY key LIMIT ?3")) {}

std::optional<StoredItem> ItemStore::Get(std::int64_t table, std::string_view key) const {
  return First(get_.Query(table, BytesView{key}));
}

storage::Cursor ItemStore::Rows(std::int64_t table, const RowRange& range) const {
  const Bounds bounds = BoundsOf(range);
  const auto& statement = range.forward ? forward_ : backward_;
  return statement.Query(table, BytesView{bounds.low}, BytesView{bounds.high});
}

storage::Cursor ItemStore::Entries(std::int64_t table, std::int64_t index, const RowRange& range) const {
  const Bounds bounds = BoundsOf(range);
  const auto& statement = range.forward ? entries_forward_ : entries_backward_;
  return statement.Query(table, index, BytesView{bounds.low}, BytesView{bounds.high});
}

std::optional<StoredItem> ItemStore::Find(std::int64_t table, std::string_view key) {
  return First(find_.Query(table, BytesView{key}));
}

void ItemStore::Put(std::int64_t table, std::string_view key, const std::optional<StoredItem>& old,
                    std::int64_t size, std::string_view body) {
  const std::int64_t old_body = old ? old->body_id : 0;
  if (body.size() <= kLongestBesideKey) {
    if (old_body != 0) delete_body_.Run(old_body);
    put_.Run(table, BytesView{key}, size, body, std::nullopt);
  } else if (old_body == 0) {
    put_.Run(table, BytesView{key}, size, "", AddBody(body));
  } else {
    update_body_.Run(old_body, body);
    if (old->size != size) put_.Run(table, BytesView{key}, size, "", old_body);
  }
}

void ItemStore::Delete(std::int64_t table, std::string_view key, const std::optional<StoredItem>& old) {
  if (old && old->body_id != 0) delete_body_.Run(old->body_id);
  delete_.Run(table, BytesView{key});
}

/// An id of a transaction that was rolled back is left out.
std::int64_t ItemStore::AddBody(std::string_view body) {
  if (last_body_ == 0) last_body_ = find_last_body_.Scalar<std::int64_t>().value_or(0);
  add_body_.Run(++last_body_, body);
  return last_body_;
}

void ItemStore::PutEntry(std::int64_t table, std::int64_t index, std::string_view key,
                         std::string_view item_key, std::int64_t size, std::string_view body) {
  put_entry_.Run(table, index, BytesView{key}, BytesView{item_key}, size, body);
}

bool ItemStore::HasEntry(std::int64_t table, std::int64_t index, std::string_view key) {
  return has_entry_.Scalar<std::int64_t>(table, index, BytesView{key}).has_value();
}

void ItemStore::DeleteEntry(std::int64_t table, std::int64_t index, std::string_view key) {
  delete_entry_.Run(table, index, BytesView{key});
}

void ItemStore::PutExpiry(std::int64_t due_ms, std::int64_t table, std::string_view key) {
  put_expiry_.Run(due_ms, table, BytesView{key});
}

void ItemStore::DeleteExpiry(std::int64_t due_ms, std::int64_t table, std::string_view key) {
  delete_expiry_.Run(due_ms, table, BytesView{key});
}

void ItemStore::DeleteExpiries(std::int64_t table) { delete_expiries_.Run(table); }

storage::Cursor ItemStore::Due(std::int64_t now_ms, std::int64_t max) { return due_.Query(now_ms, max); }

storage::Cursor ItemStore::RowsAfter(std::int64_t table, std::string_view key, std::int64_t max) {
  return rows_after_.Query(table, BytesView{key}, max);
}

std::optional<std::int64_t> ItemStore::NextDue() const { return next_due_.Scalar<std::int64_t>(); }

}  // namespace cumulite::dynamodb
