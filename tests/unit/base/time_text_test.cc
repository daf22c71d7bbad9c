#include "base/time_text.h"

#include <gtest/gtest.h>

#include <string>

namespace cumulite::base {
namespace {
using std::chrono::milliseconds;

const TimePoint kEpoch{};
const TimePoint kLeapDay{milliseconds(1'709'251'199'000)};  // 2024-02-29T23:59:59Z

TEST(TimeTextTest, WritesEachForm) {
  const TimePoint later = kLeapDay + milliseconds(7);
  EXPECT_EQ(FormatIso8601(kLeapDay), "2024-02-29T23:59:59Z");
  EXPECT_EQ(FormatIso8601(later), "2024-02-29T23:59:59.007Z");
  EXPECT_EQ(FormatIsoSeconds(later), "2024-02-29T23:59:59Z");
  EXPECT_EQ(FormatIsoMilliseconds(kLeapDay), "2024-02-29T23:59:59.000Z");
  EXPECT_EQ(FormatAmzDate(later), "20240229T235959Z");
  EXPECT_EQ(FormatHttpDate(later), "Thu, 29 Feb 2024 23:59:59 GMT");
  EXPECT_EQ(FormatHttpDate(kEpoch), "Thu, 01 Jan 1970 00:00:00 GMT");
  EXPECT_EQ(FormatHttpDate(kLeapDay + std::chrono::seconds(1)), "Fri, 01 Mar 2024 00:00:00 GMT");
}

TEST(TimeTextTest, ReadsWhatItWrites) {
  // 83 days and some hours apart, so that every month and weekday comes, before 1970, too.
  for (std::int64_t at = -300'000'000'000; at < 2'000'000'000'000; at += 7'200'123'000) {
    const TimePoint time{milliseconds(at)};
    EXPECT_EQ(ParseIso8601(FormatIso8601(time)), time);
    EXPECT_EQ(ParseAmzDate(FormatAmzDate(time)), time);
    EXPECT_EQ(ParseHttpDate(FormatHttpDate(time)), time) << FormatHttpDate(time);
  }
  EXPECT_EQ(ParseIso8601("2024-02-29T23:59:59.0079Z"), kLeapDay + milliseconds(7));
}

TEST(TimeTextTest, DatesOfHttpAreInUtcAndMayNameALeapSecond) {
  for (const std::string zone : {"GMT", "UTC", "+0000", "-0000"}) {
    EXPECT_EQ(ParseHttpDate("Thu, 29 Feb 2024 23:59:59 " + zone), kLeapDay) << zone;
  }
  EXPECT_EQ(ParseHttpDate("Thu, 29 Feb 2024 23:59:60 GMT"), kLeapDay + std::chrono::seconds(1));
  EXPECT_FALSE(ParseIso8601("2024-02-29T23:59:60Z"));
}

TEST(TimeTextTest, RefusesWhatIsNoDate) {
  for (const std::string text :
       {"", "20130524", "20130524T000000", "20130524T000000z", "20131324T000000Z", "20130230T000000Z",
        "20130524T240000Z", "2013052xT000000Z", "20130524T000000Z ", "2013-05-24T00:00Z"}) {
    EXPECT_FALSE(ParseAmzDate(text)) << text;
  }
  for (const std::string text :
       {"", "Fri, 24 May 2013 00:00:00 CET", "Fri, 24 May 2013 00:00:00 ", "Fri, 24 May 2013 00:00:00 +0200",
        "Fri, 31 Feb 2013 00:00:00 GMT", "Fri, 24 Mai 2013 00:00:00 GMT", "Fri, 24 anF 2013 00:00:00 GMT",
        "Friday, 24-May-13 00:00:00 GMT", "Fri, -4 May 2013 00:00:00 GMT", "Fri, 24 May 2013 00:60:00 GMT"}) {
    EXPECT_FALSE(ParseHttpDate(text)) << text;
  }
  for (const std::string text :
       {"", "2013-05-24T00:00:00", "2013-05-24 00:00:00Z", "2013-05-24T00:00:00.Z", "2013-05-24T00:00:00.5xZ",
        "2013-05-24T00:00:00,5Z", "2013-02-29T00:00:00Z", "2013-05-24T24:00:00Z", "2013-5-24T00:00:00.0Z"}) {
    EXPECT_FALSE(ParseIso8601(text)) << text;
  }
}

}  // namespace
}  // namespace cumulite::base
