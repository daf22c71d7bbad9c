#include "base/clock.h"

#include <ctime>
#include <stdexcept>
#include <utility>

#include "base/log.h"

namespace cumulite::base {
namespace {
using std::chrono::milliseconds;

/// A difference between the two clocks that is no adjustment of their pace.
constexpr std::int64_t kStepMs = 500;

std::int64_t SteadyMs() {
  return std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

/// To the kernel's last tick, 4 ms at most ago, at a sixth of the cost of asking precisely: the steady clock
/// tells the milliseconds.
std::int64_t SystemMs() {
  timespec now{};
  clock_gettime(CLOCK_REALTIME_COARSE, &now);
  return std::int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
}

}  // namespace

Clock::Clock(Source source)
    : source_{source.system == nullptr ? &SystemMs : source.system,
              source.steady == nullptr ? &SteadyMs : source.steady},
      start_ms_(source_.system() - source_.steady()) {}

milliseconds Clock::Unmoved() const {
  if (test_) return test_at_.time_since_epoch();
  const std::int64_t start = start_ms_.load(std::memory_order_relaxed);
  const std::int64_t now = start + source_.steady();
  const std::int64_t behind = source_.system() + ahead_ms_.load(std::memory_order_relaxed) - now;
  if (behind < kStepMs && behind > -kStepMs) [[likely]]
    return milliseconds{now};
  FollowStep(start);
  return milliseconds{start_ms_.load(std::memory_order_relaxed) + source_.steady()};
}

void Clock::FollowStep(std::int64_t start_ms) const {
  const std::int64_t step = source_.system() + ahead_ms_.load() - (start_ms + source_.steady());
  if (step < kStepMs && step > -kStepMs) return;
  std::int64_t seen = start_ms;
  if (step > 0) {
    if (!start_ms_.compare_exchange_strong(seen, start_ms + step)) return;  // another thread has seen it
    Logger("clock")->warn("the system's clock went forward step_ms={}: followed", step);
    const std::scoped_lock lock(mutex_);
    TellAll();
  } else {
    std::int64_t ahead = ahead_ms_.load();
    if (!ahead_ms_.compare_exchange_strong(ahead, ahead - step)) return;
    Logger("clock")->warn(
        "the system's clock was set back step_ms={}: time goes on from where it was until a restart", step);
  }
}

TimePoint Clock::Now() const {
  const std::int64_t frozen_at = frozen_at_ms_.load(std::memory_order_relaxed);
  if (frozen_at != kRunning) return TimePoint{milliseconds{frozen_at}};
  return TimePoint{Unmoved() + milliseconds{offset_ms_.load(std::memory_order_relaxed)}};
}

void Clock::Advance(milliseconds by) {
  if (by.count() < 0) throw std::invalid_argument("the clock moves forward only");
  const TimePoint now = Now();
  const std::scoped_lock lock(mutex_);
  if (by > kEnd - now) throw std::out_of_range("the clock ends with the year 9999");
  offset_ms_.fetch_add(by.count(), std::memory_order_relaxed);
  if (frozen()) frozen_at_ms_.fetch_add(by.count(), std::memory_order_relaxed);
  TellAll();
}

void Clock::Freeze() {
  const TimePoint now = Now();
  const std::scoped_lock lock(mutex_);
  if (frozen()) return;
  frozen_at_ms_.store(now.time_since_epoch().count(), std::memory_order_relaxed);
  TellAll();
}

void Clock::Resume() {
  const milliseconds unmoved = Unmoved();
  const std::scoped_lock lock(mutex_);
  const std::int64_t frozen_at = frozen_at_ms_.load(std::memory_order_relaxed);
  if (frozen_at == kRunning) return;
  offset_ms_.store(frozen_at - unmoved.count(), std::memory_order_relaxed);
  frozen_at_ms_.store(kRunning, std::memory_order_relaxed);
  TellAll();
}

void Clock::TakeBack() { Restore({}); }

milliseconds Clock::offset() const {
  return Now().time_since_epoch() - Unmoved() + milliseconds{ahead_ms_.load(std::memory_order_relaxed)};
}

Clock::Setting Clock::setting() const {
  const std::scoped_lock lock(mutex_);
  Setting setting{.offset = milliseconds{offset_ms_.load(std::memory_order_relaxed)}, .frozen_at = {}};
  if (frozen()) setting.frozen_at.emplace(milliseconds{frozen_at_ms_.load(std::memory_order_relaxed)});
  return setting;
}

void Clock::Restore(const Setting& setting) {
  const std::scoped_lock lock(mutex_);
  offset_ms_.store(setting.offset.count(), std::memory_order_relaxed);
  frozen_at_ms_.store(setting.frozen_at ? setting.frozen_at->time_since_epoch().count() : kRunning,
                      std::memory_order_relaxed);
  TellAll();
}

void Clock::TellAll() const {
  for (const auto& [key, callback] : callbacks_) callback();
}

std::uint64_t Clock::OnAdvance(std::function<void()> callback) {
  const std::scoped_lock lock(mutex_);
  const std::uint64_t key = next_key_++;
  callbacks_.emplace(key, std::move(callback));
  return key;
}

void Clock::RemoveOnAdvance(std::uint64_t key) {
  const std::scoped_lock lock(mutex_);
  callbacks_.erase(key);
}

}  // namespace cumulite::base
