#include "services/sqs/queue_name.h"

#include <gtest/gtest.h>

#include "services/sqs/errors.h"

namespace cumulite::sqs {
namespace {

protocol::Identity Caller() {
  protocol::Identity caller;
  caller.account = "000000000000";
  caller.region = "us-east-1";
  return caller;
}

TEST(QueueNameTest, ValidNamesAreLettersDigitsHyphensAndUnderscores) {
  for (const std::string_view name : {"q", "A-z_0", "q.fifo"}) EXPECT_TRUE(IsValidQueueName(name)) << name;
  for (const std::string_view name : {"", ".fifo", "a/b", "a.b", "a b", "\xC3\xBC", "q.fifo.fifo"}) {
    EXPECT_FALSE(IsValidQueueName(name)) << name;
  }
  EXPECT_FALSE(IsValidQueueName(std::string_view("q\0", 2)));
}

TEST(QueueNameTest, NamesHaveAtMostEightyCharacters) {
  std::string name(80, 'q');
  EXPECT_TRUE(IsValidQueueName(name));
  name.append("q");
  EXPECT_FALSE(IsValidQueueName(name));
  name.assign(75, 'q');
  name.append(".fifo");
  EXPECT_TRUE(IsValidQueueName(name));
  name.insert(name.begin(), 'q');
  EXPECT_FALSE(IsValidQueueName(name));
}

TEST(QueueNameTest, ArnsNameQueuesOfTheirAccountAndRegion) {
  const QueueName name{"111111111111", "eu-west-1", "q.fifo"};
  EXPECT_EQ(name.Arn(), "arn:aws:sqs:eu-west-1:111111111111:q.fifo");
  EXPECT_EQ(ParseQueueArn(name.Arn()), name);
  for (const char* arn : {"", "q", "arn:aws:sns:eu-west-1:111111111111:q", "arn:aws:sqs::111111111111:q",
                          "arn:aws:sqs:eu-west-1:1:q",
                          "arn:aws:sqs:eu-west-1:111111111111:", "arn:aws:sqs:eu-west-1:111111111111:a/b"}) {
    EXPECT_FALSE(ParseQueueArn(arn)) << arn;
  }
}

TEST(QueueNameTest, UrlsCompleteWhatTheyLeaveOpenFromTheCaller) {
  const std::pair<const char*, QueueName> urls[] = {
      {"http://h:4566/111111111111/q", {"111111111111", "us-east-1", "q"}},
      {"http://sqs.eu-west-1.h:4566/111111111111/q", {"111111111111", "eu-west-1", "q"}},
      {"https://sqs-fips.us-gov-west-1.amazonaws.com/111111111111/q", {"111111111111", "us-gov-west-1", "q"}},
      {"http://eu-west-1.queue.h/111111111111/q", {"111111111111", "eu-west-1", "q"}},
      {"http://queue.amazonaws.com/111111111111/q", {"111111111111", "us-east-1", "q"}},
      {"http://h/queue/eu-west-1/111111111111/q", {"111111111111", "eu-west-1", "q"}},
      {"/111111111111/q/", {"111111111111", "us-east-1", "q"}},
      {"/111111111111/q?Action=x", {"111111111111", "us-east-1", "q"}},
      {"q", {"000000000000", "us-east-1", "q"}},
  };
  for (const auto& [url, name] : urls) EXPECT_EQ(ParseQueueUrl(url, Caller()), name) << url;
}

TEST(QueueNameTest, WhatCannotBeAQueuesAddressIsRefused) {
  for (const char* url : {"", "/", "http://h", "http://h/", "http://", "/1/q", "/a/b/c", "/queue/x/1/q",
                          "http://h/queue/eu-west-1/111111111111/q/r"}) {
    EXPECT_THROW(ParseQueueUrl(url, Caller()), AwsError) << url;
  }
}

TEST(QueueNameTest, DynamicUrlsTellTheRegionWhereTheHostWouldMeanAnother) {
  protocol::RequestContext context;
  context.scheme = "https";
  const QueueName queue{"111111111111", "eu-west-1", "q"};
  const auto url = [&](std::string_view host, QueueUrlForm form) {
    context.host = host;
    return FormatQueueUrl(queue, form, context);
  };
  EXPECT_EQ(url("h:1", QueueUrlForm::kDynamic), "https://h:1/111111111111/q");
  EXPECT_EQ(url("sqs.eu-west-1.h:1", QueueUrlForm::kDynamic), "https://sqs.eu-west-1.h:1/111111111111/q");
  EXPECT_EQ(url("sqs.us-east-1.h:1", QueueUrlForm::kDynamic), "https://sqs.eu-west-1.h:1/111111111111/q");
  EXPECT_EQ(url("us-east-1.queue.h:1", QueueUrlForm::kDomain), "https://sqs.eu-west-1.h:1/111111111111/q");
  EXPECT_EQ(url("sqs.us-east-1.h:1", QueueUrlForm::kPath), "https://h:1/queue/eu-west-1/111111111111/q");
}

}  // namespace
}  // namespace cumulite::sqs
