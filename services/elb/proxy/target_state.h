#pragma once
#include <atomic>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>

#include "base/clock.h"
#include "services/elb/proxy/snapshot.h"
#include "services/elb/proxy/target_health.h"

namespace cumulite::elb::proxy {

class Transaction;

/// A registered target at work. Lives as long as its registration, over all snapshots; every loop routes by
/// it.
///
/// Thread: any for the atomics; the checks' loop changes health, anybody reads it.
class TargetState {
 public:
  enum class Standing : std::uint8_t {
    kInitial,
    kHealthy,
    kUnhealthy,
    kDraining,  // gets nothing new
    kUnused,    // never routed to: its instance does not run
  };

  TargetState(const TargetGroup& group, const Target& target);
  TargetState(const TargetState&) = delete;
  TargetState& operator=(const TargetState&) = delete;

  const std::string id;
  const std::uint16_t port;
  const std::string zone;
  const std::string address;    // as a URL has it: IPv6 in brackets
  const std::string authority;  // "127.0.0.1:8080"
  const std::string url;        // "http://127.0.0.1:8080", "https://..."
  const std::uint64_t key;      // what stickiness cookies call it

  Standing standing() const { return standing_.load(std::memory_order_relaxed); }
  void set_standing(Standing standing) { standing_.store(standing, std::memory_order_relaxed); }
  /// May be chosen when nothing better is there.
  bool registered() const { return standing() < Standing::kDraining; }

  std::atomic<std::int32_t> in_flight{0};
  std::atomic<std::int64_t> slow_start_began_ms{0};  // 0: takes its full share

  // Anomaly mitigation: what happened since the last adjustment, and what was made of it.
  std::atomic<std::uint32_t> requests{0};
  std::atomic<std::uint32_t> errors{0};
  std::atomic<std::uint32_t> weight_percent{100};
  std::atomic<bool> anomalous{false};

  /// Requests that are with it, and may have to be ended.
  using InFlight = std::list<std::weak_ptr<Transaction>>;
  InFlight::iterator Enter(std::weak_ptr<Transaction> transaction);
  void Leave(InFlight::iterator position);
  /// Its deregistration delay is over.
  void EvictAll();

  /// Calls with the health machine under its lock.
  template <class Callable>
  auto WithHealth(Callable callable) {
    const std::scoped_lock lock(mutex_);
    return callable(health_);
  }

 private:
  std::atomic<Standing> standing_{Standing::kInitial};
  std::mutex mutex_;
  TargetHealthMachine health_;
  InFlight transactions_;
};

}  // namespace cumulite::elb::proxy
