#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>

namespace cumulite::base {

/// A moment of the one clock that every service reads; milliseconds since the Unix epoch, UTC.
using TimePoint = std::chrono::sys_time<std::chrono::milliseconds>;

/// The only source of "now" for anything that AWS measures in time (visibility, retention, expiry, ...).
///
/// Now is the system's time plus an offset that tests and the admin API move forward; whoever waits for a
/// moment registers with OnAdvance so that a jump is seen at once. Latencies and network time-outs use the
/// steady clock instead.
/// Thread: any.
class Clock {
 public:
  Clock() = default;
  /// A clock that stands still at `frozen_at` and moves by Advance only: for tests.
  explicit Clock(TimePoint frozen_at) : frozen_at_(frozen_at), frozen_(true) {}
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;

  TimePoint Now() const;

  /// Moves time forward (never back) and runs every OnAdvance callback on the calling thread.
  void Advance(std::chrono::milliseconds by);

  /// How far Advance has moved this clock from the system's time.
  std::chrono::milliseconds offset() const;

  /// Registers a callback for jumps; it must only post work elsewhere. Returns a key for RemoveOnAdvance.
  std::uint64_t OnAdvance(std::function<void()> callback);
  /// After this returns the callback is not running and never runs again.
  void RemoveOnAdvance(std::uint64_t key);

 private:
  const TimePoint frozen_at_{};
  const bool frozen_ = false;
  std::atomic<std::int64_t> offset_ms_{0};
  std::mutex mutex_;
  std::uint64_t next_key_ = 1;
  std::map<std::uint64_t, std::function<void()>> callbacks_;
};

}  // namespace cumulite::base
