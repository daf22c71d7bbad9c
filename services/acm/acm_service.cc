#include "services/acm/acm_service.h"

#include <exception>

#include "base/log.h"

namespace cumulite::acm {

AcmService::AcmService(const storage::DataDirectory& data, const storage::DatabaseOptions& options,
                       const base::Clock& clock, services::Peers& peers)
    : clock_(clock),
      peers_(peers),
      database_(data.path() / "acm.db", options),
      writer_(database_.Migrate(Migrations())),
      store_(database_) {}

AcmService::~AcmService() { writer_.Stop(); }

runtime::Task<void> AcmService::Handle(protocol::Exchange& exchange) {
  return protocol::HandleRpc(kModel, this, exchange);
}

runtime::Task<bool> AcmService::Inspect(std::string_view resource, protocol::Exchange& exchange) {
  if (resource != "authority") co_return false;
  runtime::Task<net::SelfSigned> finding = Authority();
  net::SelfSigned authority = co_await finding;
  exchange.response.AddHeader("Content-Type", "application/x-pem-file");
  exchange.response.body = std::move(authority.certificate_pem);
  co_return true;
}

runtime::Task<void> AcmService::Reset(services::ResetScope scope) {
  const std::string account = scope.account.value_or("");
  const std::string region = scope.region.value_or("");
  const auto erase = [this, &account, &region] { store_.EraseAll(account, region); };
  co_await writer_.Run(erase);
}

runtime::Task<std::optional<services::CertificateLookup::Certificate>> AcmService::FindCertificate(
    std::string arn) {
  try {
    const auto record = store_.Find(arn);
    if (record) co_return Certificate{record->body + "\n" + record->chain, record->key};
  } catch (const std::exception& failure) {
    base::Logger("acm")->error("a certificate cannot be read arn={} cause={}", arn, failure.what());
  }
  co_return std::nullopt;
}

runtime::Task<net::SelfSigned> AcmService::Authority() {
  if (auto authority = store_.FindAuthority()) co_return std::move(*authority);
  const net::SelfSigned made = net::MakeAuthority("Cumulite Local CA", clock_.Now());
  const auto keep = [this, &made] { return store_.KeepAuthority(made); };
  co_return co_await writer_.Run(keep);
}

}  // namespace cumulite::acm
