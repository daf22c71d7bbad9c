#include "protocol/arn.h"

#include <gtest/gtest.h>

namespace cumulite::protocol {
namespace {

TEST(ArnTest, SplitsItsFields) {
  const auto arn = ParseArn("arn:aws:sns:us-east-1:123456789012:topic:0c1f-id");
  ASSERT_TRUE(arn.has_value());
  EXPECT_EQ(arn->partition, "aws");
  EXPECT_EQ(arn->service, "sns");
  EXPECT_EQ(arn->region, "us-east-1");
  EXPECT_EQ(arn->account, "123456789012");
  EXPECT_EQ(arn->resource, "topic:0c1f-id");
  EXPECT_EQ(arn->ResourceType(), "topic");
  EXPECT_EQ(arn->ResourceId(), "0c1f-id");
}

TEST(ArnTest, RegionAndAccountMayBeEmpty) {
  const auto bucket = ParseArn("arn:aws:s3:::bucket/a:b");
  ASSERT_TRUE(bucket.has_value());
  EXPECT_EQ(bucket->resource, "bucket/a:b");
  EXPECT_EQ(bucket->ResourceType(), "bucket");
  EXPECT_EQ(bucket->ResourceId(), "a:b");
  const auto queue = ParseArn("arn:aws:sqs:us-east-1:000000000000:plain");
  ASSERT_TRUE(queue.has_value());
  EXPECT_EQ(queue->ResourceType(), "");
  EXPECT_EQ(queue->ResourceId(), "plain");
  EXPECT_TRUE(ParseArn("arn:aws:iam::aws:policy/ReadOnlyAccess").has_value());
}

TEST(ArnTest, RefusesWhatIsNone) {
  for (const std::string_view text :
       {"", "arn", "arn:aws", "arn:aws:sqs", "arn:aws:sqs:us-east-1", "arn:aws:sqs:us-east-1:000000000000",
        "arn:aws:sqs:us-east-1:000000000000:", "arn:aws::us-east-1:000000000000:q",
        "ARN:aws:sqs:r:000000000000:q", "arn:gcp:sqs:r:000000000000:q", "arn:aws:sqs:r:12345:q",
        "arn:aws:sqs:r:00000000000x:q", ":::::", "xarn:aws:sqs:r:000000000000:q"}) {
    EXPECT_FALSE(ParseArn(text).has_value()) << text;
  }
}

TEST(ArnTest, FormattedIsParsedAgain) {
  const std::string text = FormatArn("sqs", "eu-west-1", "000000000000", "jobs.fifo");
  EXPECT_EQ(text, "arn:aws:sqs:eu-west-1:000000000000:jobs.fifo");
  EXPECT_EQ(ParseArn(text)->resource, "jobs.fifo");
}

TEST(ArnTest, ThePartitionFollowsFromTheRegion) {
  EXPECT_EQ(FormatArn("sqs", "cn-north-1", "000000000000", "q"), "arn:aws-cn:sqs:cn-north-1:000000000000:q");
  EXPECT_EQ(FormatArn("sqs", "us-gov-west-1", "000000000000", "q"),
            "arn:aws-us-gov:sqs:us-gov-west-1:000000000000:q");
  EXPECT_EQ(FormatGlobalArn(PartitionOf("cn-northwest-1"), "iam", "000000000000", "root"),
            "arn:aws-cn:iam::000000000000:root");
  EXPECT_EQ(FormatArn("iam", "", "000000000000", "root"), "arn:aws:iam::000000000000:root");
}

TEST(ArnTest, AccountIdsHaveTwelveDigits) {
  EXPECT_TRUE(IsAccountId("000000000000"));
  EXPECT_FALSE(IsAccountId("00000000000"));
  EXPECT_FALSE(IsAccountId("0000000000000"));
  EXPECT_FALSE(IsAccountId("00000000000a"));
}

}  // namespace
}  // namespace cumulite::protocol
