#pragma once
#include <atomic>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include "base/clock.h"
#include "services/elb/proxy/snapshot.h"
#include "services/elb/proxy/target_state.h"

namespace cumulite::elb::proxy {

using Targets = std::span<const std::shared_ptr<TargetState>>;

/// What a target group remembers from choice to choice. Thread: any.
struct BalancerState {
  std::atomic<std::uint64_t> turn{0};
  std::atomic<std::int64_t> next_adjustment_ms{0};
};

struct ChoiceOf {
  base::TimePoint now{};
  std::string_view zone;                // only targets there; empty: anywhere
  std::optional<std::uint64_t> sticky;  // the key of the target that a cookie names
};

struct Choice {
  TargetState* target = nullptr;  // null: there is no registered target
  bool fail_open = false;         // too few are healthy, so all take part
  bool stuck = false;             // the sticky one
};

/// Who gets the next request. Draining and unused targets never do.
/// Source: User Guide "Target groups", "Routing algorithms", "Slow start mode", "Target group health".
Choice ChooseTarget(const TargetGroup& group, Targets targets, BalancerState& state, const ChoiceOf& of);

/// Whether fewer targets are healthy than a minimum asks for.
bool IsBelow(const TargetGroup::Minimum& minimum, int healthy, int registered);

/// A target has become healthy: it begins slowly if another one, which does not, is there to take the rest.
void BeginSlowStart(const TargetGroup& group, Targets targets, TargetState& target, base::TimePoint now);

/// A number out of [0, bound), evenly over successive turns.
std::uint64_t Spread(std::uint64_t turn, std::uint64_t bound);

}  // namespace cumulite::elb::proxy
