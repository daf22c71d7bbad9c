#include "services/sts/sts_service.h"

namespace cumulite::sts {

runtime::Task<void> StsService::Handle(protocol::Exchange& exchange) {
  return protocol::HandleRpc(kModel, this, exchange);
}

runtime::Task<void> StsService::Reset(services::ResetScope) { co_return; }

}  // namespace cumulite::sts
