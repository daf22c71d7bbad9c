#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>

namespace cumulite::base {

/// A moment of the one clock that every service reads; milliseconds since the Unix epoch, UTC.
using TimePoint = std::chrono::sys_time<std::chrono::milliseconds>;

/// The only source of "now" for anything that AWS measures in time (visibility, retention, expiry, ...).
///
/// Now is the system's time plus an offset that tests and the admin API move; whoever waits for a moment
/// registers with OnAdvance so that a jump is seen at once. Between two jumps it goes with the steady clock:
/// a system clock that is set back makes nobody wait longer, one that is set forward (or a machine that
/// slept) takes this clock along. Latencies and network time-outs use the steady clock itself. Thread: any.
class Clock {
 public:
  Clock() : Clock(Source{}) {}
  /// A clock that stands still at `frozen_at` and moves by Advance only: for tests.
  explicit Clock(TimePoint frozen_at) : test_at_(frozen_at), test_(true) {}
  /// Where the time comes from, in milliseconds: the kernel's clocks, unless a test stands for them.
  struct Source {
    std::int64_t (*system)() = nullptr;
    std::int64_t (*steady)() = nullptr;
  };
  explicit Clock(Source source);
  Clock(const Clock&) = delete;
  Clock& operator=(const Clock&) = delete;

  /// The end of time: years of more than four digits have no place in AWS's formats.
  static constexpr TimePoint kEnd{
      std::chrono::milliseconds{253'402'300'799'999}};  // 9999-12-31T23:59:59.999Z

  TimePoint Now() const;

  /// Moves time forward and runs every OnAdvance callback on the calling thread, as all below do.
  /// Errors: std::invalid_argument for a negative time; std::out_of_range beyond kEnd; nothing is moved then.
  void Advance(std::chrono::milliseconds by);
  /// Time stands still until Resume, but for Advance; it then goes on from there.
  void Freeze();
  void Resume();
  /// Back to the system's time, running.
  void TakeBack();

  /// How far this clock is from the system's time.
  std::chrono::milliseconds offset() const;
  bool frozen() const { return frozen_at_ms_.load(std::memory_order_relaxed) != kRunning; }

  /// What Advance, Freeze and Resume have made of the clock, to be kept over a restart.
  struct Setting {
    std::chrono::milliseconds offset{0};
    std::optional<TimePoint> frozen_at;
  };
  Setting setting() const;
  void Restore(const Setting& setting);

  /// Registers a callback for jumps; it must only post work elsewhere. Returns a key for RemoveOnAdvance.
  std::uint64_t OnAdvance(std::function<void()> callback);
  /// After this returns the callback is not running and never runs again.
  void RemoveOnAdvance(std::uint64_t key);

 private:
  static constexpr std::int64_t kRunning = INT64_MIN;

  /// Without the offset: the system's time when the clock was made, and what has passed since.
  std::chrono::milliseconds Unmoved() const;
  /// The system's clock is not where the steady one says that it must be.
  void FollowStep(std::int64_t start_ms) const;
  void TellAll() const;  // with the mutex held

  const TimePoint test_at_{};
  const bool test_ = false;
  const Source source_{};
  /// The system's time less the steady clock's; moves when the system's clock is set forward.
  mutable std::atomic<std::int64_t> start_ms_{0};
  mutable std::atomic<std::int64_t> ahead_ms_{0};  // of a system clock that was set back
  std::atomic<std::int64_t> offset_ms_{0};
  std::atomic<std::int64_t> frozen_at_ms_{kRunning};
  mutable std::mutex mutex_;
  std::uint64_t next_key_ = 1;
  std::map<std::uint64_t, std::function<void()>> callbacks_;
};

}  // namespace cumulite::base
