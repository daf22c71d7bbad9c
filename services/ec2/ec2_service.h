#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "protocol/rpc.h"
#include "services/ec2/ec2_store.h"
#include "services/network.h"
#include "services/service.h"
#include "services/storage/data_directory.h"
#include "services/storage/database.h"
#include "services/storage/writer.h"

namespace cumulite::ec2 {

/// Amazon EC2 as far as networks go: VPCs and what stands in them. SQL is the truth (ec2.db).
///
/// Every account has a default VPC in each region, made when it first calls there.
/// Thread: any I/O thread; constructed and destroyed while none runs.
class Ec2Service final : public services::Service, public services::NetworkLookup {
 public:
  /// Errors: storage::StorageError.
  Ec2Service(const storage::DataDirectory& data, const storage::DatabaseOptions& options,
             const base::Clock& clock);
  ~Ec2Service() override;

  // services::Service
  std::string_view name() const override { return "ec2"; }
  runtime::Task<void> Handle(protocol::Exchange& exchange) override;
  runtime::Task<void> Reset(services::ResetScope scope) override;
  std::optional<services::StoreStats> store_stats() const override {
    return services::StoreStats{writer_.counters(), database_.SizeBytes()};
  }

  // services::NetworkLookup
  runtime::Task<std::vector<std::optional<Subnet>>> FindSubnets(std::string account, std::string region,
                                                                std::vector<std::string> ids) override;
  runtime::Task<std::vector<std::optional<std::string>>> FindVpcs(std::string account, std::string region,
                                                                  std::vector<std::string> ids) override;

  /// Runs a job that changes resources and waits until that is durable; it outlives the call.
  template <class F>
  runtime::Task<std::invoke_result_t<F&>> Change(F job) {
    return writer_.Run(std::move(job));
  }

  Ec2Store& store() { return store_; }
  const Ec2Queries<storage::ReadStatement>& committed() const { return store_.committed(); }
  const base::Clock& clock() const { return clock_; }
  const base::Log& log() const { return log_; }

 private:
  /// Makes the account's default network in the region, unless that was done.
  runtime::Task<void> Begin(std::string account, std::string region);

  const base::Clock& clock_;
  const base::Log& log_;
  storage::Database database_;
  storage::Writer writer_;
  Ec2Store store_;
};

extern const protocol::RpcModel kModel;  // operations.cc

inline Owner OwnerOf(const protocol::RequestContext& context) {
  return {context.identity.account, context.identity.region};
}

}  // namespace cumulite::ec2
