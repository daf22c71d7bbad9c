#include "services/elb/proxy/balancer.h"

#include <algorithm>

namespace cumulite::elb::proxy {
namespace {
using Standing = TargetState::Standing;

constexpr std::chrono::seconds kAdjustmentInterval{5};
constexpr int kLeastHealthyForMitigation = 3;
/// Errors of fewer requests than these say nothing.
constexpr std::uint32_t kLeastRequests = 5;
/// A target stands out when its share of errors is above that of the others by so much.
constexpr double kAnomalyMargin = 0.1;
constexpr std::uint32_t kLeastWeight = 5;
/// A target that starts slowly gets something from its first moment.
constexpr std::uint64_t kLeastShare = 1;
constexpr std::uint64_t kFullShare = 10'000;

std::int64_t Milliseconds(base::TimePoint time) { return time.time_since_epoch().count(); }

struct Eligible {
  std::string_view zone;
  bool fail_open = false;

  bool In(const TargetState& target) const {
    return zone.empty() || target.zone == zone || target.zone == "all" || target.zone.empty();
  }
  bool operator()(const TargetState& target) const {
    return (fail_open ? target.registered() : target.standing() == Standing::kHealthy) && In(target);
  }
};

/// Of kFullShare.
std::uint64_t ShareOf(const TargetGroup& group, const TargetState& target, std::int64_t now_ms) {
  std::uint64_t share = kFullShare;
  const std::int64_t began = target.slow_start_began_ms.load(std::memory_order_relaxed);
  const std::int64_t duration = std::chrono::milliseconds(group.slow_start).count();
  if (began != 0 && duration > 0 && now_ms < began + duration) {
    const auto passed = static_cast<std::uint64_t>(std::max<std::int64_t>(now_ms - began, 0));
    share = std::max(kLeastShare, kFullShare * passed / static_cast<std::uint64_t>(duration));
  }
  if (group.anomaly_mitigation) {
    share = std::max(kLeastShare, share * target.weight_percent.load(std::memory_order_relaxed) / 100);
  }
  return share;
}

/// In proportion to the shares.
TargetState* ChooseByShare(const TargetGroup& group, Targets targets, const Eligible& eligible,
                           std::int64_t now_ms, std::uint64_t turn) {
  std::uint64_t all = 0;
  for (const auto& target : targets) all += eligible(*target) ? ShareOf(group, *target, now_ms) : 0;
  std::uint64_t left = Spread(turn, std::max<std::uint64_t>(all, 1));
  for (const auto& target : targets) {
    if (!eligible(*target)) continue;
    const std::uint64_t share = ShareOf(group, *target, now_ms);
    if (left < share) return target.get();
    left -= share;
  }
  return nullptr;
}

TargetState* ChooseNth(Targets targets, const Eligible& eligible, std::uint64_t n) {
  for (const auto& target : targets) {
    if (eligible(*target) && n-- == 0) return target.get();
  }
  return nullptr;
}

/// Ties go to whoever is next in turn.
TargetState* ChooseLeastLoaded(Targets targets, const Eligible& eligible, std::uint64_t turn) {
  TargetState* best = nullptr;
  std::int32_t least = 0;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    TargetState& target = *targets[(turn + i) % targets.size()];
    if (!eligible(target)) continue;
    const std::int32_t load = target.in_flight.load(std::memory_order_relaxed);
    if (best != nullptr && load >= least) continue;
    best = &target;
    least = load;
  }
  return best;
}

/// Once every five seconds, whoever comes first: a target that fails more often than the others gets half of
/// what it got, one that has recovered twice.
void AdjustWeights(Targets targets, int healthy, BalancerState& state, std::int64_t now_ms) {
  std::int64_t due = state.next_adjustment_ms.load(std::memory_order_relaxed);
  if (now_ms < due) return;
  const std::int64_t next = now_ms + std::chrono::milliseconds(kAdjustmentInterval).count();
  if (!state.next_adjustment_ms.compare_exchange_strong(due, next)) return;
  std::uint64_t all_requests = 0;
  std::uint64_t all_errors = 0;
  for (const auto& target : targets) {
    all_requests += target->requests.load(std::memory_order_relaxed);
    all_errors += target->errors.load(std::memory_order_relaxed);
  }
  for (const auto& target : targets) {
    const std::uint32_t requests = target->requests.exchange(0, std::memory_order_relaxed);
    const std::uint32_t errors = target->errors.exchange(0, std::memory_order_relaxed);
    const auto share = [](std::uint64_t bad, std::uint64_t of) {
      return of == 0 ? 0.0 : static_cast<double>(bad) / static_cast<double>(of);
    };
    const double others = share(all_errors - errors, all_requests - requests);
    const bool known = requests >= kLeastRequests;
    const bool stands_out = known && share(errors, requests) > others + kAnomalyMargin;
    const bool was = target->anomalous.load(std::memory_order_relaxed);
    // Of few requests nothing follows: an anomalous target stays one until it has shown itself.
    const bool anomalous =
        healthy >= kLeastHealthyForMitigation && (known ? stands_out : was && requests > 0);
    target->anomalous.store(anomalous, std::memory_order_relaxed);
    const std::uint32_t weight = target->weight_percent.load(std::memory_order_relaxed);
    target->weight_percent.store(anomalous ? std::max(kLeastWeight, weight / 2) : std::min(100U, weight * 2),
                                 std::memory_order_relaxed);
  }
}
}  // namespace

