#include "runtime/loop.h"

#include <cstdlib>

namespace cumulite::runtime {
namespace {
thread_local Loop* current_loop = nullptr;
}

Loop& Loop::Current() {
  if (current_loop == nullptr) std::abort();
  return *current_loop;
}

Loop* Loop::CurrentOrNull() { return current_loop; }

void Loop::SetCurrent(Loop* loop) { current_loop = loop; }

void Loop::Timer::Arm(Loop& loop, base::TimePoint due) {
  Disarm();
  loop_ = &loop;
  position_ = loop.timers_.emplace(due, this);
  if (position_ == loop.timers_.begin()) loop.ScheduleWakeUp(due);
}

void Loop::Timer::Disarm() {
  if (loop_ == nullptr) return;
  loop_->timers_.erase(position_);
  loop_ = nullptr;
}

base::TimePoint Loop::FireDueTimers() {
  const base::TimePoint now = clock_.Now();
  while (!timers_.empty() && timers_.begin()->first <= now) {
    Timer& timer = *timers_.begin()->second;
    timer.Disarm();
    timer.fire_();  // may destroy the timer
  }
  return timers_.empty() ? base::TimePoint::max() : timers_.begin()->first;
}

}  // namespace cumulite::runtime
