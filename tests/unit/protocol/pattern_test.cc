#include "protocol/pattern.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

namespace cumulite::protocol {
namespace {

struct Example {
  const char* pattern;
  std::vector<std::string> matching;
  std::vector<std::string> others;
};

class PatternTest : public testing::TestWithParam<Example> {};

TEST_P(PatternTest, MatchesTheWholeText) {
  const auto& [pattern, matching, others] = GetParam();
  for (const std::string& text : matching)
    EXPECT_TRUE(MatchesPattern(pattern, text)) << pattern << " " << text;
  for (const std::string& text : others)
    EXPECT_FALSE(MatchesPattern(pattern, text)) << pattern << " " << text;
}

INSTANTIATE_TEST_SUITE_P(
    OfServiceModels, PatternTest,
    testing::Values(
        Example{"[a-zA-Z0-9_.-]+", {"a", "Table-1_x.y"}, {"", "a b", "\xC3\xA4"}},
        Example{R"([\w+=,.@-]*)", {"", "me@home,x=y+z", "_"}, {"a b", "a/b"}},
        Example{R"(^[a-z0-9A-Z]+[\.\-\w]*[a-z0-9A-Z]+$)", {"ab", "a.b-c", "a..b"}, {"a", ".ab", "ab."}},
        Example{R"(^(\+[0-9]{8,}|[0-9]{0,9})$)",
                {"", "+12345678", "123456789"},
                {"+1234567", "1234567890", "12a"}},
        Example{"[A-Za-z0-9][A-Za-z0-9\\-\\_\\.]{0,3}[A-Za-z0-9]",
                {"ab", "a--_b", "a...b"},
                {"a", "a....b", "ab-"}},
        Example{R"(^(HTTPS?|#\{protocol\})$)", {"HTTP", "HTTPS", "#{protocol}"}, {"HTTPSS", "#protocol", ""}},
        Example{R"(^(2|4|5)\d\d$)", {"200", "404", "599"}, {"302", "20", "2000"}},
        Example{"([0-9a-f]{16})+",
                {"0123456789abcdef", "0123456789abcdef0123456789abcdef"},
                {"", "0123456789abcde"}},
        Example{R"([\p{L}\p{Z}\p{N}_.:/=+\-@]+)",
                {"Stra\xC3\x9F"
                 "e 1",
                 "a=b"},
                {"", "a#", "{}"}},
        Example{R"(\p{Print}+)", {"~a !"}, {"", "\xC3\xA4", "\n"}},
        Example{R"([\u0009\u000A\u000D\u0020-\u00FF]+)", {"{\"a\": 1}\n", "\xC3\xBF"}, {"\x01", "\xC4\x80"}},
        Example{R"([\x20-\x21\x23-\x2B\x2D-\x7E]*)", {"", "a!#"}, {"a,b", "\""}},
        Example{R"(^[^\$]+$)", {"abc"}, {"", "a$"}},
        Example{"(a|b|cd)*e?", {"", "abcde", "e", "cdcd"}, {"c", "ee"}},
        Example{".*[\\S]+", {"a", " b"}, {"", "a ", "a\nb"}}));

TEST(PatternTest, WhatItDoesNotKnowIsNamed) {
  for (const char* pattern : {"(?!aws:).+", "(a", "[a", "a)", "\\q", "a{99999999}"}) {
    EXPECT_THROW(MatchesPattern(pattern, "a"), std::logic_error) << pattern;
  }
}

TEST(PatternTest, ALongTextTakesLinearTime) {
  EXPECT_FALSE(MatchesPattern("(a*)*b", std::string(100'000, 'a')));
}

}  // namespace
}  // namespace cumulite::protocol
