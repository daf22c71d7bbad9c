#include "services/dynamodb/schema.h"

namespace cumulite::dynamodb {
namespace {

constexpr storage::Migration kMigrations[] = {
    // `record` is TableRecord as JSON. AUTOINCREMENT: rows of a dropped table must never be another's.
    {1,
     "CREATE TABLE dynamo_table (id INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT NOT NULL,"
     " region TEXT NOT NULL, name TEXT NOT NULL, version INTEGER NOT NULL, record TEXT NOT NULL,"
     " UNIQUE (account, region, name)) STRICT;"
     // Tables and indexes that are gone and whose rows are being removed.
     "CREATE TABLE dropped (table_id INTEGER NOT NULL, index_number INTEGER NOT NULL,"
     " PRIMARY KEY (table_id, index_number)) STRICT, WITHOUT ROWID;"
     // index_number 0: the table itself.
     "CREATE TABLE counts (table_id INTEGER NOT NULL, index_number INTEGER NOT NULL, items INTEGER NOT NULL,"
     " bytes INTEGER NOT NULL, PRIMARY KEY (table_id, index_number)) STRICT, WITHOUT ROWID;"},
    // An item under the encoding of its key (item_key.h), in wire form. `size` is AWS's count of its bytes.
    {2,
     "CREATE TABLE item (table_id INTEGER NOT NULL, key BLOB NOT NULL, size INTEGER NOT NULL,"
     " body TEXT NOT NULL, PRIMARY KEY (table_id, key)) STRICT, WITHOUT ROWID;"
     // What an index projects of an item, in wire form too.
     "CREATE TABLE index_entry (table_id INTEGER NOT NULL, index_number INTEGER NOT NULL, key BLOB NOT NULL,"
     " item_key BLOB NOT NULL, size INTEGER NOT NULL, body TEXT NOT NULL,"
     " PRIMARY KEY (table_id, index_number, key)) STRICT, WITHOUT ROWID;"},
    {3,
     "CREATE TABLE expiry (due_ms INTEGER NOT NULL, table_id INTEGER NOT NULL, key BLOB NOT NULL,"
     " PRIMARY KEY (due_ms, table_id, key)) STRICT, WITHOUT ROWID;"
     "CREATE INDEX expiry_by_table ON expiry (table_id);"},
    // `body` of a record is the JSON that GetRecords answers.
    {4,
     "CREATE TABLE stream (id INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT NOT NULL, region TEXT NOT NULL,"
     " table_name TEXT NOT NULL, label TEXT NOT NULL, view_type TEXT NOT NULL, key_schema TEXT NOT NULL,"
     " created_ms INTEGER NOT NULL, disabled_ms INTEGER, last_number INTEGER NOT NULL DEFAULT 0) STRICT;"
     "CREATE TABLE stream_record (stream_id INTEGER NOT NULL, number INTEGER NOT NULL, at_ms INTEGER NOT "
     "NULL,"
     " body TEXT NOT NULL, PRIMARY KEY (stream_id, number)) STRICT, WITHOUT ROWID;"},
    // Tokens of TransactWriteItems, for ten minutes.
    {5,
     "CREATE TABLE transaction_token (account TEXT NOT NULL, region TEXT NOT NULL, token TEXT NOT NULL,"
     " request BLOB NOT NULL, at_ms INTEGER NOT NULL, PRIMARY KEY (account, region, token)) STRICT, WITHOUT "
     "ROWID;"
     "CREATE INDEX transaction_token_by_time ON transaction_token (at_ms);"},
    // How items were before each change, of tables that keep a history; `body` NULL: not there.
    {6,
     "CREATE TABLE item_history (number INTEGER PRIMARY KEY AUTOINCREMENT, table_id INTEGER NOT NULL,"
     " at_ms INTEGER NOT NULL, key BLOB NOT NULL, size INTEGER NOT NULL, body TEXT) STRICT;"
     "CREATE INDEX item_history_by_table ON item_history (table_id, number);"
     // The items of a backup are rows of `item` under `rows_of`: the table's own id once that is gone, else
     // the backup's id, negative. `record` is TableRecord as it was, as JSON.
     "CREATE TABLE backup (id INTEGER PRIMARY KEY AUTOINCREMENT, account TEXT NOT NULL, region TEXT NOT NULL,"
     " table_name TEXT NOT NULL, label TEXT NOT NULL, name TEXT NOT NULL, type TEXT NOT NULL,"
     " available INTEGER NOT NULL, created_ms INTEGER NOT NULL, expires_ms INTEGER, rows_of INTEGER NOT NULL,"
     " items INTEGER NOT NULL, bytes INTEGER NOT NULL, record TEXT NOT NULL) STRICT;"
     "CREATE INDEX backup_by_table ON backup (account, region, table_name);"
     // Copies of items under way, see TableCopier. `after`: the last row that was taken.
     "CREATE TABLE table_copy (target INTEGER PRIMARY KEY, source INTEGER NOT NULL, step INTEGER NOT NULL,"
     " since INTEGER NOT NULL, state_of_ms INTEGER NOT NULL, undo_below INTEGER NOT NULL,"
     " after BLOB NOT NULL) STRICT;"
     "ALTER TABLE stream ADD COLUMN policy TEXT;"
     "ALTER TABLE stream ADD COLUMN policy_revision TEXT;"},
    // A record's shard follows from its item's key.
    {7,
     "ALTER TABLE stream ADD COLUMN shards INTEGER NOT NULL DEFAULT 1;"
     "ALTER TABLE stream_record ADD COLUMN shard INTEGER NOT NULL DEFAULT 0;"},
    // Exports to S3 and imports from there. `record` is ExportRecord or ImportRecord as JSON.
    {8,
     "CREATE TABLE transfer (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, account TEXT NOT NULL,"
     " region TEXT NOT NULL, table_name TEXT NOT NULL, label TEXT NOT NULL, token TEXT NOT NULL,"
     " request TEXT NOT NULL, open INTEGER NOT NULL, at_ms INTEGER NOT NULL, record TEXT NOT NULL) STRICT;"
     "CREATE INDEX transfer_by_table ON transfer (kind, account, region, table_name);"
     "CREATE INDEX transfer_open ON transfer (open) WHERE open = 1;"},
    // A long body lies here in the order of arrival, and `item`.body is empty. So a page of `item` holds a
    // hundred keys of long items instead of seven, and ten items written at random places dirty four pages
    // instead of ten.
    {9,
     "CREATE TABLE item_body (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT;"
     "ALTER TABLE item ADD COLUMN body_id INTEGER;"},
};

}  // namespace

std::span<const storage::Migration> Migrations() { return kMigrations; }

}  // namespace cumulite::dynamodb
