#pragma once
#include <chrono>
#include <coroutine>
#include <cstdint>
#include <functional>
#include <map>
#include <span>

#include "config/clock.h"

namespace cumulite::runtime {

/// One I/O thread, as services see it: a place to post work to, and timers on the virtual clock.
///
/// `server/` implements it over Asio, `tests/support/manual_loop.h` by hand. A coroutine that starts on a
/// loop is resumed on that loop only.
class Loop {
 public:
  /// A callback at a moment of the virtual clock. Owned by whoever waits; disarmed by its destructor.
  class Timer {
   public:
    explicit Timer(std::function<void()> fire) : fire_(std::move(fire)) {}
    Timer(const Timer&) = delete;
    Timer& operator=(const Timer&) = delete;
    ~Timer() { Disarm(); }

    /// Arms (or moves) the timer; `loop` must be the current one.
    void Arm(Loop& loop, config::TimePoint due);
    void Disarm();
    bool armed() const { return loop_ != nullptr; }

   private:
    friend class Loop;
    std::function<void()> fire_;
    Loop* loop_ = nullptr;
    std::multimap<config::TimePoint, Timer*>::iterator position_;
  };

  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  /// The loop of the calling thread. Calling it on any other thread is a defect.
  static Loop& Current();
  /// The same, or null off the I/O threads.
  static Loop* CurrentOrNull();

  /// Runs `work` on this loop's thread, soon. Thread: any.
  virtual void Post(std::function<void()> work) = 0;

  const config::Clock& clock() const { return clock_; }

 protected:
  explicit Loop(const config::Clock& clock) : clock_(clock) {}
  virtual ~Loop() = default;

  static void SetCurrent(Loop* loop);

  /// Fires all timers that are due now; returns when the next one is (max() if there is none). Owner thread.
  config::TimePoint FireDueTimers();
  /// The earliest armed timer changed: the implementation moves its wake-up to `due`. Owner thread.
  virtual void ScheduleWakeUp(config::TimePoint due) = 0;

 private:
  const config::Clock& clock_;
  std::multimap<config::TimePoint, Timer*> timers_;
};

}  // namespace cumulite::runtime
