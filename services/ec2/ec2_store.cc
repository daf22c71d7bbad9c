#include "services/ec2/ec2_store.h"

namespace cumulite::ec2 {
namespace {

constexpr storage::Migration kMigrations[] = {
    {1,
     "CREATE TABLE resource (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,"
     " kind TEXT NOT NULL, account TEXT NOT NULL, region TEXT NOT NULL, record TEXT NOT NULL) STRICT;"
     "CREATE INDEX resource_by_kind ON resource (kind, account, region, number);"
     // Where the default network has been made; it may have been deleted since.
     "CREATE TABLE begun (account TEXT NOT NULL, region TEXT NOT NULL, PRIMARY KEY (account, region))"
     " STRICT, WITHOUT ROWID"},
};

}  // namespace

std::span<const storage::Migration> Migrations() { return kMigrations; }

template <class S>
Ec2Queries<S>::Ec2Queries(storage::Database& database)
    : find_(database,
            "SELECT record FROM resource WHERE id = ?1 AND kind = ?2 AND account = ?3 AND region = ?4"),
      all_(database,
           "SELECT record FROM resource WHERE kind = ?1 AND account = ?2 AND region = ?3 ORDER BY number"),
      begun_(database, "SELECT 1 FROM begun WHERE account = ?1 AND region = ?2") {}

template class Ec2Queries<storage::Statement>;
template class Ec2Queries<storage::ReadStatement>;

Ec2Store::Ec2Store(storage::Database& database)
    : committed_(database),
      current_(database),
      save_(database,
            "INSERT INTO resource (id, kind, account, region, record) VALUES (?1, ?2, ?3, ?4, ?5)"
            " ON CONFLICT (id) DO UPDATE SET record = excluded.record"),
      erase_(database, "DELETE FROM resource WHERE id = ?1"),
      begin_(database, "INSERT OR IGNORE INTO begun (account, region) VALUES (?1, ?2)"),
      erase_all_(database,
                 "DELETE FROM resource WHERE (?1 = '' OR account = ?1) AND (?2 = '' OR region = ?2)"),
      unbegin_(database, "DELETE FROM begun WHERE (?1 = '' OR account = ?1) AND (?2 = '' OR region = ?2)") {}

void Ec2Store::SaveText(std::string_view id, std::string_view kind, const Owner& owner,
                        std::string_view text) {
  save_.Run(id, kind, owner.account, owner.region, text);
}

void Ec2Store::Erase(std::string_view id) { erase_.Run(id); }

void Ec2Store::Begin(const Owner& owner) { begin_.Run(owner.account, owner.region); }

void Ec2Store::EraseAll(std::string_view account, std::string_view region) {
  erase_all_.Run(account, region);
  unbegin_.Run(account, region);
}

}  // namespace cumulite::ec2
