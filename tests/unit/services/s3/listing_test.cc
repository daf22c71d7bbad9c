#include "services/s3/listing.h"

#include <gtest/gtest.h>

#include <set>

namespace cumulite::s3 {
namespace {

struct Page {
  std::vector<std::string> keys, prefixes;
  std::size_t seeks = 0;
};

/// What the store does, over a set in memory.
Page Walk(const std::set<std::string>& bucket, ListWalk& walk) {
  Page page;
  for (bool more = true; more;) {
    more = false;
    ++page.seeks;
    for (auto at = bucket.lower_bound(walk.from()); at != bucket.end(); ++at) {
      const ListWalk::Step step = walk.Offer(*at);
      if (step == ListWalk::Step::kEnd) return page;
      if (step == ListWalk::Step::kPrefix) {
        page.prefixes.emplace_back(walk.common_prefix());
        more = true;
        break;
      }
      page.keys.push_back(*at);
    }
  }
  return page;
}

TEST(S3ListWalkTest, ACommonPrefixIsPassedInOneStep) {
  std::set<std::string> bucket{"a", "z"};
  for (int i = 0; i < 1000; ++i) bucket.insert("dir/" + std::to_string(i));
  ListWalk walk({.prefix = "", .delimiter = "/"});
  const Page page = Walk(bucket, walk);
  EXPECT_EQ(page.keys, (std::vector<std::string>{"a", "z"}));
  EXPECT_EQ(page.prefixes, (std::vector<std::string>{"dir/"}));
  EXPECT_EQ(page.seeks, 2u);
}

TEST(S3ListWalkTest, EveryPageSizeGivesEverythingOnce) {
  const std::set<std::string> bucket{"a", "a/b", "a/b/c", "a0", "b/", "b/\xC3\xBF", "b//", "c"};
  for (const std::string delimiter : {"", "/", "//", "b"}) {
    for (const std::string prefix : {"", "a", "a/", "b/", "x"}) {
      ListWalk all({prefix, delimiter, "", 1000});
      const Page whole = Walk(bucket, all);
      for (std::int32_t max = 1; max <= 4; ++max) {
        Page sum;
        std::string from;
        for (int pages = 0; pages < 20; ++pages) {
          ListWalk walk({prefix, delimiter, from, max});
          const Page page = Walk(bucket, walk);
          EXPECT_LE(page.keys.size() + page.prefixes.size(), static_cast<std::size_t>(max));
          sum.keys.insert(sum.keys.end(), page.keys.begin(), page.keys.end());
          sum.prefixes.insert(sum.prefixes.end(), page.prefixes.begin(), page.prefixes.end());
          if (!walk.truncated()) break;
          from = walk.Next();
        }
        EXPECT_EQ(sum.keys, whole.keys) << delimiter << " " << prefix << " " << max;
        EXPECT_EQ(sum.prefixes, whole.prefixes) << delimiter << " " << prefix << " " << max;
      }
    }
  }
}

TEST(S3ListWalkTest, Markers) {
  EXPECT_EQ(AfterMarker("", "", "/"), "");
  EXPECT_EQ(AfterMarker("a/", "", "/"), "a0") << "behind all that the prefix rolls up";
  EXPECT_EQ(AfterMarker("a/b", "", "/"), std::string("a/b\0", 4));
  EXPECT_EQ(AfterMarker("a/", "", ""), std::string("a/\0", 3));
}

TEST(S3ListWalkTest, Tokens) {
  EXPECT_EQ(DecodeToken(EncodeToken(std::string("a\0b", 3))), std::string("a\0b", 3));
  EXPECT_EQ(DecodeToken(""), std::nullopt);
  EXPECT_EQ(DecodeToken("Zm9v"), std::nullopt);
  EXPECT_EQ(UrlEncodeForListing("a b+c/\n"), "a+b%2Bc/%0A");
}

}  // namespace
}  // namespace cumulite::s3
