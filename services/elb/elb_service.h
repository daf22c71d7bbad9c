#pragma once
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/log.h"
#include "protocol/rpc.h"
#include "services/elb/elb_store.h"
#include "services/peers.h"
#include "services/service.h"
#include "services/storage/data_directory.h"
#include "services/storage/database.h"
#include "services/storage/writer.h"

namespace cumulite::elb {
class Certificates;
class DataPlaneFeed;
namespace proxy {
class DataPlane;
struct TargetHealth;
}  // namespace proxy

/// What the server's settings say about load balancing.
struct ElbSettings {
  bool check_network = false;  // ids of EC2, ACM and IAM that nobody made are refused
};

/// Elastic Load Balancing v2: what the operations need to work on load balancers, listeners, rules, target
/// groups and trust stores. SQL is the truth (elb.db).
/// Thread: any I/O thread; constructed and destroyed while none runs.
class ElbService final : public services::Service, public services::CertificateUsers {
 public:
  /// `clock` and `peers` outlive the service. `data_plane` may be null: nothing is balanced then. Errors:
  /// storage::StorageError.
  ElbService(const storage::DataDirectory& data, const storage::DatabaseOptions& options,
             const base::Clock& clock, services::Peers& peers, std::unique_ptr<proxy::DataPlane> data_plane,
             ElbSettings settings = {});
  ~ElbService() override;

  // services::Service
  std::string_view name() const override { return "elb"; }
  /// Takes up what an earlier process left: listeners, health checks, draining targets.
  void Start() override { Publish(); }
  runtime::Task<bool> Settle() override;
  runtime::Task<void> Handle(protocol::Exchange& exchange) override;
  /// A request to a load balancer.
  runtime::Task<void> ServeHost(protocol::Exchange& exchange) override;
  /// GET /_cumulite/elb/…: see inspect.h.
  runtime::Task<bool> Inspect(std::string_view resource, protocol::Exchange& exchange) override;
  void AppendMetrics(std::string& out) const override;
  void Stop() override;
  runtime::Task<void> Reset(services::ResetScope scope) override;
  std::optional<services::StoreStats> store_stats() const override {
    return services::StoreStats{writer_.counters(), database_.SizeBytes()};
  }

  // services::CertificateUsers
  runtime::Task<std::vector<std::string>> UsersOf(std::string arn) override;
  runtime::Task<void> CertificateChanged(std::string arn) override;

  /// Runs a job that changes resources and waits until that is durable. `job` reads, decides and writes
  /// through store(); it outlives the call.
  template <class F>
  runtime::Task<std::invoke_result_t<F&>> Change(F job, storage::Room room = storage::Room::kTakes) {
    if constexpr (std::is_void_v<std::invoke_result_t<F&>>) {
      co_await writer_.Run(std::move(job), room);
      Publish();
    } else {
      auto result = co_await writer_.Run(std::move(job), room);
      Publish();
      co_return result;
    }
  }

  /// Null in tests without one.
  const proxy::DataPlane* data_plane() const;
  /// Of all targets of a group, as the data plane sees them.
  std::vector<proxy::TargetHealth> HealthOf(std::string_view target_group_arn) const;
  services::Peers& peers() { return peers_; }
  const ElbSettings& settings() const { return settings_; }
  /// What ACM and IAM know of listeners' certificates.
  Certificates& certificates() { return *certificates_; }

  ElbStore& store() { return store_; }
  const ElbStore::Committed& committed() const { return store_.committed(); }
  const base::Clock& clock() const { return clock_; }
  const base::Log& log() const { return log_; }

 private:
  /// Makes what is committed known to who works by it.
  void Publish();

  const base::Clock& clock_;
  services::Peers& peers_;
  const ElbSettings settings_;
  const base::Log& log_;
  storage::Database database_;
  storage::Writer writer_;
  ElbStore store_;
  std::unique_ptr<Certificates> certificates_;
  std::unique_ptr<DataPlaneFeed> feed_;
};

extern const protocol::RpcModel kModel;  // operations.cc

inline Owner OwnerOf(const protocol::RequestContext& context) {
  return {context.identity.account, context.identity.region};
}

}  // namespace cumulite::elb