std::uint64_t Spread(std::uint64_t turn, std::uint64_t bound) {
  std::uint64_t x = (turn + 1) * 0x9e3779b97f4a7c15ULL;  // SplitMix64
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return (x ^ (x >> 31)) % bound;
}

bool IsBelow(const TargetGroup::Minimum& minimum, int healthy, int registered) {
  return (minimum.count && healthy < *minimum.count) ||
         (minimum.percentage && healthy * 100 < *minimum.percentage * registered);
}

void BeginSlowStart(const TargetGroup& group, Targets targets, TargetState& target, base::TimePoint now) {
  const std::int64_t duration = std::chrono::milliseconds(group.slow_start).count();
  const std::int64_t now_ms = Milliseconds(now);
  const auto at_full_share = [&](const std::shared_ptr<TargetState>& other) {
    const std::int64_t began = other->slow_start_began_ms.load(std::memory_order_relaxed);
    return other.get() != &target && other->standing() == Standing::kHealthy &&
           (began == 0 || began + duration <= now_ms);
  };
  const bool slowly = duration > 0 && std::ranges::any_of(targets, at_full_share);
  target.slow_start_began_ms.store(slowly ? now_ms : 0, std::memory_order_relaxed);
}

Choice ChooseTarget(const TargetGroup& group, Targets targets, BalancerState& state, const ChoiceOf& of) {
  Eligible eligible{of.zone};
  int healthy = 0;
  int registered = 0;
  bool any_slow = false;
  for (const auto& target : targets) {
    if (!target->registered() || !eligible.In(*target)) continue;
    ++registered;
    healthy += target->standing() == Standing::kHealthy ? 1 : 0;
    any_slow = any_slow || target->slow_start_began_ms.load(std::memory_order_relaxed) != 0;
  }
  if (registered == 0) return {};
  Choice choice;
  eligible.fail_open = choice.fail_open =
      healthy == 0 || IsBelow(group.unhealthy_state_routing, healthy, registered);
  if (of.sticky) {
    for (const auto& target : targets) {
      if (target->key != *of.sticky || !eligible(*target)) continue;
      choice.target = target.get();
      choice.stuck = true;
      return choice;
    }
  }
  const std::int64_t now_ms = Milliseconds(of.now);
  const std::uint64_t turn = state.turn.fetch_add(1, std::memory_order_relaxed);
  const auto candidates = static_cast<std::uint64_t>(choice.fail_open ? registered : healthy);
  using Algorithm = TargetGroup::Algorithm;
  if (group.algorithm == Algorithm::kLeastOutstandingRequests) {
    choice.target = ChooseLeastLoaded(targets, eligible, turn);
  } else if (group.algorithm == Algorithm::kWeightedRandom) {
    if (group.anomaly_mitigation) AdjustWeights(targets, healthy, state, now_ms);
    choice.target = ChooseByShare(group, targets, eligible, now_ms, turn);
  } else if (any_slow && group.slow_start.count() > 0) {
    choice.target = ChooseByShare(group, targets, eligible, now_ms, turn);
  } else {
    choice.target = ChooseNth(targets, eligible, turn % candidates);
  }
  // Another thread may have changed a standing since it was counted.
  if (choice.target == nullptr) choice.target = ChooseNth(targets, Eligible{of.zone, true}, 0);
  return choice;
}

}  // namespace cumulite::elb::proxy
