#include "runtime/signal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "runtime/task.h"
#include "tests/support/manual_loop.h"

namespace cumulite::runtime {
namespace {
using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using Wake = Signal::Wake;

class SignalTest : public testing::Test {
 protected:
  Task<void> Wait(int name, base::TimePoint deadline, Cancel* cancel) {
    Signal::Subscription place(signal_);
    const Wake wake = co_await place.Until(deadline, cancel);
    woken_.push_back({name, wake});
  }
  void Start(int name, Cancel* cancel = nullptr) { Wait(name, clock_.Now() + 20s, cancel).Detach(); }

  base::Clock clock_{base::TimePoint{1'700'000'000s}};
  test_support::ManualLoop loop_{clock_};
  Signal signal_;
  std::vector<std::pair<int, Wake>> woken_;
};

TEST_F(SignalTest, WakesThoseThatHaveWaitedLongestAndNobodyElse) {
  for (int name = 1; name <= 4; ++name) Start(name);
  signal_.Notify(2);
  loop_.RunUntilIdle();
  EXPECT_THAT(woken_, ElementsAre(std::pair{1, Wake::kNotified}, std::pair{2, Wake::kNotified}));
  EXPECT_EQ(signal_.waiting(), 2u);
  signal_.NotifyAll();
  loop_.RunUntilIdle();
  EXPECT_EQ(woken_.size(), 4u);
}

TEST_F(SignalTest, WaitEndsAtItsDeadlineOnTheVirtualClock) {
  Start(1);
  clock_.Advance(19'999ms);
  loop_.RunUntilIdle();
  EXPECT_THAT(woken_, IsEmpty());
  clock_.Advance(1ms);
  loop_.RunUntilIdle();
  EXPECT_THAT(woken_, ElementsAre(std::pair{1, Wake::kDeadline}));
  EXPECT_EQ(signal_.waiting(), 0u);
}

TEST_F(SignalTest, NotificationBetweenLookAndWaitIsNotLost) {
  Signal::Subscription place(signal_);
  signal_.Notify();
  Task<void> task = [](Signal::Subscription& waited, base::TimePoint deadline) -> Task<void> {
    co_await waited.Until(deadline, nullptr);
  }(place, clock_.Now() + 20s);
  EXPECT_TRUE(task.done());
}

TEST_F(SignalTest, SubscriptionThatEndsUnusedPassesItsWakeUpOn) {
  {
    Signal::Subscription first(signal_);
    Start(2);
    signal_.Notify();
    loop_.RunUntilIdle();
    EXPECT_THAT(woken_, IsEmpty()) << "it is the first one's";
  }
  loop_.RunUntilIdle();
  EXPECT_THAT(woken_, ElementsAre(std::pair{2, Wake::kNotified}));
}

TEST_F(SignalTest, CancelledWaiterPassesItsWakeUpOn) {
  Cancel cancel;
  Start(1, &cancel);
  Start(2);
  signal_.Notify();
  cancel.Request();  // before the loop came to resume the first
  loop_.RunUntilIdle();
  EXPECT_THAT(woken_, ElementsAre(std::pair{1, Wake::kCancelled}, std::pair{2, Wake::kNotified}));
}

TEST_F(SignalTest, WaitBeginsToWatchTheClient) {
  int watches = 0;
  Cancel cancel([&watches] { ++watches; });
  EXPECT_EQ(watches, 0);
  Start(1, &cancel);
  Start(2, &cancel);
  EXPECT_EQ(watches, 1);
  cancel.Request();
  EXPECT_EQ(woken_.size(), 2u) << "one request may wait in several places";
}

TEST_F(SignalTest, EveryNotificationOfManyThreadsWakesOneWaiter) {
  constexpr int kWaiters = 1'000;
  for (int name = 0; name < kWaiters; ++name) Start(name);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([this] {
      for (int j = 0; j < 200; ++j) signal_.Notify();
    });
  }
  for (auto& thread : threads) thread.join();
  loop_.RunUntilIdle();
  EXPECT_EQ(woken_.size(), 800u);
  clock_.Advance(20s);
  loop_.RunUntilIdle();
  EXPECT_EQ(woken_.size(), 1'000u);
}

}  // namespace
}  // namespace cumulite::runtime
