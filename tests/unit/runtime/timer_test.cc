#include <memory>

#include "runtime/loop.h"
#include "tests/support/manual_loop.h"

namespace cumulite::runtime {
namespace {
using namespace std::chrono_literals;
using base::TimePoint;

class TimerTest : public testing::Test {
 protected:
  TimePoint In(std::chrono::milliseconds delay) const { return clock_.Now() + delay; }
  /// A callback that notes that `name` fired.
  std::function<void()> Note(std::string name) {
    return [this, noted = std::move(name)] { fired_.push_back(noted); };
  }
  void Advance(std::chrono::milliseconds by) {
    clock_.Advance(by);
    loop_.RunUntilIdle();
  }

  base::Clock clock_{TimePoint{}};
  test_support::ManualLoop loop_{clock_};
  std::vector<std::string> fired_;
};

TEST_F(TimerTest, FireInTheOrderOfTheirTimesAndNeverEarly) {
  Loop::Timer late(Note("late")), early(Note("early"));
  late.Arm(loop_, In(2s));
  early.Arm(loop_, In(1s));
  Advance(999ms);
  EXPECT_TRUE(fired_.empty());
  Advance(1ms);
  EXPECT_EQ(fired_, std::vector<std::string>{"early"});
  EXPECT_FALSE(early.armed());
  Advance(1s);
  EXPECT_EQ(fired_, (std::vector<std::string>{"early", "late"}));
}

TEST_F(TimerTest, OneJumpFiresAllThatAreDueInOrder) {
  Loop::Timer c(Note("c")), a(Note("a")), b(Note("b"));
  c.Arm(loop_, In(3s));
  a.Arm(loop_, In(1s));
  b.Arm(loop_, In(1s));  // the same moment as a: first armed, first fired
  b.Arm(loop_, In(2s));
  Advance(1h);
  EXPECT_EQ(fired_, (std::vector<std::string>{"a", "b", "c"}));
}

TEST_F(TimerTest, ATimerIsMovedAndDisarmed) {
  Loop::Timer moved(Note("moved")), disarmed(Note("disarmed"));
  moved.Arm(loop_, In(1s));
  moved.Arm(loop_, In(5s));
  disarmed.Arm(loop_, In(1s));
  disarmed.Disarm();
  {
    Loop::Timer gone(Note("gone"));
    gone.Arm(loop_, In(1s));
  }
  Advance(2s);
  EXPECT_TRUE(fired_.empty());
  Advance(3s);
  EXPECT_EQ(fired_, std::vector<std::string>{"moved"});
}

TEST_F(TimerTest, ACallbackMayArmItsTimerAgain) {
  int times = 0;
  Loop::Timer tick([&] {
    if (++times < 3) tick.Arm(loop_, In(1s));
  });
  tick.Arm(loop_, In(1s));
  Advance(1s);
  EXPECT_EQ(times, 1);
  Advance(1s);
  Advance(10s);
  EXPECT_EQ(times, 3);
  EXPECT_FALSE(tick.armed());
}

TEST_F(TimerTest, ACallbackMayDestroyItsTimerAndOthers) {
  auto other = std::make_unique<Loop::Timer>(Note("other"));
  std::unique_ptr<Loop::Timer> self;
  self = std::make_unique<Loop::Timer>([&] {
    other.reset();
    self.reset();
  });
  self->Arm(loop_, In(1s));
  other->Arm(loop_, In(1s));
  Advance(1s);
  EXPECT_TRUE(fired_.empty()) << "the other was destroyed before its turn";
}

TEST_F(TimerTest, TheCurrentLoopIsTheThreadsOwn) {
  EXPECT_EQ(&Loop::Current(), &loop_);
  EXPECT_EQ(Loop::CurrentOrNull(), &loop_);
}

}  // namespace
}  // namespace cumulite::runtime
