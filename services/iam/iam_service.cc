#include "services/iam/iam_service.h"

#include <exception>

#include "base/log.h"

namespace cumulite::iam {

IamService::IamService(const storage::DataDirectory& data, const storage::DatabaseOptions& options,
                       const base::Clock& clock, services::Peers& peers)
    : clock_(clock),
      peers_(peers),
      database_(data.path() / "iam.db", options),
      writer_(database_.Migrate(Migrations())),
      store_(database_) {}

IamService::~IamService() { writer_.Stop(); }

runtime::Task<void> IamService::Handle(protocol::Exchange& exchange) {
  return protocol::HandleRpc(kModel, this, exchange);
}

runtime::Task<void> IamService::Reset(services::ResetScope scope) {
  if (scope.region) co_return;
  const std::string account = scope.account.value_or("");
  const auto erase = [this, &account] { store_.EraseAll(account); };
  co_await writer_.Run(erase);
}

runtime::Task<std::optional<services::CertificateLookup::Certificate>> IamService::FindCertificate(
    std::string arn) {
  try {
    const auto record = store_.Find(arn);
    if (record) co_return Certificate{record->body + "\n" + record->chain.value_or(""), record->key};
  } catch (const std::exception& failure) {
    base::Logger("iam")->error("a certificate cannot be read arn={} cause={}", arn, failure.what());
  }
  co_return std::nullopt;
}

}  // namespace cumulite::iam
