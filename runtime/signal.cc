#include "runtime/signal.h"

#include <iterator>
#include <utility>

namespace cumulite::runtime {

struct Signal::Waiter {
  // Guarded by the signal's mutex.
  Line::iterator position;
  bool in_line = true;
  bool notified = false;  // and not used yet
  Loop* loop = nullptr;   // set while it waits
  // The waiter's loop only.
  std::coroutine_handle<> handle;

  void Resume() {
    if (const auto resumed = std::exchange(handle, nullptr)) resumed.resume();
  }
};

void Signal::Notify(std::size_t count) {
  if (waiting() == 0) return;
  const std::scoped_lock lock(mutex_);
  for (; count > 0 && !line_.empty(); --count) {
    const std::shared_ptr<Waiter> first = std::move(line_.front());
    line_.pop_front();
    waiting_.fetch_sub(1, std::memory_order_relaxed);
    first->in_line = false;
    first->notified = true;
    if (first->loop != nullptr) first->loop->Post([first] { first->Resume(); });
  }
}

void Signal::NotifyAll() { Notify(static_cast<std::size_t>(-1)); }

Signal::Subscription::Subscription(Signal& signal) : signal_(signal), waiter_(std::make_shared<Waiter>()) {
  const std::scoped_lock lock(signal_.mutex_);
  signal_.line_.push_back(waiter_);
  waiter_->position = std::prev(signal_.line_.end());
  signal_.waiting_.fetch_add(1, std::memory_order_relaxed);
}

Signal::Subscription::~Subscription() {
  bool pass_on = false;
  {
    const std::scoped_lock lock(signal_.mutex_);
    if (waiter_->in_line) {
      signal_.line_.erase(waiter_->position);
      signal_.waiting_.fetch_sub(1, std::memory_order_relaxed);
    }
    pass_on = waiter_->notified;
  }
  if (pass_on) signal_.Notify();
}

Signal::Subscription::Awaiter Signal::Subscription::Until(base::TimePoint deadline, Cancel* cancel) {
  return Awaiter(*this, deadline, cancel);
}

Signal::Subscription::Awaiter::Awaiter(Subscription& subscription, base::TimePoint deadline, Cancel* cancel)
    : subscription_(subscription),
      deadline_(deadline),
      cancel_(cancel),
      timer_([this] { subscription_.waiter_->Resume(); }) {}

bool Signal::Subscription::Awaiter::await_ready() {
  return (cancel_ != nullptr && cancel_->requested()) || Loop::Current().clock().Now() >= deadline_;
}

bool Signal::Subscription::Awaiter::await_suspend(std::coroutine_handle<> handle) {
  Waiter& waiter = *subscription_.waiter_;
  Loop& loop = Loop::Current();
  {
    const std::scoped_lock lock(subscription_.signal_.mutex_);
    if (waiter.notified) return false;
    waiter.loop = &loop;
  }
  timer_.Arm(loop, deadline_);
  if (cancel_ != nullptr) {
    registration_.emplace(*cancel_, [&waiter] { waiter.Resume(); });
    // The watch that just began may have found the client gone. Only now may Resume find a handle: it would
    // have freed this awaiter during emplace.
    if (cancel_->requested()) return false;
  }
  waiter.handle = handle;
  return true;
}

Signal::Wake Signal::Subscription::Awaiter::await_resume() {
  timer_.Disarm();
  registration_.reset();
  // A cancelled wait leaves its notification unused, and so passes it on.
  if (cancel_ != nullptr && cancel_->requested()) return Wake::kCancelled;
  const std::scoped_lock lock(subscription_.signal_.mutex_);
  Waiter& waiter = *subscription_.waiter_;
  waiter.loop = nullptr;
  return std::exchange(waiter.notified, false) ? Wake::kNotified : Wake::kDeadline;
}

}  // namespace cumulite::runtime
