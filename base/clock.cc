#include "base/clock.h"

#include <stdexcept>
#include <utility>

namespace cumulite::base {

TimePoint Clock::Now() const {
  const std::chrono::milliseconds offset{offset_ms_.load(std::memory_order_relaxed)};
  if (frozen_) return frozen_at_ + offset;
  return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now()) + offset;
}

void Clock::Advance(std::chrono::milliseconds by) {
  if (by.count() < 0) throw std::invalid_argument("the clock moves forward only");
  const std::scoped_lock lock(mutex_);
  offset_ms_.fetch_add(by.count(), std::memory_order_relaxed);
  for (const auto& [key, callback] : callbacks_) callback();
}

std::chrono::milliseconds Clock::offset() const {
  return std::chrono::milliseconds{offset_ms_.load(std::memory_order_relaxed)};
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
