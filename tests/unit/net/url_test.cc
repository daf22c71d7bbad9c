#include "net/url.h"

#include <gtest/gtest.h>

namespace cumulite::net {
namespace {

TEST(UrlTest, PartsAreTakenApart) {
  const auto url = ParseUrl("HTTPS://Example.COM:8443/a/b?c=d#e");
  ASSERT_TRUE(url);
  EXPECT_TRUE(url->tls);
  EXPECT_EQ(url->host, "example.com");
  EXPECT_EQ(url->port, 8443);
  EXPECT_EQ(url->target, "/a/b?c=d");
  EXPECT_EQ(url->Text(), "https://example.com:8443/a/b?c=d");
}

TEST(UrlTest, WhatIsLeftOutHasItsDefault) {
  EXPECT_EQ(ParseUrl("http://a")->Text(), "http://a/");
  EXPECT_EQ(ParseUrl("http://a?b")->Text(), "http://a/?b");
  EXPECT_EQ(ParseUrl("https://a:443/")->Authority(), "a");
  EXPECT_EQ(ParseUrl("http://a:443/")->Authority(), "a:443");
  EXPECT_EQ(ParseUrl("http://a:/")->port, 80);
}

TEST(UrlTest, Ipv6StandsInBrackets) {
  const auto url = ParseUrl("http://[::1]:8080/x");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->host, "::1");
  EXPECT_EQ(url->Authority(), "[::1]:8080");
}

TEST(UrlTest, RedirectsAreResolved) {
  const Url base = *ParseUrl("http://a:81/b/c?d");
  const std::pair<std::string, std::string> cases[] = {
      {"https://x/y", "https://x/y"}, {"//x/y", "http://x/y"},
      {"/y?z", "http://a:81/y?z"},    {"?z", "http://a:81/b/c?z"},
      {"y", "http://a:81/b/y"},       {"../y", "http://a:81/y"},
      {"./y/.", "http://a:81/b/y/"},  {"../../..", "http://a:81/"},
      {"#f", "http://a:81/b/c?d"},    {"y?u=http://z/..", "http://a:81/b/y?u=http://z/.."},
  };
  for (const auto& [location, expected] : cases) {
    const auto url = ResolveUrl(base, location);
    ASSERT_TRUE(url) << location;
    EXPECT_EQ(url->Text(), expected) << location;
  }
  EXPECT_FALSE(ResolveUrl(base, "javascript:alert(1)"));
  EXPECT_FALSE(ResolveUrl(base, "/a\r\nb"));
}

}  // namespace
}  // namespace cumulite::net
