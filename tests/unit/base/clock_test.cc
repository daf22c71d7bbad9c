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

std::int64_t system_ms = 0;
std::int64_t steady_ms = 0;
constexpr Clock::Source kSource{.system = [] { return system_ms; }, .steady = [] { return steady_ms; }};

TEST(ClockTest, ASystemClockThatIsSetBackMakesNobodyWaitLonger) {
  system_ms = 5'000'000;
  steady_ms = 77;
  const Clock clock(kSource);
  system_ms += 1'000 - 3'600'000;
  steady_ms += 1'000;
  EXPECT_EQ(clock.Now(), TimePoint{5'001'000ms});
  EXPECT_EQ(clock.offset(), 1h) << "ahead of what clients sign by";
  system_ms += 2'000;
  steady_ms += 2'000;
  EXPECT_EQ(clock.Now(), TimePoint{5'003'000ms});
}

TEST(ClockTest, ASystemClockThatIsSetForwardIsFollowedAndTold) {
  system_ms = 5'000'000;
  steady_ms = 77;
  Clock clock(kSource);
  int jumps = 0;
  clock.OnAdvance([&] { ++jumps; });
  system_ms += 3'600'000;
  EXPECT_EQ(clock.Now(), TimePoint{8'600'000ms});
  EXPECT_EQ(clock.Now(), TimePoint{8'600'000ms});
  EXPECT_EQ(jumps, 1);
  EXPECT_EQ(clock.offset(), 0ms);
}

TEST(ClockTest, SmallDifferencesAreThePaceOfTheTwoClocks) {
  system_ms = 5'000'000;
  steady_ms = 77;
  const Clock clock(kSource);
  system_ms += 400;
  EXPECT_EQ(clock.Now(), TimePoint{5'000'000ms});
}

TEST(ClockTest, FrozenTimeMovesByAdvanceAndGoesOnFromThere) {
  system_ms = 5'000'000;
  steady_ms = 0;
  Clock clock(kSource);
  clock.Freeze();
  system_ms = 5'060'000;
  steady_ms = 60'000;
  EXPECT_EQ(clock.Now(), TimePoint{5'000'000ms});
  EXPECT_EQ(clock.offset(), -1min);
  clock.Advance(10s);
  EXPECT_EQ(clock.Now(), TimePoint{5'010'000ms});
  clock.Resume();
  EXPECT_EQ(clock.Now(), TimePoint{5'010'000ms});
  EXPECT_FALSE(clock.frozen());
  clock.TakeBack();
  EXPECT_EQ(clock.Now(), TimePoint{5'060'000ms});
}

TEST(ClockTest, ItsSettingMakesAnotherClockShowTheSame) {
  Clock clock(TimePoint{1s});
  clock.Advance(15min);
  Clock advanced(TimePoint{1s});
  advanced.Restore(clock.setting());
  EXPECT_EQ(advanced.Now(), clock.Now());
  clock.Freeze();
  Clock later(TimePoint{100s});
  later.Restore(clock.setting());
  EXPECT_EQ(later.Now(), clock.Now());
  EXPECT_TRUE(later.frozen());
}

TEST(ClockTest, TimeEndsWithTheYear9999) {
  Clock clock(Clock::kEnd - 1s);
  EXPECT_THROW(clock.Advance(2s), std::out_of_range);
  EXPECT_THROW(clock.Advance(std::chrono::milliseconds::max()), std::out_of_range);
  EXPECT_EQ(clock.Now(), Clock::kEnd - 1s);
  clock.Advance(1s);
  EXPECT_EQ(clock.Now(), Clock::kEnd);
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
