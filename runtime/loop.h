#pragma once
#include <chrono>
#include <coroutine>
#include <cstdint>
#include <functional>
#include <map>
#include <span>

#include "base/clock.h"

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
    void Arm(Loop& loop, base::TimePoint due);
    void Disarm();
    bool armed() const { return loop_ != nullptr; }

   private:
    friend class Loop;
    std::function<void()> fire_;
    Loop* loop_ = nullptr;
    std::multimap<base::TimePoint, Timer*>::iterator position_;
  };

  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  /// The loop of the calling thread. Calling it on any other thread is a defect.
  static Loop& Current();
  /// The same, or null off the I/O threads.
  static Loop* CurrentOrNull();

  /// Runs `work` on this loop's thread, soon. Thread: any.
  virtual void Post(std::function<void()> work) = 0;

  const base::Clock& clock() const { return clock_; }

 protected:
  explicit Loop(const base::Clock& clock) : clock_(clock) {}
  virtual ~Loop() = default;

  static void SetCurrent(Loop* loop);

  /// Fires all timers that are due now; returns when the next one is (max() if there is none). Owner thread.
  base::TimePoint FireDueTimers();
  /// The earliest armed timer changed: the implementation moves its wake-up to `due`. Owner thread.
  virtual void ScheduleWakeUp(base::TimePoint due) = 0;

 private:
  const base::Clock& clock_;
  std::multimap<base::TimePoint, Timer*> timers_;
};

}  // namespace cumulite::runtime
