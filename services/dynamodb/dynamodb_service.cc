#include "services/dynamodb/dynamodb_service.h"

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
    : clock_(clock), database_(data_dir / "dynamodb.db", std::move(options)), writer_(database_) {}

DynamoDbService::~DynamoDbService() { writer_.Stop(); }  // before the stores and their statements go

runtime::Task<void> DynamoDbService::Handle(protocol::Exchange& exchange) {
  return protocol::HandleRpc(ModelOf(exchange.request), this, exchange);
}

void DynamoDbService::RenderError(const protocol::AwsError& error, protocol::Exchange& exchange) {
  protocol::RenderRpcError(ModelOf(exchange.request), error, exchange);
}

runtime::Task<void> DynamoDbService::Reset(std::optional<std::string>) { co_return; }

}  // namespace cumulite::dynamodb
