#include "services/sns/schema.h"

#include "services/storage/outbox.h"

namespace cumulite::sns {
namespace {

constexpr storage::Migration kMigrations[] = {
    {1,
     "CREATE TABLE topic (arn TEXT PRIMARY KEY, account TEXT NOT NULL, region TEXT NOT NULL,"
     " attributes TEXT NOT NULL, tags TEXT NOT NULL, data_protection_policy TEXT NOT NULL,"
     " created_ms INTEGER NOT NULL, deleted_subscriptions INTEGER NOT NULL DEFAULT 0,"
     " last_sequence INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;"
     "CREATE INDEX topic_by_account ON topic (account, region, arn);"
     // AUTOINCREMENT: a delivery that waits must not find another subscription under its number.
     "CREATE TABLE subscription (number INTEGER PRIMARY KEY AUTOINCREMENT, arn TEXT NOT NULL UNIQUE,"
     " topic_arn TEXT NOT NULL, account TEXT NOT NULL, region TEXT NOT NULL, principal TEXT NOT NULL,"
     " protocol TEXT NOT NULL, endpoint TEXT NOT NULL, attributes TEXT NOT NULL, token TEXT NOT NULL UNIQUE,"
     " confirmed INTEGER NOT NULL, authenticated INTEGER NOT NULL, created_ms INTEGER NOT NULL,"
     " UNIQUE (topic_arn, protocol, endpoint)) STRICT;"
     "CREATE INDEX subscription_by_topic ON subscription (topic_arn, number);"
     "CREATE INDEX subscription_by_account ON subscription (account, region, number);"
     "CREATE TABLE archive (topic_arn TEXT NOT NULL, sequence INTEGER NOT NULL, published_ms INTEGER NOT "
     "NULL,"
     " message BLOB NOT NULL, PRIMARY KEY (topic_arn, sequence)) STRICT, WITHOUT ROWID;"
     "CREATE INDEX archive_by_time ON archive (topic_arn, published_ms);"
     "CREATE TABLE deduplication (topic_arn TEXT NOT NULL, scope TEXT NOT NULL, id TEXT NOT NULL,"
     " message_id TEXT NOT NULL, sequence INTEGER NOT NULL, published_ms INTEGER NOT NULL,"
     " PRIMARY KEY (topic_arn, scope, id)) STRICT, WITHOUT ROWID;"
     "CREATE INDEX deduplication_by_time ON deduplication (published_ms);"
     // Applications, endpoints, phone numbers and settings of text messages.
     "CREATE TABLE record (kind TEXT NOT NULL, owner TEXT NOT NULL, id TEXT NOT NULL, content TEXT NOT NULL,"
     " PRIMARY KEY (kind, owner, id)) STRICT, WITHOUT ROWID;"
     "CREATE TABLE signing_key (version INTEGER PRIMARY KEY, private_key TEXT NOT NULL,"
     " certificate TEXT NOT NULL) STRICT"},
    {2, storage::Outbox::kSchema},
};

}  // namespace

std::span<const storage::Migration> Migrations() { return kMigrations; }

}  // namespace cumulite::sns
