#include "services/elb/schema.h"

namespace cumulite::elb {
namespace {

constexpr storage::Migration kMigrations[] = {
    {1,
     // Load balancers, listeners, rules, target groups, trust stores: each a JSON text of its record.
     "CREATE TABLE resource (number INTEGER PRIMARY KEY AUTOINCREMENT, arn TEXT NOT NULL UNIQUE,"
     " kind TEXT NOT NULL, account TEXT NOT NULL, region TEXT NOT NULL, parent TEXT NOT NULL,"
     " name TEXT NOT NULL, position INTEGER NOT NULL, record TEXT NOT NULL) STRICT;"
     "CREATE INDEX resource_by_name ON resource (kind, account, region, name);"
     "CREATE INDEX resource_by_parent ON resource (parent, position) WHERE parent <> '';"
     // Which rule forwards to which target group.
     "CREATE TABLE forward (rule TEXT NOT NULL, target_group TEXT NOT NULL, load_balancer TEXT NOT NULL,"
     " PRIMARY KEY (rule, target_group)) STRICT, WITHOUT ROWID;"
     "CREATE INDEX forward_by_target_group ON forward (target_group);"
     "CREATE INDEX forward_by_load_balancer ON forward (load_balancer);"
     // AUTOINCREMENT: a target that comes back begins anew.
     "CREATE TABLE target (registration INTEGER PRIMARY KEY AUTOINCREMENT, target_group TEXT NOT NULL,"
     " id TEXT NOT NULL, port INTEGER NOT NULL, has_port INTEGER NOT NULL, zone TEXT NOT NULL,"
     " deregistered_ms INTEGER, UNIQUE (target_group, id, port)) STRICT"},
};

}  // namespace

std::span<const storage::Migration> Migrations() { return kMigrations; }

}  // namespace cumulite::elb
