#include "services/sts/sts_service.h"

namespace cumulite::sts {

runtime::Task<void> StsService::Handle(protocol::Exchange& exchange) {
  return protocol::HandleRpc(kModel, this, exchange);
}

void StsService::RenderError(const protocol::AwsError& error, protocol::Exchange& exchange) {
  protocol::RenderRpcError(kModel, error, exchange);
}

runtime::Task<void> StsService::Reset(std::optional<std::string>) { co_return; }

}  // namespace cumulite::sts
