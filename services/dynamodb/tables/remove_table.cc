#include "services/dynamodb/tables/remove_table.h"

#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/tables/replica_updater.h"

namespace cumulite::dynamodb {
namespace {

/// What the table was stays restorable for as long as its recovery period says.
void KeepAsBackup(DynamoDbService& dynamodb, const Table& table, std::int64_t now_ms) {
  constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;
  dynamodb.backups().Add({.account = table.account,
                          .region = table.region,
                          .table_name = table.name,
                          .label = NewBackupLabel(now_ms),
                          .name = table.name + "$DeletedTableBackup",
                          .type = "SYSTEM",
                          .available = true,
                          .created_ms = now_ms,
                          .expires_ms = now_ms + table.record.recovery_days * kDayMs,
                          .rows_of = table.id,
                          .counts = dynamodb.tables().CurrentCounts(table.id),
                          .record = table.record});
}

}  // namespace

void RemoveTable(DynamoDbService& dynamodb, const Table& table) {
  const std::int64_t now_ms = dynamodb.NowMs();
  LeaveReplicas(dynamodb, table);
  dynamodb.streams().Disable(table.record.stream_id, now_ms);
  if (!table.record.point_in_time_recovery) return dynamodb.tables().Remove(table);
  KeepAsBackup(dynamodb, table, now_ms);
  dynamodb.tables().RemoveButItems(table);
}

}  // namespace cumulite::dynamodb
