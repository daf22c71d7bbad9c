#include "base/clock.h"

#include <stdexcept>

namespace cumulite::base {
namespace {
using namespace std::chrono_literals;

TEST(ClockTest, AFrozenClockMovesByAdvanceOnly) {
  const TimePoint start{1'000'000ms};
  Clock clock(start);
  EXPECT_EQ(clock.Now(), start);
  clock.Advance(15min);
  EXPECT_EQ(clock.Now(), start + 15min);
  EXPECT_EQ(clock.offset(), 15min);
}

TEST(ClockTest, AnAdvanceComesOnTopOfTheSystemsTime) {
  Clock clock;
  const TimePoint before = clock.Now();
  clock.Advance(1h);
  EXPECT_GE(clock.Now(), before + 1h);
  EXPECT_LT(clock.Now(), before + 2h);
}

TEST(ClockTest, TimeNeverMovesBack) {
  Clock clock(TimePoint{});
  EXPECT_THROW(clock.Advance(-1ms), std::invalid_argument);
  EXPECT_EQ(clock.Now(), TimePoint{});
}

TEST(ClockTest, CallbacksSeeTheNewTimeUntilTheyAreRemoved) {
  Clock clock(TimePoint{});
  std::vector<TimePoint> seen;
  const auto key = clock.OnAdvance([&] { seen.push_back(clock.Now()); });
  clock.Advance(5s);
  clock.RemoveOnAdvance(key);
  clock.Advance(5s);
  EXPECT_EQ(seen, std::vector{TimePoint{5s}});
}

}  // namespace
}  // namespace cumulite::base
