#include "services/dynamodb/dynamodb_service.h"

#include "services/dynamodb/schema.h"

namespace cumulite::dynamodb {
namespace {

/// For the writer, whose next item lies anywhere, since items lie in the order of a hash: with the pages
/// above the leaves of ten million small ones in memory (43 MiB), it reads one page for each. What is not
/// used of it takes no memory.
constexpr std::string_view kWideCache = "PRAGMA cache_size=-65536";

/// Which of the two APIs a request speaks: as routed, else by its target.
const protocol::RpcModel& ModelOf(const protocol::Exchange& exchange) {
  if (exchange.route.model != nullptr) return *exchange.route.model;
  const std::string_view target = exchange.request.Header("X-Amz-Target");
  return target.starts_with(kStreamsModel.json_target) ? kStreamsModel : kModel;
}

}  // namespace

DynamoDbService::DynamoDbService(const std::filesystem::path& data_dir, storage::DatabaseOptions options,
                                 const base::Clock& clock, DynamoDbSettings settings, Buckets buckets)
    : clock_(clock),
      settings_(std::move(settings)),
      marker_(data_dir, "dynamodb"),
      database_(data_dir / "dynamodb.db", std::move(options)),
      writer_(database_.Migrate(Migrations())),
      tables_(database_),
      items_(database_),
      streams_(database_),
      tokens_(database_),
      history_(database_),
      backups_(database_),
      item_writer_(tables_, items_, streams_, history_),
      copier_(database_, tables_, items_, item_writer_, history_, backups_),
      throttle_(settings_.enforce_throughput),
      expiry_(std::make_unique<runtime::Alarm>([this] { ExpireDue().Detach(); })),
      phases_(std::make_unique<runtime::Alarm>([this] { EndPhases().Detach(); })),
      buckets_(buckets),
      transfers_(database_),
      changes_(database_) {
  const auto widen = [this] { storage::Statement(database_, kWideCache).Run(); };
  writer_.Enqueue(widen, storage::Urgency::kLazy);
}

DynamoDbService::~DynamoDbService() {
  stopped_ = true;
  writer_.Stop();  // before the stores and their statements go
}

runtime::Task<void> DynamoDbService::Handle(protocol::Exchange& exchange) {
  Start();
  return protocol::HandleRpc(ModelOf(exchange), this, exchange);
}

runtime::Task<void> DynamoDbService::Reset(services::ResetScope scope) {
  const auto reset = [this, &scope] {
    for (const TablePtr& table : tables_.All()) {
      if (scope.Takes(table->account, table->region)) tables_.Remove(*table);
    }
    for (const Backup& backup : backups_.All()) {
      if (scope.Takes(backup.account, backup.region)) backups_.Remove(backup);
    }
    transfers_.Reset(scope.account.value_or(""), scope.region.value_or(""));
    streams_.Reset(scope.account.value_or(""), scope.region.value_or(""));
  };
  co_await writer_.Run(reset, storage::Room::kMakes);
  tables_.RefreshAll();
  SweepDropped();
}

void DynamoDbService::Start() {
  if (!resumed_.load(std::memory_order_relaxed) && !resumed_.exchange(true)) Resume();
}

void DynamoDbService::Stop() {
  stopped_ = true;
  expiry_->Cancel();
  phases_->Cancel();
  writer_.Flush();  // while the loops still run, on which background work waits for its commits
}

}  // namespace cumulite::dynamodb
