#include "services/elb/proxy/rule_matcher.h"

#include <gtest/gtest.h>

#include "services/elb/proxy/rule_prefilter.h"

namespace cumulite::elb::proxy {
namespace {
using Field = Condition::Field;

struct Request {
  std::string_view host = "www.example.com";
  std::string_view path = "/";
  std::string_view query;
  std::string_view method = "GET";
  std::vector<protocol::HeaderField> headers;
  std::string_view source = "192.0.2.1";
};

bool Matches(const Rule& rule, const Request& request) {
  RequestFacts facts{.host = request.host,
                     .path = request.path,
                     .query = request.query,
                     .method = request.method,
                     .headers = request.headers,
                     .source = IpAddress::Parse(request.source).value()};
  const bool matches = RuleMatcher(rule).Matches(facts);
  RulePrefilter prefilter;
  prefilter.Add(rule);
  EXPECT_TRUE(!matches || prefilter.MayMatch(0, facts)) << "a rule that matches must be looked at";
  return matches;
}

bool Matches(Condition condition, const Request& request) {
  Rule rule;
  rule.conditions.push_back(std::move(condition));
  return Matches(rule, request);
}

TEST(RuleMatcherTest, ARuleWithoutConditionsMatchesEverything) { EXPECT_TRUE(Matches(Rule{}, {})); }

TEST(RuleMatcherTest, AllConditionsMustMatchAndOneValueOfEach) {
  Rule rule;
  rule.conditions = {{.field = Field::kPathPattern, .values = {"/a/*", "/b/*"}},
                     {.field = Field::kHostHeader, .values = {"*.example.com"}}};
  EXPECT_TRUE(Matches(rule, {.path = "/b/1"}));
  EXPECT_FALSE(Matches(rule, {.path = "/c/1"}));
  EXPECT_FALSE(Matches(rule, {.host = "example.org", .path = "/a/1"}));
}

TEST(RuleMatcherTest, PathsAreCaseSensitiveAndHostsAreNot) {
  EXPECT_FALSE(Matches(Condition{.field = Field::kPathPattern, .values = {"/a/*"}}, {.path = "/A/1"}));
  EXPECT_TRUE(
      Matches(Condition{.field = Field::kHostHeader, .values = {"a.example"}}, {.host = "A.Example"}));
}

TEST(RulePrefilterTest, OnlyAnotherBeginningTellsThatARuleCannotMatch) {
  struct Case {
    Condition condition;
    bool may_match;
  };
  const Case cases[] = {
      {{.field = Field::kPathPattern, .values = {"/b/*", "/a/?x"}}, true},
      {{.field = Field::kPathPattern, .values = {"/b/*", "/c"}}, false},
      {{.field = Field::kPathPattern, .values = {"/a/1/and/longer"}}, false},
      {{.field = Field::kPathPattern, .values = {"/A/*"}}, false},
      {{.field = Field::kPathPattern, .values = {"/b/*", "*.html"}}, true},
      {{.field = Field::kPathPattern, .values = {"/b"}, .regex_values = {"^/a"}}, true},
      {{.field = Field::kHostHeader, .values = {"WWW.*"}}, true},
      {{.field = Field::kHostHeader, .values = {"api.*"}}, false},
      {{.field = Field::kMethod, .values = {"POST"}}, true},
  };
  RulePrefilter prefilter;
  for (const Case& each : cases) {
    Rule rule;
    rule.conditions.push_back(each.condition);
    prefilter.Add(rule);
  }
  const RequestFacts facts{.host = "www.Example.com", .path = "/a/1"};
  for (std::size_t i = 0; i < std::size(cases); ++i) {
    EXPECT_EQ(prefilter.MayMatch(i, facts), cases[i].may_match) << "rule " << i;
  }
}

TEST(RuleMatcherTest, MethodsAreExact) {
  const Condition condition{.field = Field::kMethod, .values = {"GET", "PURGE_ALL"}};
  EXPECT_TRUE(Matches(condition, {.method = "GET"}));
  EXPECT_TRUE(Matches(condition, {.method = "PURGE_ALL"}));
  EXPECT_FALSE(Matches(condition, {.method = "get"}));
  EXPECT_FALSE(Matches(condition, {.method = "HEAD"}));
}

TEST(RuleMatcherTest, HeadersAreLookedAtOneAfterTheOther) {
  const Condition condition{
      .field = Field::kHttpHeader, .header_name = "User-Agent", .values = {"*Chrome*", "curl/?.*"}};
  EXPECT_TRUE(Matches(condition, {.headers = {{"user-agent", "Mozilla chrome/1"}}}));
  EXPECT_TRUE(Matches(condition, {.headers = {{"User-Agent", "x"}, {"User-Agent", "curl/8.1"}}}));
  EXPECT_FALSE(Matches(condition, {.headers = {{"User-Agent", "x"}, {"X-Agent", "curl/8.1"}}}));
  EXPECT_FALSE(Matches(condition, {}));
}

TEST(RuleMatcherTest, QueryPairs) {
  const Condition version{.field = Field::kQueryString, .pairs = {{.key = "version", .value = "v1"}}};
  const Condition any{.field = Field::kQueryString, .pairs = {{.key = {}, .value = "*example*"}}};
  const Condition either{.field = Field::kQueryString,
                         .pairs = {{.key = "a", .value = "1"}, {.key = "b", .value = "2"}}};
  EXPECT_TRUE(Matches(version, {.query = "x=1&Version=V1"}));
  EXPECT_FALSE(Matches(version, {.query = "x=1&version=v2"}));
  EXPECT_FALSE(Matches(version, {.query = "aversion=v1"}));
  EXPECT_TRUE(Matches(any, {.query = "q=an-Example-text"}));
  EXPECT_FALSE(Matches(any, {.query = "example=1"})) << "the key is not looked at";
  EXPECT_TRUE(Matches(either, {.query = "b=2"}));
  EXPECT_FALSE(Matches(either, {.query = "a=2&b=1"}));
  const Condition flag{.field = Field::kQueryString, .pairs = {{.key = "flag", .value = "*"}}};
  EXPECT_TRUE(Matches(flag, {.query = "x=1&flag"})) << "a key without a value";
  EXPECT_FALSE(Matches(any, {}));
}

TEST(RuleMatcherTest, SourceAddresses) {
  const Condition condition{.field = Field::kSourceIp,
                            .values = {"192.0.2.0/25", "2001:db8::/32", "198.51.100.7/32"}};
  EXPECT_TRUE(Matches(condition, {.source = "192.0.2.127"}));
  EXPECT_FALSE(Matches(condition, {.source = "192.0.2.128"}));
  EXPECT_TRUE(Matches(condition, {.source = "2001:db8:1::5"}));
  EXPECT_FALSE(Matches(condition, {.source = "2001:db9::5"}));
  EXPECT_TRUE(Matches(condition, {.source = "::ffff:198.51.100.7"}));
  EXPECT_FALSE(Matches(condition, {.headers = {{"X-Forwarded-For", "192.0.2.1"}}, .source = "203.0.113.1"}));
}

TEST(RuleMatcherTest, RegularExpressions) {
  const Condition path{.field = Field::kPathPattern, .regex_values = {"^/api/v[0-9]+/?$"}};
  EXPECT_TRUE(Matches(path, {.path = "/api/v12"}));
  EXPECT_FALSE(Matches(path, {.path = "/api/vx"}));
  EXPECT_FALSE(Matches(path, {.path = "/API/v1"}));
  const Condition host{.field = Field::kHostHeader, .regex_values = {R"(^(.+)\.example\.com$)"}};
  EXPECT_TRUE(Matches(host, {.host = "A.EXAMPLE.COM"}));
  EXPECT_FALSE(Matches(host, {.host = "example.com"}));
  const Condition bad{.field = Field::kPathPattern, .regex_values = {"("}};
  EXPECT_FALSE(Matches(bad, {}));
}

TEST(IpBlockTest, RefusesWhatIsNone) {
  for (const std::string_view text : {"", "1.2.3", "1.2.3.4/33", "1.2.3.4/x", "1.2.3.4/", "::/129", "host"}) {
    EXPECT_FALSE(IpBlock::Parse(text)) << text;
  }
  EXPECT_TRUE(IpBlock::Parse("0.0.0.0/0")->Contains(*IpAddress::Parse("9.9.9.9")));
  EXPECT_FALSE(IpBlock::Parse("0.0.0.0/0")->Contains(*IpAddress::Parse("::1")));
}

}  // namespace
}  // namespace cumulite::elb::proxy
