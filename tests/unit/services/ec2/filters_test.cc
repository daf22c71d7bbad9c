#include "services/ec2/filters.h"

#include <gtest/gtest.h>

namespace cumulite::ec2 {
namespace {

TEST(FiltersTest, WildcardsMatchTheWholeText) {
  EXPECT_TRUE(MatchesFilter("web-*", "web-1"));
  EXPECT_TRUE(MatchesFilter("*b*1", "web-1"));
  EXPECT_TRUE(MatchesFilter("we?-1", "web-1"));
  EXPECT_TRUE(MatchesFilter("\\*", "*"));
  EXPECT_FALSE(MatchesFilter("\\*", "x"));
  EXPECT_FALSE(MatchesFilter("web", "web-1"));
  EXPECT_FALSE(MatchesFilter("we?", "we"));
  EXPECT_TRUE(MatchesFilter("*", ""));
}

TEST(FiltersTest, ManyStarsCostNoMoreThanTheirNumber) {
  std::string pattern;
  for (int i = 0; i < 100; ++i) pattern += "*a";
  EXPECT_FALSE(MatchesFilter(pattern + "b", std::string(10'000, 'a')));
}

TEST(FiltersTest, EachFilterNeedsOneOfItsValues) {
  const std::vector<Tag> tags{{"k", "v"}};
  const auto values = [](std::string_view name) -> FilterValues {
    return name == "state" ? FilterValues({"available"}) : std::nullopt;
  };
  EXPECT_TRUE(Passes({{"state", {"pending", "available"}}, {"tag:k", {"v"}}}, tags, values));
  EXPECT_FALSE(Passes({{"state", {"available"}}, {"tag:k", {"w"}}}, tags, values));
  EXPECT_FALSE(Passes({{"tag:other", {"*"}}}, tags, values));
  EXPECT_THROW(Passes({{"other", {"x"}}}, tags, values), AwsError);
}

}  // namespace
}  // namespace cumulite::ec2
