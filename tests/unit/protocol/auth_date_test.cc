#include <gtest/gtest.h>

#include "protocol/amz_date.h"

namespace cumulite::protocol {
namespace {

TEST(AuthDateTest, ReadsAndWritesTheBasicFormat) {
  const auto time = ParseAmzDate("20240229T235959Z");
  ASSERT_TRUE(time.has_value());
  EXPECT_EQ(FormatAmzDate(*time), "20240229T235959Z");
  EXPECT_EQ(FormatIsoSeconds(*time), "2024-02-29T23:59:59Z");
  EXPECT_EQ(ParseAmzDate("19700101T000000Z")->time_since_epoch().count(), 0);
}

TEST(AuthDateTest, ReadsRfc1123InUtcOnly) {
  for (const std::string_view zone : {"GMT", "UTC", "+0000", "-0000"}) {
    const auto time = ParseHttpDate("Fri, 24 May 2013 00:00:00 " + std::string(zone));
    ASSERT_TRUE(time.has_value()) << zone;
    EXPECT_EQ(FormatAmzDate(*time), "20130524T000000Z");
  }
  EXPECT_LT(ParseHttpDate("Tue, 07 Jul 1950 21:53:04 GMT")->time_since_epoch().count(), 0);
}

TEST(AuthDateTest, RefusesWhatIsNoDate) {
  for (const std::string_view text :
       {"", "20130524", "20130524T000000", "20130524T000000z", "20131324T000000Z", "20130230T000000Z",
        "20130524T240000Z", "2013052xT000000Z", "20130524T000000Z ", "2013-05-24T00:00Z"}) {
    EXPECT_FALSE(ParseAmzDate(text).has_value()) << text;
  }
  for (const std::string_view text :
       {"", "Fri, 24 May 2013 00:00:00 CET", "Fri, 24 May 2013 00:00:00 ", "Fri, 24 May 2013 00:00:00 +0200",
        "Fri, 31 Feb 2013 00:00:00 GMT", "Fri, 24 Mai 2013 00:00:00 GMT", "Friday, 24-May-13 00:00:00 GMT",
        "Fri, -4 May 2013 00:00:00 GMT", "Fri, 24 May 2013 00:60:00 GMT"}) {
    EXPECT_FALSE(ParseHttpDate(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace cumulite::protocol
