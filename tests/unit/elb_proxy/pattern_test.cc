#include "services/elb/proxy/pattern.h"

#include <gtest/gtest.h>

namespace cumulite::elb::proxy {
namespace {
using Case = Pattern::Case;

struct Row {
  std::string_view pattern;
  std::string_view text;
  bool matches;
};

TEST(PatternTest, PathsMatchAsWholes) {
  constexpr Row kRows[] = {
      {"/img/*", "/img/", true},
      {"/img/*", "/img/a/b", true},
      {"/img/*", "/img", false},
      {"/img/*/pics", "/img/a/b/pics", true},
      {"/img/*/pics", "/img/a/b/pics/", false},
      {"/a?c", "/abc", true},
      {"/a?c", "/ac", false},
      {"/a?c", "/abbc", false},
      {"/Img", "/img", false},
      {"*", "", true},
      {"*.php", "/x.php", true},
      {"*.php", "/x.phpx", false},
      {"*a*b*", "xxaxxbxx", true},
      {"*a*b*", "xxbxxaxx", false},
      {"", "", true},
      {"", "/", false},
      {"**", "/anything", true},
      {"/a\\*", "/a\\b", true},  // no escapes in paths
  };
  for (const Row& row : kRows) {
    EXPECT_EQ(Pattern(row.pattern, Case::kSensitive).Matches(row.text), row.matches)
        << row.pattern << " and " << row.text;
  }
}

TEST(PatternTest, HostsMatchInAnyCase) {
  constexpr Row kRows[] = {
      {"*.Example.com", "WWW.example.COM", true},
      {"*.example.com", "example.com", false},
      {"example.com", "EXAMPLE.com", true},
      {"api-?.example.com", "api-1.example.com", true},
      {"api-?.example.com", "api-12.example.com", false},
  };
  for (const Row& row : kRows) {
    EXPECT_EQ(Pattern(row.pattern, Case::kInsensitive).Matches(row.text), row.matches)
        << row.pattern << " and " << row.text;
  }
}

TEST(PatternTest, QueryStringsMayNameAWildcardItself) {
  const auto matches = [](std::string_view pattern, std::string_view text) {
    return Pattern(pattern, Case::kInsensitive, Pattern::Escape::kBackslash).Matches(text);
  };
  EXPECT_TRUE(matches(R"(\*)", "*"));
  EXPECT_FALSE(matches(R"(\*)", "x"));
  EXPECT_TRUE(matches(R"(a\?*)", "a?b"));
  EXPECT_FALSE(matches(R"(a\?*)", "abb"));
  EXPECT_TRUE(matches(R"(\\)", R"(\)"));
  EXPECT_TRUE(matches(R"(a\b)", R"(a\b)")) << "a backslash before anything else is one";
}

TEST(PatternTest, ManyStarsAgainstALongTextTakeNoTime) {
  const std::string text(100'000, 'a');
  EXPECT_FALSE(Pattern("*a*a*a*a*b", Case::kSensitive).Matches(text));
}

}  // namespace
}  // namespace cumulite::elb::proxy
