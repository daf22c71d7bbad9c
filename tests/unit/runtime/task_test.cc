#include "runtime/task.h"

#include <stdexcept>

namespace cumulite::runtime {
namespace {

/// Something to wait for, resumed by hand.
class Gate {
 public:
  bool await_ready() const { return false; }
  void await_suspend(std::coroutine_handle<> handle) { waiting_ = handle; }
  void await_resume() const {}
  void Open() { std::exchange(waiting_, nullptr).resume(); }
  bool waited_for() const { return waiting_ != nullptr; }

 private:
  std::coroutine_handle<> waiting_;
};

Task<int> Ready(int value) { co_return value; }

Task<int> After(Gate& gate, int value) {
  co_await gate;
  co_return value;
}

Task<int> ThrowAfter(Gate& gate) {
  co_await gate;
  throw std::runtime_error("broken");
}

TEST(TaskTest, RunsWhenItIsCalled) {
  Task<int> task = Ready(7);
  ASSERT_TRUE(task.done());
  EXPECT_EQ(task.Get(), 7);
}

TEST(TaskTest, WaitsAndIsResumed) {
  Gate gate;
  Task<int> task = After(gate, 7);
  EXPECT_FALSE(task.done());
  gate.Open();
  ASSERT_TRUE(task.done());
  EXPECT_EQ(task.Get(), 7);
}

TEST(TaskTest, ResumesWhoeverAwaitsIt) {
  Gate gate;
  const auto sum = [](Gate& inner) -> Task<int> {
    const int first = co_await After(inner, 1);
    const int second = co_await Ready(2);
    co_return first + second;
  };
  Task<int> task = sum(gate);
  EXPECT_FALSE(task.done());
  gate.Open();
  EXPECT_EQ(task.Get(), 3);
}

TEST(TaskTest, GivesAValueThatCanOnlyBeMoved) {
  const auto make = []() -> Task<std::unique_ptr<int>> { co_return std::make_unique<int>(5); };
  EXPECT_EQ(*make().Get(), 5);
}

TEST(TaskTest, AnExceptionReachesWhoeverAwaits) {
  Gate gate;
  const auto guarded = [](Gate& inner) -> Task<std::string> {
    try {
      co_await ThrowAfter(inner);
    } catch (const std::runtime_error& error) {
      co_return error.what();
    }
    co_return "no exception";
  };
  Task<std::string> task = guarded(gate);
  gate.Open();
  EXPECT_EQ(task.Get(), "broken");
}

TEST(TaskTest, AnExceptionWithoutAWaitReachesGet) {
  const auto failing = []() -> Task<> {
    throw std::runtime_error("at once");
    co_return;
  };
  Task<> task = failing();
  ASSERT_TRUE(task.done());
  EXPECT_THROW(task.Get(), std::runtime_error);
}

/// Tells by a shared count whether the coroutine that holds it is still alive.
Task<> Hold(std::shared_ptr<int> held, Gate& gate) {
  co_await gate;
  ++*held;
}

TEST(TaskTest, ADetachedTaskFreesItselfAtItsEnd) {
  Gate gate;
  const auto held = std::make_shared<int>(0);
  Hold(held, gate).Detach();
  EXPECT_EQ(held.use_count(), 2);
  gate.Open();
  EXPECT_EQ(*held, 1);
  EXPECT_EQ(held.use_count(), 1) << "its frame is gone";
}

TEST(TaskTest, DetachingAFinishedTaskFreesIt) {
  const auto held = std::make_shared<int>(0);
  const auto finish = [](std::shared_ptr<int>) -> Task<> { co_return; };
  finish(held).Detach();
  EXPECT_EQ(held.use_count(), 1);
}

TEST(TaskTest, ALongLoopOfReadyTasksNeedsNoStack) {
  const auto loop = [](int rounds) -> Task<long> {
    long sum = 0;
    for (int i = 0; i < rounds; ++i) sum += co_await Ready(1);
    co_return sum;
  };
  EXPECT_EQ(loop(1'000'000).Get(), 1'000'000);
}

TEST(TaskTest, ALongLoopOfWaitingTasksNeedsNoStack) {
  Gate gate;
  const auto loop = [](Gate& inner, int rounds) -> Task<long> {
    long sum = 0;
    for (int i = 0; i < rounds; ++i) sum += co_await After(inner, 1);
    co_return sum;
  };
  constexpr int kRounds = 300'000;
  Task<long> task = loop(gate, kRounds);
  for (int i = 0; i < kRounds; ++i) {
    ASSERT_TRUE(gate.waited_for());
    gate.Open();
  }
  EXPECT_EQ(task.Get(), kRounds);
}

}  // namespace
}  // namespace cumulite::runtime
