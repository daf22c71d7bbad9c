#include <gtest/gtest.h>

#include "services/s3/byte_range.h"
#include "services/s3/conditions.h"
#include "services/s3/errors.h"
#include "services/s3/location.h"
#include "services/s3/object_headers.h"

namespace cumulite::s3 {
namespace {

using namespace std::chrono_literals;

template <class F>
std::string Refusal(F&& call) {
  try {
    call();
    return "";
  } catch (const AwsError& error) {
    return std::string(error.kind().code);
  }
}

TEST(S3RangeTest, RangesOfRfc9110) {
  EXPECT_EQ(ParseRange("bytes=0-0", 10), (ByteRange{0, 1}));
  EXPECT_EQ(ParseRange("bytes=5-", 10), (ByteRange{5, 5}));
  EXPECT_EQ(ParseRange("bytes=-4", 10), (ByteRange{6, 4}));
  EXPECT_EQ(ParseRange("bytes=-40", 10), (ByteRange{0, 10}));
  EXPECT_EQ(ParseRange("bytes=5-99999999999999999999999", 10), (ByteRange{5, 5}));
  for (const char* whole : {"", "bytes", "bytes=", "bytes=-", "bytes=5-4", "bytes=a-b", "bytes=0-1,4-5",
                            "items=0-1", "bytes=0x1-2", "bytes=+1-2"}) {
    EXPECT_EQ(ParseRange(whole, 10), std::nullopt) << whole;
  }
  for (const char* outside : {"bytes=10-", "bytes=10-11", "bytes=-0", "bytes=99999999999999999999999-"}) {
    EXPECT_EQ(Refusal([&] { ParseRange(outside, 10); }), "InvalidRange") << outside;
  }
  EXPECT_EQ(Refusal([] { ParseRange("bytes=0-", 0); }), "InvalidRange") << "an empty object";
}

TEST(S3RangeTest, CopyRangesAreStricter) {
  EXPECT_EQ(ParseCopyRange("bytes=2-5", 10), (ByteRange{2, 4}));
  EXPECT_EQ(Refusal([] { ParseCopyRange("bytes=2-", 10); }), "InvalidArgument");
  EXPECT_EQ(Refusal([] { ParseCopyRange("bytes=2-10", 10); }), "InvalidArgument");
  EXPECT_EQ(Refusal([] { ParseCopyRange("bytes=10-12", 10); }), "InvalidRequest");
}

TEST(S3ConditionTest, EtagsInLists) {
  EXPECT_TRUE(EtagMatches("\"a\", \"b\"", "b"));
  EXPECT_TRUE(EtagMatches("b", "b"));
  EXPECT_TRUE(EtagMatches("*", "b"));
  EXPECT_FALSE(EtagMatches("\"a\",c", "b"));
  EXPECT_FALSE(EtagMatches("", "b"));
}

TEST(S3ConditionTest, AnEtagDecidesOverADate) {
  const base::TimePoint modified{1'000'500ms};
  const ObjectState object{"tag", modified};
  const auto verdict = [&](ReadConditions conditions) { return Evaluate(conditions, object, modified + 1h); };
  const base::TimePoint before = modified - 1h;
  const base::TimePoint after = modified + 1min;
  EXPECT_EQ(verdict({.if_match = "tag", .if_unmodified_since = before}), Verdict::kProceed);
  EXPECT_EQ(verdict({.if_none_match = "tag", .if_modified_since = before}), Verdict::kNotModified);
  EXPECT_EQ(verdict({.if_none_match = "other", .if_modified_since = after}), Verdict::kProceed);
  EXPECT_EQ(verdict({.if_modified_since = base::TimePoint{1'000'000ms}}), Verdict::kNotModified)
      << "whole seconds";
  EXPECT_EQ(verdict({.if_modified_since = modified + 2h}), Verdict::kProceed)
      << "a date in the future is none";
  EXPECT_EQ(Refusal([&] { verdict({.if_unmodified_since = before}); }), "PreconditionFailed");
  EXPECT_EQ(verdict({.if_unmodified_since = base::TimePoint{1'000'000ms}}), Verdict::kProceed)
      << "the very second";
  EXPECT_EQ(verdict({.if_none_match = "W/\"tag\""}), Verdict::kNotModified)
      << "as a cache that compresses says";
  EXPECT_EQ(Refusal([&] { RequireCopyConditions({.if_modified_since = after}, object, modified + 1h); }),
            "PreconditionFailed");
}

TEST(S3HeadersTest, AwsChunkedIsNoContentEncoding) {
  EXPECT_EQ(WithoutAwsChunked("aws-chunked"), "");
  EXPECT_EQ(WithoutAwsChunked("aws-chunked, aws-chunked"), "");
  EXPECT_EQ(WithoutAwsChunked("gzip, aws-chunked"), "gzip");
  EXPECT_EQ(WithoutAwsChunked("AWS-Chunked,gzip"), "gzip");
  EXPECT_EQ(WithoutAwsChunked("gzip,br"), "gzip,br");
}

TEST(S3HeadersTest, OverridesReplaceWholeLines) {
  const std::string stored = "Content-Type: a/b\r\nx-amz-meta-x: Content-Type: trap\r\n";
  const std::vector<protocol::QueryParam> query{{"response-content-type", "c/d"}, {"response-expires", "0"}};
  EXPECT_EQ(OverrideHeaders(stored, query),
            "x-amz-meta-x: Content-Type: trap\r\nContent-Type: c/d\r\nExpires: 0\r\n");
}

TEST(S3LocationTest, ConstraintsByEndpoint) {
  EXPECT_EQ(ChooseLocation("us-east-1", std::nullopt).region, "us-east-1");
  EXPECT_EQ(ChooseLocation("us-east-1", "EU").region, "eu-west-1");
  EXPECT_EQ(ChooseLocation("us-east-1", "EU").constraint, "EU");
  EXPECT_EQ(ChooseLocation("eu-west-1", "eu-west-1").constraint, "eu-west-1");
  EXPECT_EQ(Refusal([] { ChooseLocation("us-east-1", "us-east-1"); }), "InvalidLocationConstraint");
  EXPECT_EQ(Refusal([] { ChooseLocation("eu-west-1", "us-west-2"); }), "IllegalLocationConstraintException");
  EXPECT_EQ(Refusal([] { ChooseLocation("eu-west-1", std::nullopt); }), "IllegalLocationConstraintException");
}

}  // namespace
}  // namespace cumulite::s3
