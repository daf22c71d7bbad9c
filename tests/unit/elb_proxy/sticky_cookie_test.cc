#include "services/elb/proxy/sticky_cookie.h"

#include <gtest/gtest.h>

namespace cumulite::elb::proxy {
namespace {
using namespace std::chrono_literals;
constexpr base::TimePoint kNow{1'800'000'000s};

TEST(StickyCookieTest, IsOpaqueAndComesBack) {
  const std::string first = StickyCookie{42, kNow}.Encode();
  const std::string second = StickyCookie{42, kNow}.Encode();
  EXPECT_NE(first, second);
  ASSERT_TRUE(StickyCookie::Decode(first));
  EXPECT_EQ(StickyCookie::Decode(first)->choice, 42U);
  EXPECT_EQ(StickyCookie::Decode(second)->issued, kNow);
}

TEST(StickyCookieTest, IsJudgedByTheTimeInIt) {
  const std::string text = StickyCookie{42, kNow}.Encode();
  EXPECT_TRUE(StickyCookie::Decode(text, kNow + 60s, 60s));
  EXPECT_FALSE(StickyCookie::Decode(text, kNow + 61s, 60s));
}

TEST(StickyCookieTest, WhatWeHaveNotMadeIsNone) {
  std::string text = StickyCookie{42, kNow}.Encode();
  EXPECT_FALSE(StickyCookie::Decode(""));
  EXPECT_FALSE(StickyCookie::Decode("_remove_"));
  EXPECT_FALSE(StickyCookie::Decode(std::string(text.size(), 'A')));
  text[12] = text[12] == 'A' ? 'B' : 'A';
  EXPECT_FALSE(StickyCookie::Decode(text));
}

TEST(StickyCookieTest, FindsItsValueAmongOthers) {
  EXPECT_EQ(FindCookie("a=1; AWSALB=x==; AWSALBCORS=y", "AWSALB"), "x==");
  EXPECT_EQ(FindCookie("a=1; AWSALB=x==; AWSALBCORS=y", "AWSALBCORS"), "y");
  EXPECT_EQ(FindCookie("XAWSALB=1;AWSALB=", "AWSALB"), "");
  EXPECT_FALSE(FindCookie("", "AWSALB"));
  EXPECT_FALSE(FindCookie("AWSALB", "AWSALB"));
}

TEST(StickyCookieTest, SetCookieLines) {
  std::string headers;
  AppendStickyCookie("AWSALB", "v", kNow, Cors::kYes, headers);
  EXPECT_EQ(
      headers,
      "Set-Cookie: AWSALB=v; Expires=Fri, 22 Jan 2027 08:00:00 GMT; Path=/\r\n"
      "Set-Cookie: AWSALBCORS=v; Expires=Fri, 22 Jan 2027 08:00:00 GMT; Path=/; SameSite=None; Secure\r\n");
}

}  // namespace
}  // namespace cumulite::elb::proxy
