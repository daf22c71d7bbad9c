#include "runtime/cancel.h"

#include <memory>
#include <optional>

#include "runtime/signal.h"
#include "runtime/task.h"
#include "tests/support/manual_loop.h"

namespace cumulite::runtime {
namespace {
using namespace std::chrono_literals;

TEST(CancelTest, ARequestRunsEveryRegistrationOnce) {
  Cancel cancel;
  int calls = 0;
  Cancel::Registration first(cancel, [&] { ++calls; }), second(cancel, [&] { ++calls; });
  {
    Cancel::Registration gone(cancel, [&] { calls += 100; });
  }
  EXPECT_FALSE(cancel.requested());
  cancel.Request();
  cancel.Request();
  EXPECT_TRUE(cancel.requested());
  EXPECT_EQ(calls, 2);
}

TEST(CancelTest, ACallbackMayEndItsOwnRegistrationAndOthers) {
  Cancel cancel;
  std::optional<Cancel::Registration> first, second;
  bool second_called = false;
  first.emplace(cancel, [&] {
    second.reset();
    first.reset();
  });
  second.emplace(cancel, [&] { second_called = true; });
  cancel.Request();
  EXPECT_FALSE(second_called);
}

Task<Signal::Wake> WaitFor(Signal& signal, base::TimePoint deadline, Cancel& cancel) {
  Signal::Subscription subscription(signal);
  co_return co_await subscription.Until(deadline, &cancel);
}

/// Waits for something else before it begins the first wait that can be cancelled.
Task<Signal::Wake> WaitLater(Signal& signal, base::Clock& clock, Cancel& cancel) {
  Signal::Subscription subscription(signal);
  co_await subscription.Until(clock.Now() + 1s, nullptr);
  co_return co_await subscription.Until(clock.Now() + 20s, &cancel);
}

/// As a handler does: awaits it, and so frees its frame the moment it ends.
Task<Signal::Wake> Handle(Signal& signal, base::Clock& clock, Cancel& cancel) {
  const Signal::Wake wake = co_await WaitLater(signal, clock, cancel);
  co_return wake;
}

TEST(CancelTest, AWatchThatFindsTheClientGoneEndsTheWaitThatStartedIt) {
  base::Clock clock(base::TimePoint{});
  test_support::ManualLoop loop(clock);
  Signal signal;
  Cancel* watched = nullptr;
  Cancel cancel([&] { watched->Request(); });
  watched = &cancel;
  Task<Signal::Wake> task = Handle(signal, clock, cancel);
  EXPECT_FALSE(task.done());
  clock.Advance(1s);
  loop.RunUntilIdle();
  ASSERT_TRUE(task.done());
  EXPECT_EQ(task.Get(), Signal::Wake::kCancelled);
}

TEST(CancelTest, AWaitThatBeginsCancelledEndsAtOnce) {
  base::Clock clock(base::TimePoint{});
  test_support::ManualLoop loop(clock);
  Signal signal;
  Cancel cancel;
  cancel.Request();
  Task<Signal::Wake> task = WaitFor(signal, clock.Now() + 20s, cancel);
  ASSERT_TRUE(task.done());
  EXPECT_EQ(task.Get(), Signal::Wake::kCancelled);
}

}  // namespace
}  // namespace cumulite::runtime
