#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/clock.h"
#include "net/certificate.h"
#include "protocol/rpc.h"
#include "services/acm/acm_store.h"
#include "services/peers.h"
#include "services/service.h"
#include "services/storage/data_directory.h"
#include "services/storage/database.h"
#include "services/storage/writer.h"

namespace cumulite::acm {

/// AWS Certificate Manager: certificates that were imported, or requested and issued by an authority of this
/// server's own. SQL is the truth (acm.db).
/// Thread: any I/O thread; constructed and destroyed while none runs.
class AcmService final : public services::Service, public services::CertificateLookup {
 public:
  /// `clock` and `peers` outlive the service. Errors: storage::StorageError.
  AcmService(const storage::DataDirectory& data, const storage::DatabaseOptions& options,
             const base::Clock& clock, services::Peers& peers);
  ~AcmService() override;

  // services::Service
  std::string_view name() const override { return "acm"; }
  runtime::Task<void> Handle(protocol::Exchange& exchange) override;
  /// "authority": the certificate that vouches for those that were requested, as PEM.
  runtime::Task<bool> Inspect(std::string_view resource, protocol::Exchange& exchange) override;
  /// The authority stays: clients may trust it already.
  runtime::Task<void> Reset(services::ResetScope scope) override;
  std::optional<services::StoreStats> store_stats() const override {
    return services::StoreStats{writer_.counters(), database_.SizeBytes()};
  }

  // services::CertificateLookup
  runtime::Task<std::optional<Certificate>> FindCertificate(std::string arn) override;

  /// Runs a job that changes certificates and waits until that is durable; it outlives the call.
  template <class F>
  runtime::Task<std::invoke_result_t<F&>> Change(F job) {
    return writer_.Run(std::move(job));
  }
  template <class F>
  runtime::Task<std::invoke_result_t<F&>> RunOnWorker(F work) {
    return database_.RunOnWorker(std::move(work));
  }
  /// Who issues certificates; made when it is first needed, and kept.
  runtime::Task<net::SelfSigned> Authority();

  AcmStore& store() { return store_; }
  services::Peers& peers() { return peers_; }
  const base::Clock& clock() const { return clock_; }

 private:
  const base::Clock& clock_;
  services::Peers& peers_;
  storage::Database database_;
  storage::Writer writer_;
  AcmStore store_;
};

extern const protocol::RpcModel kModel;  // operations.cc

}  // namespace cumulite::acm
