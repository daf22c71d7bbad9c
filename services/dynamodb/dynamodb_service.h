#pragma once
#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

#include "base/clock.h"
#include "protocol/rpc.h"
#include "runtime/alarm.h"
#include "services/dynamodb/backups/backup_store.h"
#include "services/dynamodb/backups/change_reader.h"
#include "services/dynamodb/backups/table_copier.h"
#include "services/dynamodb/expressions/expression_cache.h"
#include "services/dynamodb/items/item_store.h"
#include "services/dynamodb/items/item_writer.h"
#include "services/dynamodb/items/token_store.h"
#include "services/dynamodb/streams/stream_store.h"
#include "services/dynamodb/tables/table_store.h"
#include "services/dynamodb/throttle.h"
#include "services/dynamodb/transfers/transfer_store.h"
#include "services/service.h"
#include "services/storage/database.h"
#include "services/storage/work_marker.h"
#include "services/storage/writer.h"

namespace cumulite::services {
class ObjectDelivery;
class ObjectSource;
}  // namespace cumulite::services

namespace cumulite::dynamodb {

struct DynamoDbSettings {
  std::string account = "000000000000";  // of what Inspect shows, unless it is told
  std::string region = "us-east-1";
  bool enforce_throughput = false;
  std::chrono::seconds phase_time{0};
  std::uint32_t stream_shards = 1;
};

/// Where exports go and imports come from. Null: nowhere, in tests that have none.
struct Buckets {
  services::ObjectDelivery* delivery = nullptr;
  services::ObjectSource* source = nullptr;
};

/// Amazon DynamoDB and DynamoDB Streams, which share one database.
/// Thread: any I/O thread.
class DynamoDbService final : public services::Service {
 public:
  /// Keeps dynamodb.db in `data_dir`. `peers`: where exports go and imports come from; null in tests that
  /// have none. Errors: storage::StorageError.
  DynamoDbService(const std::filesystem::path& data_dir, storage::DatabaseOptions options,
                  const base::Clock& clock, DynamoDbSettings settings = {}, Buckets buckets = {});
  ~DynamoDbService() override;

  std::string_view name() const override { return "dynamodb"; }
  runtime::Task<void> Handle(protocol::Exchange& exchange) override;
  runtime::Task<void> Reset(services::ResetScope scope) override;
  void Start() override;
  runtime::Task<bool> Settle() override;
  /// /_cumulite/dynamodb/tables, and …/items?table=NAME: see inspect.cc.
  runtime::Task<bool> Inspect(std::string_view resource, protocol::Exchange& exchange) override;
  void Stop() override;
  std::optional<services::StoreStats> store_stats() const override {
    return services::StoreStats{writer_.counters(), database_.SizeBytes()};
  }

  const base::Clock& clock() const { return clock_; }
  std::int64_t NowMs() const { return clock_.Now().time_since_epoch().count(); }
  storage::Writer& writer() { return writer_; }
  TableStore& tables() { return tables_; }
  ItemStore& items() { return items_; }
  StreamStore& streams() { return streams_; }
  TokenStore& tokens() { return tokens_; }
  ItemWriter& item_writer() { return item_writer_; }
  BackupStore& backups() { return backups_; }
  TableCopier& copier() { return copier_; }
  const ChangeReader& changes() const { return changes_; }
  TransferStore& transfers() { return transfers_; }
  const Buckets& buckets() const { return buckets_; }
  /// What goes on in the background ends as soon as it can, and is gone on with at the next start.
  bool stopping() const { return stopped_; }
  ExpressionCache& expressions() { return expressions_; }
  storage::Database& database() { return database_; }
  Throttle& throttle() { return throttle_; }
  const DynamoDbSettings& settings() const { return settings_; }

  /// Call it before a write that makes work for later: the next start then goes on with it.
  void NoteWork() { marker_.Raise(); }

  /// An item expires then, unless it changes before.
  void ExpireAt(std::int64_t due_ms);
  /// A table's phase ends then.
  void EndPhaseAt(std::int64_t end_ms);
  /// Removes expired backups and the rows of dropped tables and indexes in the background, a few at a time.
  void SweepDropped();
  /// Fills an index that UpdateTable made, in the background, a few items at a time.
  void Backfill(std::int64_t table_id, std::int64_t index_number);
  /// Goes on with a copy until it is done, likewise.
  void RunCopy(std::int64_t target);
  /// Goes on with an export or an import until it is done, likewise.
  void RunTransfer(const Transfer& transfer);
  /// Notes when the items of a table expire whose TTL was switched on, likewise.
  void NoteExpiries(std::int64_t table_id);

 private:
  /// Runs `step`, which says whether more is to do, as jobs of the writer one after the other.
  template <class Step>
  runtime::Task<void> Repeat(Step step, std::int64_t changed_table);
  runtime::Task<void> ExpireDue();
  /// Removes the tables whose time to be DELETING is over; whether there were any.
  runtime::Task<bool> EndPhases();
  /// What an earlier run left to do.
  void Resume();

  const base::Clock& clock_;
  const DynamoDbSettings settings_;
  storage::WorkMarker marker_;
  storage::Database database_;
  storage::Writer writer_;
  TableStore tables_;
  ItemStore items_;
  StreamStore streams_;
  TokenStore tokens_;
  HistoryStore history_;
  BackupStore backups_;
  ItemWriter item_writer_;
  TableCopier copier_;
  ExpressionCache expressions_;
  Throttle throttle_;
  std::atomic<bool> resumed_ = false;
  std::atomic<bool> stopped_ = false;
  std::unique_ptr<runtime::Alarm> expiry_;
  std::unique_ptr<runtime::Alarm> phases_;
  const Buckets buckets_;
  TransferStore transfers_;
  ChangeReader changes_;
};

extern const protocol::RpcModel kModel;         // operations.cc
extern const protocol::RpcModel kStreamsModel;  // operations.cc

}  // namespace cumulite::dynamodb
