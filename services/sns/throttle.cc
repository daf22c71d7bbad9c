#include "services/sns/throttle.h"

#include <algorithm>

namespace cumulite::sns {
namespace {

/// Of a backlog; who has to come again for an older one is told another.
constexpr std::size_t kMaxSeconds = 100'000;

std::int64_t SecondOf(base::TimePoint time) {
  return std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count();
}

}  // namespace

void Throttle::Prune(std::int64_t current) {
  while (!seconds_.empty() && seconds_.begin()->first < current &&
         (seconds_.begin()->second.awaited == 0 || seconds_.size() > kMaxSeconds)) {
    seconds_.erase(seconds_.begin());
  }
}

std::optional<base::TimePoint> Throttle::Admit(base::TimePoint now, base::TimePoint due,
                                               std::int64_t per_second) {
  const std::int64_t current = SecondOf(now);
  const auto promised = seconds_.find(SecondOf(due));
  if (promised != seconds_.end() && promised->second.awaited > 0) {
    --promised->second.awaited;
    return std::nullopt;
  }
  Prune(current);
  const auto is_full = [&](std::int64_t second) {
    const auto found = seconds_.find(second);
    return found != seconds_.end() && found->second.taken >= per_second;
  };
  std::int64_t second = current;
  if (is_full(current)) {
    // Not further than there are full ones: the clock may have been set back.
    second = std::clamp(first_free_, current + 1, current + static_cast<std::int64_t>(seconds_.size()));
    while (is_full(second)) ++second;
    first_free_ = second;
  }
  Second& place = seconds_[second];
  ++place.taken;
  if (second == current) return std::nullopt;
  ++place.awaited;
  return base::TimePoint(std::chrono::seconds(second));
}

bool Throttle::IsIdle(base::TimePoint now) {
  Prune(SecondOf(now));
  return seconds_.empty();
}

}  // namespace cumulite::sns
