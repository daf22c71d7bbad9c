#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/clock.h"
#include "protocol/rpc.h"
#include "services/iam/iam_store.h"
#include "services/peers.h"
#include "services/service.h"
#include "services/storage/data_directory.h"
#include "services/storage/database.h"
#include "services/storage/writer.h"

namespace cumulite::iam {

/// IAM as far as load balancers need it: server certificates. SQL is the truth (iam.db). It has no regions.
/// Thread: any I/O thread; constructed and destroyed while none runs.
class IamService final : public services::Service, public services::CertificateLookup {
 public:
  /// `clock` and `peers` outlive the service. Errors: storage::StorageError.
  IamService(const storage::DataDirectory& data, const storage::DatabaseOptions& options,
             const base::Clock& clock, services::Peers& peers);
  ~IamService() override;

  // services::Service
  std::string_view name() const override { return "iam"; }
  runtime::Task<void> Handle(protocol::Exchange& exchange) override;
  /// What is of no region stays where only a region is reset.
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

  IamStore& store() { return store_; }
  services::Peers& peers() { return peers_; }
  const base::Clock& clock() const { return clock_; }

 private:
  const base::Clock& clock_;
  services::Peers& peers_;
  storage::Database database_;
  storage::Writer writer_;
  IamStore store_;
};

extern const protocol::RpcModel kModel;  // operations.cc

}  // namespace cumulite::iam
