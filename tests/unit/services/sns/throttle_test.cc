#include "services/sns/throttle.h"

namespace cumulite::sns {
namespace {
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr base::TimePoint kStart{seconds{1'700'000'000}};

/// How many seconds after the start it may go; -1: now.
std::int64_t Told(Throttle& throttle, base::TimePoint now, base::TimePoint due, std::int64_t rate = 2) {
  const auto later = throttle.Admit(now, due, rate);
  return later ? std::chrono::duration_cast<seconds>(*later - kStart).count() : -1;
}

TEST(ThrottleTest, SecondsAreFilledInTurn) {
  Throttle throttle;
  std::vector<std::int64_t> told;
  for (int i = 0; i < 7; ++i) told.push_back(Told(throttle, kStart + milliseconds{300}, kStart));
  EXPECT_THAT(told, testing::ElementsAre(-1, -1, 1, 1, 2, 2, 3));
  EXPECT_EQ(Told(throttle, kStart + seconds{3}, kStart + seconds{3} - milliseconds{1}), -1);
}

TEST(ThrottleTest, WhoWasToldASecondGoesInItAndNobodyElseTakesIt) {
  Throttle throttle;
  for (int i = 0; i < 4; ++i) throttle.Admit(kStart, kStart, 2);
  const auto next = kStart + seconds{1};
  EXPECT_EQ(Told(throttle, next + milliseconds{5}, kStart + milliseconds{999}), 2)
      << "both places are promised";
  EXPECT_EQ(Told(throttle, next, next), -1);
  EXPECT_EQ(Told(throttle, next, next), -1);
  EXPECT_EQ(Told(throttle, next, next), 2);
}

TEST(ThrottleTest, JumpLetsThroughWhatEachSecondHad) {
  Throttle throttle;
  std::vector<base::TimePoint> told;
  for (int i = 0; i < 22; ++i) {
    if (const auto later = throttle.Admit(kStart, kStart, 2)) told.push_back(*later);
  }
  ASSERT_EQ(told.size(), 20u);
  for (const auto due : told) EXPECT_EQ(throttle.Admit(kStart + seconds{10}, due, 2), std::nullopt);
  EXPECT_TRUE(throttle.IsIdle(kStart + seconds{11}));
}

TEST(ThrottleTest, ClockThatIsSetBackDoesNotPostponeForLong) {
  Throttle throttle;
  for (int i = 0; i < 4; ++i) throttle.Admit(kStart + seconds{100'000}, kStart, 2);
  for (int i = 0; i < 2; ++i) throttle.Admit(kStart, kStart, 2);
  EXPECT_LE(Told(throttle, kStart, kStart), 3);
}

}  // namespace
}  // namespace cumulite::sns
