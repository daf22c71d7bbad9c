#pragma once
#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <utility>

#include "base/clock.h"
#include "runtime/loop.h"
#include "runtime/task.h"

namespace cumulite::test_support {

/// A Loop that the test drives by hand on its own thread; timers fire on the clock given.
///
/// It is the thread's current loop from its construction on, and while one of its Run functions runs.
class ManualLoop : public runtime::Loop {
 public:
  explicit ManualLoop(base::Clock& clock)
      : Loop(clock),
        clock_(clock),
        previous_(CurrentOrNull()),
        advance_key_(clock.OnAdvance([this] { Wake(); })) {
    SetCurrent(this);
  }
  ~ManualLoop() override {
    clock_.RemoveOnAdvance(advance_key_);
    SetCurrent(previous_);
  }

  void Post(std::function<void()> work) override {
    // Notified under the lock: the work may end the test, and with it this loop.
    const std::scoped_lock lock(mutex_);
    queue_.push_back(std::move(work));
    wake_.notify_all();
  }

  /// Makes this the thread's loop again, for a test with several on one thread.
  void MakeCurrent() { SetCurrent(this); }

  /// Runs what is posted and what is due until neither is left.
  void RunUntilIdle() {
    SetCurrent(this);
    do {
      FireDueTimers();
    } while (RunPosted());
  }

  /// The same, and waits for other threads' posts and the clock's jumps until `finished` holds.
  /// Errors: std::runtime_error when it does not within `patience` of real time, so that a test fails and
  /// does not hang.
  void RunUntil(const std::function<bool()>& finished,
                std::chrono::seconds patience = std::chrono::seconds{20}) {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    for (RunUntilIdle();; RunUntilIdle()) {
      const std::uint64_t ran = ran_;
      if (finished()) return;
      // It may have run this loop itself, and with it what it waits for.
      if (ran_ != ran && std::chrono::steady_clock::now() < deadline) continue;
      std::unique_lock lock(mutex_);
      if (!wake_.wait_until(lock, deadline, [this] { return woken_ || !queue_.empty(); })) {
        throw std::runtime_error("ManualLoop: what the test waits for did not happen");
      }
      woken_ = false;
    }
  }

  /// Runs until the task is done and gives its result, or rethrows what it threw.
  template <class T>
  T Get(runtime::Task<T> task) {
    RunUntil([&task] { return task.done(); });
    return task.Get();
  }

 private:
  bool RunPosted() {
    std::deque<std::function<void()>> batch;
    {
      const std::scoped_lock lock(mutex_);
      batch.swap(queue_);
    }
    for (auto& work : batch) work();
    ran_ += batch.size();
    return !batch.empty();
  }

  void Wake() {
    const std::scoped_lock lock(mutex_);
    woken_ = true;
    wake_.notify_all();
  }

  void ScheduleWakeUp(base::TimePoint) override {}  // RunUntilIdle looks at the timers itself

  base::Clock& clock_;
  runtime::Loop* const previous_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> queue_;
  bool woken_ = false;
  std::uint64_t ran_ = 0;  // what was posted
  const std::uint64_t advance_key_;
};

}  // namespace cumulite::test_support
