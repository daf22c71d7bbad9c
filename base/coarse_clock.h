#pragma once
#include <chrono>
#include <ctime>

namespace cumulite::base {

/// The steady clock to the kernel's last tick, 4 ms at most ago: for time-outs, at a fifth of its cost.
inline std::chrono::steady_clock::time_point CoarseSteadyNow() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC_COARSE, &now);
  return std::chrono::steady_clock::time_point(std::chrono::seconds(now.tv_sec) +
                                               std::chrono::nanoseconds(now.tv_nsec));
}

}  // namespace cumulite::base
