#pragma once
#include <cstdint>
#include <map>
#include <optional>

#include "base/clock.h"

namespace cumulite::sns {

/// Spreads what comes over the seconds of the clock, so many a second at most.
///
/// Who comes too early is told a second, in which there is a place for him: he need not wait behind who comes
/// later, and a clock that jumps over several seconds lets through what each of them had.
/// Thread: its owner's lock.
/// Source: SNS Developer Guide "Creating an HTTP/S delivery policy", maxReceivesPerSecond.
class Throttle {
 public:
  /// Nothing when it may go now; else when to come again. `due`: when it was to come, as this said before.
  std::optional<base::TimePoint> Admit(base::TimePoint now, base::TimePoint due, std::int64_t per_second);
  /// Whether forgetting it changes nothing.
  bool IsIdle(base::TimePoint now);

 private:
  struct Second {
    std::int64_t taken = 0;
    std::int64_t awaited = 0;  // of these: told to come
  };
  void Prune(std::int64_t current);

  std::map<std::int64_t, Second> seconds_;
  std::int64_t first_free_ = 0;  // none before has a place
};

}  // namespace cumulite::sns
