#include "base/duration.h"

namespace cumulite::base {
namespace {
using namespace std::chrono_literals;

TEST(DurationTest, ReadsWhatPeopleWrite) {
  EXPECT_EQ(ParseDuration("15m"), 15min);
  EXPECT_EQ(ParseDuration("1h30m"), 90min);
  EXPECT_EQ(ParseDuration("2d"), 48h);
  EXPECT_EQ(ParseDuration("250ms"), 250ms);
  EXPECT_EQ(ParseDuration("7"), 7s);
  EXPECT_EQ(ParseDuration("0"), 0s);
}

TEST(DurationTest, RefusesTheRest) {
  for (const char* text : {"", "m", "-1s", "1y", "1.5h", " 1s", "1s ", "9999999999999999d",
                           "99999999999999999999", "3700000d3700000d"}) {
    EXPECT_EQ(ParseDuration(text), std::nullopt) << text;
  }
}

}  // namespace
}  // namespace cumulite::base
