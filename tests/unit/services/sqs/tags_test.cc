#include "services/sqs/tags.h"

#include <gtest/gtest.h>

#include "services/sqs/errors.h"

namespace cumulite::sqs {
namespace {

std::string Repeat(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

TEST(TagsTest, LengthsCountCharactersNotBytes) {
  EXPECT_NO_THROW(CheckTags({{Repeat("\xC3\xBC", 128), Repeat("\xE2\x82\xAC", 256)}, {"k", ""}}));
  EXPECT_THROW(CheckTags({{Repeat("\xC3\xBC", 129), ""}}), AwsError);
  EXPECT_THROW(CheckTags({{"k", Repeat("\xE2\x82\xAC", 257)}}), AwsError);
  EXPECT_THROW(CheckTags({{"", "v"}}), AwsError);
}

TEST(TagsTest, OnlySomeSignsAreAllowed) {
  EXPECT_NO_THROW(CheckTags({{"a_b.c:d/e=f+g-h@i j", "a_b.c:d/e=f+g-h@i j"}}));
  for (const char* text : {"a!", "a#b", "a,b", "(a)", "a\"", "a*", "a\tb", "a\n"}) {
    EXPECT_THROW(CheckTags({{text, ""}}), AwsError) << text;
    EXPECT_THROW(CheckTags({{"k", text}}), AwsError) << text;
  }
}

TEST(TagsTest, KeysAndValuesOfAwsAreReserved) {
  EXPECT_THROW(CheckTags({{"k", "aws:x"}}), AwsError);
  EXPECT_THROW(CheckTags({{"aws:x", "v"}}), AwsError);
  EXPECT_THROW(CheckTags({{"AWS:x", "v"}}), AwsError);
  EXPECT_NO_THROW(CheckTags({{"aws", "v"}, {"awsx", "v"}}));
}

TEST(TagsTest, AtMostFifty) {
  TagMap tags;
  for (int i = 0; i < 50; ++i) tags[std::to_string(i)] = "v";
  EXPECT_NO_THROW(CheckTags(tags));
  tags["50"] = "v";
  EXPECT_THROW(CheckTags(tags), AwsError);
}

}  // namespace
}  // namespace cumulite::sqs
