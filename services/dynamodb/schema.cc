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
};

}  // namespace

std::span<const storage::Migration> Migrations() { return kMigrations; }

}  // namespace cumulite::dynamodb
