#include "runtime/alarm.h"

#include <gtest/gtest.h>

#include <thread>

#include "tests/support/manual_loop.h"

namespace cumulite::runtime {
namespace {
using namespace std::chrono_literals;

class AlarmTest : public testing::Test {
 protected:
  void Advance(std::chrono::seconds by) {
    clock_.Advance(by);
    loop_.RunUntilIdle();
  }

  base::Clock clock_{base::TimePoint{1'700'000'000s}};
  test_support::ManualLoop loop_{clock_};
  int rings_ = 0;
  Alarm alarm_{[this] { ++rings_; }};
};

TEST_F(AlarmTest, RingsOnceAtTheEarliestTimeAskedFor) {
  alarm_.SetAtMost(clock_.Now() + 60s);
  alarm_.SetAtMost(clock_.Now() + 10s);
  alarm_.SetAtMost(clock_.Now() + 30s);
  Advance(9s);
  EXPECT_EQ(rings_, 0);
  Advance(1s);
  EXPECT_EQ(rings_, 1);
  Advance(1'000s);
  EXPECT_EQ(rings_, 1);
  alarm_.SetAtMost(clock_.Now() + 5s);
  Advance(5s);
  EXPECT_EQ(rings_, 2);
}

TEST_F(AlarmTest, CancelledOneStaysSilent) {
  alarm_.SetAtMost(clock_.Now() + 10s);
  alarm_.Cancel();
  Advance(10s);
  EXPECT_EQ(rings_, 0);
}

TEST_F(AlarmTest, RingsOnItsHomeLoopWhoeverSetsIt) {
  alarm_.SetAtMost(clock_.Now() + 60s);
  std::thread([this] { alarm_.SetAtMost(clock_.Now() + 10s); }).join();
  loop_.RunUntilIdle();
  Advance(10s);
  EXPECT_EQ(rings_, 1);
}

}  // namespace
}  // namespace cumulite::runtime
