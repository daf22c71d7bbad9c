#include "services/dynamodb/dynamodb_service.h"

#include "services/dynamodb/schema.h"

namespace cumulite::dynamodb {
namespace {

/// Which of the two APIs a request speaks; what names neither is told so by the larger one.
const protocol::RpcModel& ModelOf(const protocol::HttpRequest& request) {
  const std::string_view target = request.Header("X-Amz-Target");
  const bool streams = target.starts_with(kStreamsModel.json_target);
  return streams ? kStreamsModel : kModel;
}

}  // namespace

DynamoDbService::DynamoDbService(const std::filesystem::path& data_dir, storage::DatabaseOptions options,
                                 base::Clock& clock)
    : clock_(clock),
      database_(data_dir / "dynamodb.db", std::move(options)),
      writer_(database_.Migrate(Migrations())),
      tables_(database_),
      items_(database_),
      streams_(database_),
      tokens_(database_),
      item_writer_(tables_, items_, streams_),
      expiry_(std::make_unique<runtime::Alarm>([this] { ExpireDue().Detach(); })) {}

DynamoDbService::~DynamoDbService() {
  stopped_ = true;
  writer_.Stop();  // before the stores and their statements go
}

runtime::Task<void> DynamoDbService::Handle(protocol::Exchange& exchange) {
  if (!resumed_.load(std::memory_order_relaxed) && !resumed_.exchange(true)) Resume();
  return protocol::HandleRpc(ModelOf(exchange.request), this, exchange);
}

void DynamoDbService::RenderError(const protocol::AwsError& error, protocol::Exchange& exchange) {
  protocol::RenderRpcError(ModelOf(exchange.request), error, exchange);
}

runtime::Task<void> DynamoDbService::Reset(std::optional<std::string> account) {
  const std::string only = account.value_or("");
  const auto reset = [this, &only] {
    for (const TablePtr& table : tables_.All()) {
      if (only.empty() || table->account == only) tables_.Remove(*table);
    }
    streams_.Reset(only);
  };
  co_await writer_.Run(reset);
  tables_.RefreshAll();
  SweepDropped();
}

void DynamoDbService::Stop() {
  stopped_ = true;
  expiry_->Cancel();
}

}  // namespace cumulite::dynamodb
