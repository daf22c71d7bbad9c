#pragma once
#include <atomic>
#include <coroutine>
#include <cstddef>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <optional>

#include "base/clock.h"
#include "runtime/cancel.h"
#include "runtime/loop.h"

namespace cumulite::runtime {

/// Wakes coroutines that wait for something to appear, first come first served.
///
/// Subscribe before looking, look, then wait: whatever appears after the look finds the subscription.
/// Notify(n) wakes the n that have waited longest and nobody else, so ten thousand long polls on a queue cost
/// one resumption a message. A subscription that ends without having used its wake-up hands it to the next.
/// Thread: Notify from any; a Subscription belongs to the loop on which it was made.
class Signal {
 public:
  enum class Wake { kNotified, kDeadline, kCancelled };
  class Subscription;

  Signal() = default;
  Signal(const Signal&) = delete;
  Signal& operator=(const Signal&) = delete;

  void Notify(std::size_t count = 1);
  void NotifyAll();

  /// How many subscriptions stand in line; cheap enough to ask on every send.
  std::size_t waiting() const { return waiting_.load(std::memory_order_relaxed); }

 private:
  struct Waiter;
  using Line = std::list<std::shared_ptr<Waiter>>;

  std::mutex mutex_;
  Line line_;
  std::atomic<std::size_t> waiting_ = 0;
};

/// One place in the line, from the look until the wait ends.
class Signal::Subscription {
 public:
  explicit Subscription(Signal& signal);
  Subscription(const Subscription&) = delete;
  Subscription& operator=(const Subscription&) = delete;
  ~Subscription();

  /// Waits for a Notify, for `deadline` on the virtual clock, or for `cancel` (may be null).
  /// Look once more whatever the result: a notification may have come together with the deadline.
  class Awaiter;
  Awaiter Until(base::TimePoint deadline, Cancel* cancel);

 private:
  Signal& signal_;
  std::shared_ptr<Waiter> waiter_;
};

/// What co_await sees of Until.
class Signal::Subscription::Awaiter {
 public:
  Awaiter(Subscription& subscription, base::TimePoint deadline, Cancel* cancel);
  bool await_ready();
  bool await_suspend(std::coroutine_handle<> handle);
  Wake await_resume();

 private:
  Subscription& subscription_;
  const base::TimePoint deadline_;
  Cancel* const cancel_;
  Loop::Timer timer_;
  std::optional<Cancel::Registration> registration_;
};

}  // namespace cumulite::runtime
