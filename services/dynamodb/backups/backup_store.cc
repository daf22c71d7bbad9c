#include "services/dynamodb/backups/backup_store.h"

#include "base/ids.h"
#include "protocol/arn.h"
#include "protocol/json_codec.h"

namespace cumulite::dynamodb {
namespace {

#define BACKUP_OF_EXPORT "EXPORT"  // kBackupOfExport
#define BACKUP_COLUMNS                                                                                     \
  "id, account, region, table_name, label, name, type, available, created_ms, expires_ms, rows_of, items," \
  " bytes, record"

Backup ReadBackup(const storage::Cursor& row) {
  Backup backup{.id = row.Int64(0),
                .account = std::string(row.Text(1)),
                .region = std::string(row.Text(2)),
                .table_name = std::string(row.Text(3)),
                .label = std::string(row.Text(4)),
                .name = std::string(row.Text(5)),
                .type = std::string(row.Text(6)),
                .available = row.Int64(7) != 0,
                .created_ms = row.Int64(8),
                .expires_ms = row.OptionalInt64(9),
                .rows_of = row.Int64(10),
                .counts = {row.Int64(11), row.Int64(12)}};
  row.Parsed(13, [&backup](std::string_view text) {
    protocol::DecodeStoredJson(text, &backup.record, TableRecord::Describe());
  });
  return backup;
}

}  // namespace

std::string Backup::TableArn() const {
  return protocol::FormatArn("dynamodb", region, account, "table/" + table_name);
}

std::string Backup::Arn() const { return TableArn() + "/backup/" + label; }

std::string NewBackupLabel(std::int64_t now_ms) {
  constexpr std::size_t kDigits = 14;
  constexpr std::size_t kRandom = 8;
  const std::string time = std::to_string(now_ms);
  return std::string(kDigits > time.size() ? kDigits - time.size() : 0, '0') + time + "-" +
         base::RandomUuid().substr(0, kRandom);
}

BackupStore::BackupStore(storage::Database& database)
    : list_(database, "SELECT " BACKUP_COLUMNS
                      " FROM backup WHERE account = ?1 AND region = ?2 AND (?3 = '' OR table_name = ?3)"
                      " AND (?4 = '' AND type <> '" BACKUP_OF_EXPORT
                      "' OR type = ?4) AND created_ms >= ?5 AND created_ms < ?6 AND id > ?7"
                      " AND (expires_ms IS NULL OR expires_ms > ?8) ORDER BY id LIMIT ?9"),
      find_(database, "SELECT " BACKUP_COLUMNS
                      " FROM backup WHERE account = ?1 AND region = ?2 AND table_name = ?3 AND label = ?4"),
      add_(database,
           "INSERT INTO backup (account, region, table_name, label, name, type, available, created_ms,"
           " expires_ms, rows_of, items, bytes, record) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10,"
           " ?11, ?12, ?13) RETURNING id"),
      own_rows_(database, "UPDATE backup SET rows_of = -id WHERE id = ?1"),
      current_(database, "SELECT " BACKUP_COLUMNS " FROM backup WHERE id = ?1"),
      set_available_(database, "UPDATE backup SET available = 1, items = ?2, bytes = ?3 WHERE id = ?1"),
      remove_(database, "DELETE FROM backup WHERE id = ?1"),
      drop_(database, "INSERT INTO dropped VALUES (?1, 0) ON CONFLICT DO NOTHING"),
      all_(database, "SELECT " BACKUP_COLUMNS " FROM backup"),
      first_expired_(database, "SELECT " BACKUP_COLUMNS " FROM backup WHERE expires_ms <= ?1 LIMIT 1") {}

#undef BACKUP_COLUMNS
#undef BACKUP_OF_EXPORT

std::vector<Backup> BackupStore::List(const BackupFilter& filter, std::int64_t max) const {
  std::vector<Backup> list;
  for (auto rows = list_.Query(filter.account, filter.region, filter.table_name, filter.type, filter.from_ms,
                               filter.to_ms, filter.after_id, filter.now_ms, max);
       rows.Next();) {
    list.push_back(ReadBackup(rows));
  }
  return list;
}

std::optional<Backup> BackupStore::Find(std::string_view account, std::string_view region,
                                        std::string_view table_name, std::string_view label) const {
  auto row = find_.Query(account, region, table_name, label);
  return row.Next() ? std::optional(ReadBackup(row)) : std::nullopt;
}

std::int64_t BackupStore::Add(const Backup& backup) {
  std::string record;
  protocol::EncodeJson(&backup.record, TableRecord::Describe(), record);
  const std::int64_t id =
      *add_.Scalar<std::int64_t>(backup.account, backup.region, backup.table_name, backup.label, backup.name,
                                 backup.type, backup.available ? 1 : 0, backup.created_ms, backup.expires_ms,
                                 backup.rows_of, backup.counts.items, backup.counts.bytes, record);
  if (backup.rows_of == 0) own_rows_.Run(id);
  return id;
}

std::optional<Backup> BackupStore::Current(std::int64_t id) {
  auto row = current_.Query(id);
  return row.Next() ? std::optional(ReadBackup(row)) : std::nullopt;
}

void BackupStore::SetAvailable(std::int64_t id, const Counts& counts) {
  set_available_.Run(id, counts.items, counts.bytes);
}

std::vector<Backup> BackupStore::All() {
  std::vector<Backup> all;
  for (auto rows = all_.Query(); rows.Next();) all.push_back(ReadBackup(rows));
  return all;
}

void BackupStore::Remove(const Backup& backup) {
  remove_.Run(backup.id);
  drop_.Run(backup.rows_of);
}

std::optional<Backup> BackupStore::FirstExpired(std::int64_t now_ms) {
  auto row = first_expired_.Query(now_ms);
  return row.Next() ? std::optional(ReadBackup(row)) : std::nullopt;
}

}  // namespace cumulite::dynamodb
