#include "services/elb/proxy/data_plane.h"

#include <mutex>

#include "net/io_loop.h"
#include "services/elb/proxy/explain.h"
#include "services/elb/proxy/health_checker.h"
#include "services/elb/proxy/metrics.h"
#include "services/elb/proxy/ports.h"
#include "services/elb/proxy/proxy.h"

namespace cumulite::elb::proxy {
namespace {
using Standing = TargetState::Standing;

TargetHealth Described(const Target& target, std::string_view state, std::string_view reason,
                       std::string_view description) {
  return {.id = target.id,
          .port = target.port,
          .state = std::string(state),
          .reason = std::string(reason),
          .description = std::string(description)};
}

/// What the API alone says of the target; nullopt when its checks have a say.
std::optional<TargetHealth> WithoutChecks(const TargetGroup& group, const Target& target, bool in_use) {
  if (target.deregistered_at) {
    return Described(target, "draining", "Target.DeregistrationInProgress",
                     "Target deregistration is in progress");
  }
  if (!in_use) {
    return Described(target, "unused", "Target.NotInUse",
                     "Target group is not configured to receive traffic from the load balancer");
  }
  if (target.stopped) {
    return Described(target, "unused", "Target.InvalidState", "Target is in the stopped state");
  }
  if (!group.health_check.enabled) {
    return Described(target, "unavailable", "Target.HealthCheckDisabled", "Health checks are disabled");
  }
  return std::nullopt;
}

TargetHealth ByChecks(const TargetGroup& group, const Target& target, TargetState& state) {
  using State = TargetHealthMachine::State;
  TargetHealth health = state.WithHealth([&](const TargetHealthMachine& machine) {
    const std::string_view name = machine.state() == State::kHealthy   ? "healthy"
                                  : machine.state() == State::kInitial ? "initial"
                                                                       : "unhealthy";
    return Described(target, name, machine.reason(), machine.description());
  });
  health.anomalous = state.anomalous.load(std::memory_order_relaxed);
  health.mitigated = health.anomalous && group.anomaly_mitigation;
  return health;
}

class Works final : public DataPlane {
 public:
  explicit Works(const DataPlaneOptions& options)
      : jwt_(options.http, options.clock),
        oidc_(options.http, options.clock),
        tools_{options.http, options.clock, blind_tls_, jwt_, oidc_},
        address_(options.listen_address),
        instances_(options.instances),
        home_(options.listening == nullptr ? nullptr : options.listening->loops.front().get()) {
    if (home_ == nullptr) return;
    if (!address_.empty()) ports_ = std::make_unique<Ports>(*options.listening, address_, tools_, current_);
    checker_ = std::make_shared<HealthChecker>(tools_, *home_);
  }

  void KeepLogs(RequestLog& log) override { tools_.log = &log; }

  std::string AddressOfInstance(const std::string& id) const override {
    const auto known = instances_.find(id);
    return known == instances_.end() ? std::string() : known->second;
  }

  void Install(std::shared_ptr<const Snapshot> snapshot) override {
    const std::scoped_lock lock(install_);
    auto table = std::make_shared<const RoutingTable>(std::move(snapshot), memory_, address_);
    current_.Set(table);
    if (home_ == nullptr) return;
    home_->Post([this, table] {
      if (stopped_) return;
      if (ports_) ports_->Follow(*table);
      checker_->Follow(table);
    });
  }

  std::vector<TargetHealth> HealthOf(std::string_view target_group_arn) const override {
    const std::shared_ptr<const RoutingTable> table = current_.Get();
    const auto in_use = table->groups().find(std::string(target_group_arn));
    const TargetGroup* group = nullptr;
    if (in_use != table->groups().end()) group = in_use->second->settings.get();
    for (const auto& known : table->snapshot().target_groups) {
      if (group == nullptr && known->arn == target_group_arn) group = known.get();
    }
    std::vector<TargetHealth> all;
    for (std::size_t i = 0; group != nullptr && i < group->targets.size(); ++i) {
      const Target& target = group->targets[i];
      const bool used = in_use != table->groups().end();
      std::optional<TargetHealth> health = WithoutChecks(*group, target, used);
      if (!health) health = ByChecks(*group, target, *in_use->second->targets[i]);
      all.push_back(std::move(*health));
    }
    return all;
  }

  std::vector<ListenerState> Listeners() const override {
    return ports_ ? ports_->States() : std::vector<ListenerState>{};
  }

  runtime::Task<void> Serve(protocol::Exchange& exchange) override {
    std::shared_ptr<const RoutingTable> table = current_.Get();
    std::uint16_t port = 0;
    if (const auto chosen = exchange.request.Find("X-Cumulite-Listener-Port")) {
      port = static_cast<std::uint16_t>(std::atoi(std::string(*chosen).c_str()));
    }
    const Entrance entrance = table->ByHost(exchange.request.Header("Host"), port);
    return ServeEntrance(tools_, std::move(table), entrance, exchange);
  }

  std::string Explain(const Question& question) const override {
    return ExplainRequest(*current_.Get(), question, tools_.clock.Now());
  }
  std::optional<std::string> PublicKey(std::string_view key_id) const override {
    return oidc_.PublicKey(key_id);
  }
  void AppendMetrics(std::string& out) const override { AppendMetricsOf(*current_.Get(), out); }

  runtime::Task<bool> Settle() override {
    if (!checker_) co_return false;
    const std::shared_ptr<HealthChecker> checker = checker_;
    runtime::Task<bool> settled = checker->Settle();
    co_return co_await settled;
  }

  void Stop() override {
    if (home_ == nullptr) return;
    home_->Post([this] {
      if (std::exchange(stopped_, true)) return;
      if (ports_) ports_->Close();
      checker_->Stop();
    });
  }

 private:
  BlindTls blind_tls_;
  JwtGate jwt_;
  OidcGate oidc_;
  ProxyTools tools_;
  const std::string address_;
  const std::map<std::string, std::string> instances_;
  net::IoLoop* const home_;
  std::mutex install_;
  RoutingTable::Memory memory_;  // under install_
  CurrentTable current_;
  std::unique_ptr<Ports> ports_;
  std::shared_ptr<HealthChecker> checker_;
  bool stopped_ = false;  // the home loop's
};
}  // namespace

std::unique_ptr<DataPlane> MakeDataPlane(const DataPlaneOptions& options) {
  return std::make_unique<Works>(options);
}

}  // namespace cumulite::elb::proxy
