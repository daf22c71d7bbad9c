#include "tests/wire/sqs/sqs_wire_test.h"

namespace cumulite::testing {
namespace {
using namespace std::chrono_literals;
using ::testing::HasSubstr;

TEST_F(SqsWireTest, UnknownQueueIsReportedInTheProtocolOfTheRequest) {
  ExpectError(Call("ReceiveMessage", {{"QueueUrl", "http://localhost/000000000000/x"}}), "QueueDoesNotExist",
              "AWS.SimpleQueueService.NonExistentQueue", "The specified queue does not exist.");
  const Reply query = Query("Action=GetQueueUrl&QueueName=x&Version=2012-11-05");
  EXPECT_EQ(query.status, 400);
  EXPECT_THAT(query.body, HasSubstr("<Code>AWS.SimpleQueueService.NonExistentQueue</Code>"));
  EXPECT_THAT(query.body,
              HasSubstr("<Message>The specified queue does not exist for this wsdl version.</Message>"));
  EXPECT_THAT(query.body, HasSubstr("<Type>Sender</Type>"));
}

TEST_F(SqsWireTest, NewQueueHasTheDefaultsOfToday) {
  const std::string url = CreateQueue("q");
  const json all = Do("GetQueueAttributes", {{"QueueUrl", url}, {"AttributeNames", {"All"}}})["Attributes"];
  EXPECT_EQ(all, json({{"VisibilityTimeout", "30"},
                       {"MaximumMessageSize", "1048576"},
                       {"MessageRetentionPeriod", "345600"},
                       {"DelaySeconds", "0"},
                       {"ReceiveMessageWaitTimeSeconds", "0"},
                       {"SqsManagedSseEnabled", "true"},
                       {"ApproximateNumberOfMessages", "0"},
                       {"ApproximateNumberOfMessagesNotVisible", "0"},
                       {"ApproximateNumberOfMessagesDelayed", "0"},
                       {"CreatedTimestamp", "1767323045"},
                       {"LastModifiedTimestamp", "1767323045"},
                       {"QueueArn", "arn:aws:sqs:us-east-1:000000000000:q"}}));
  const std::string fifo = CreateQueue("q.fifo", {{"FifoQueue", "True"}});
  EXPECT_EQ(Attribute(fifo, "FifoQueue"), "true");
  EXPECT_EQ(Attribute(fifo, "DeduplicationScope"), "queue");
  EXPECT_EQ(Attribute(fifo, "FifoThroughputLimit"), "perQueue");
  EXPECT_EQ(Attribute(fifo, "ContentBasedDeduplication"), "false");
}

TEST_F(SqsWireTest, CreatingAgainSucceedsUnlessAnAttributeDiffers) {
  const std::string url = CreateQueue("q", {{"DelaySeconds", "5"}});
  EXPECT_EQ(CreateQueue("q"), url);
  EXPECT_EQ(CreateQueue("q", {{"DelaySeconds", "5"}}), url);
  ExpectError(Call("CreateQueue", {{"QueueName", "q"}, {"Attributes", {{"DelaySeconds", "6"}}}}),
              "QueueNameExists", "QueueAlreadyExists",
              "A queue already exists with the same name and a different value for attribute DelaySeconds");
  Do("SetQueueAttributes", {{"QueueUrl", url}, {"Attributes", {{"DelaySeconds", "6"}}}});
  EXPECT_EQ(CreateQueue("q", {{"DelaySeconds", "6"}}), url);
}

TEST_F(SqsWireTest, FifoAttributesAreUnknownToStandardQueues) {
  for (const char* name : {"FifoQueue", "ContentBasedDeduplication"}) {
    ExpectError(Call("CreateQueue", {{"QueueName", "q"}, {"Attributes", {{name, "false"}}}}),
                "InvalidAttributeName", "InvalidAttributeName",
                std::string("Unknown Attribute ") + name + ".");
  }
  ExpectError(Call("CreateQueue", {{"QueueName", "q"}, {"Attributes", {{"DeduplicationScope", "queue"}}}}),
              "InvalidAttributeName", "InvalidAttributeName",
              "You can specify the DeduplicationScope only when FifoQueue is set to true.");
  const std::string fifo = CreateFifo("f.fifo");
  Do("SetQueueAttributes", {{"QueueUrl", fifo}, {"Attributes", {{"FifoQueue", "true"}}}});
  ExpectError(Call("SetQueueAttributes", {{"QueueUrl", fifo}, {"Attributes", {{"FifoQueue", "false"}}}}),
              "InvalidAttributeValue", "InvalidAttributeValue",
              "Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.");
}

TEST_F(SqsWireTest, BadNamesAreRefused) {
  for (const std::string& name : {std::string("a/b"), std::string(""), std::string(81, 'a'),
                                  std::string("a.fifo"), std::string("a b"), std::string(".fifo")}) {
    const Reply reply = Call("CreateQueue", {{"QueueName", name}});
    EXPECT_EQ(reply.Header("x-amzn-query-error"), "InvalidParameterValue;Sender") << name;
  }
  EXPECT_EQ(Call("CreateQueue", {{"QueueName", "a"}, {"Attributes", {{"FifoQueue", "true"}}}})
                .Header("x-amzn-query-error"),
            "InvalidParameterValue;Sender");
}

TEST_F(SqsWireTest, FailedChangeOfAttributesLeavesAllAsTheyWere) {
  const std::string url = CreateQueue("q");
  const Reply reply =
      Call("SetQueueAttributes",
           {{"QueueUrl", url}, {"Attributes", {{"DelaySeconds", "7"}, {"VisibilityTimeout", "43201"}}}});
  ExpectError(reply, "InvalidAttributeValue", "InvalidAttributeValue",
              "Invalid value for the parameter VisibilityTimeout.");
  EXPECT_EQ(Attribute(url, "DelaySeconds"), "0");
  ExpectError(Call("GetQueueAttributes", {{"QueueUrl", url}, {"AttributeNames", {"Foobar"}}}),
              "InvalidAttributeName", "InvalidAttributeName", "Unknown Attribute Foobar.");
  EXPECT_EQ(Do("GetQueueAttributes", {{"QueueUrl", url}, {"AttributeNames", {"Policy"}}}), json::object());
}

TEST_F(SqsWireTest, KmsKeyTurnsManagedEncryptionOffForGood) {
  const std::string url = CreateQueue("q");
  Do("SetQueueAttributes", {{"QueueUrl", url}, {"Attributes", {{"KmsMasterKeyId", "alias/aws/sqs"}}}});
  EXPECT_EQ(Attribute(url, "SqsManagedSseEnabled"), "false");
  Do("SetQueueAttributes", {{"QueueUrl", url}, {"Attributes", {{"KmsMasterKeyId", ""}}}});
  EXPECT_EQ(Attribute(url, "SqsManagedSseEnabled"), "false");
  EXPECT_EQ(Attribute(url, "KmsMasterKeyId"), "");
  EXPECT_EQ(
      Call("SetQueueAttributes",
           {{"QueueUrl", url}, {"Attributes", {{"KmsMasterKeyId", "k"}, {"SqsManagedSseEnabled", "true"}}}})
          .Header("x-amzn-query-error"),
      "InvalidAttributeName;Sender");
}

TEST_F(SqsWireTest, EveryFormOfQueueUrlIsUnderstood) {
  CreateQueue("q");
  for (const char* url :
       {"http://localhost:4566/000000000000/q", "http://sqs.us-east-1.localhost:4566/000000000000/q",
        "http://us-east-1.queue.localhost/000000000000/q", "https://host/queue/us-east-1/000000000000/q",
        "https://sqs.us-east-1.amazonaws.com/000000000000/q", "/000000000000/q",
        "http://localhost:4566/queue/q", "q"}) {
    EXPECT_EQ(Call("GetQueueAttributes", {{"QueueUrl", url}}).status, 200) << url;
  }
  EXPECT_EQ(
      Call("GetQueueAttributes", {{"QueueUrl", "http://sqs.eu-west-1.localhost/000000000000/q"}}).status,
      400);
  for (const char* url : {"http://localhost/1/2/3", "http://localhost", "http://localhost/1/q"}) {
    const Reply reply = Call("GetQueueAttributes", {{"QueueUrl", url}});
    EXPECT_EQ(reply.status, 400) << url;
    EXPECT_EQ(reply.Header("x-amzn-query-error"), "AWS.SimpleQueueService.NonExistentQueue;Sender") << url;
  }
}

TEST_F(SqsWireTest, QueueUrlTakesTheHostThatTheCallerUsed) {
  const Reply reply = Request("POST", "/", R"({"QueueName":"q"})",
                              {{"Host", "cumulite:4566"},
                               {"X-Amz-Target", "AmazonSQS.CreateQueue"},
                               {"Content-Type", "application/x-amz-json-1.0"}});
  EXPECT_EQ(reply.Json()["QueueUrl"], "http://cumulite:4566/000000000000/q");
}

class SqsUrlFormTest : public SqsWireTest, public ::testing::WithParamInterface<config::SqsQueueUrl> {
 protected:
  void Configure(config::Settings& settings) override { settings.sqs_queue_url = GetParam(); }
};

TEST_P(SqsUrlFormTest, UrlsOfThatFormWork) {
  const std::string url = CreateQueue("q");
  EXPECT_EQ(url, GetParam() == config::SqsQueueUrl::kPath ? "http://localhost/queue/us-east-1/000000000000/q"
                                                          : "http://sqs.us-east-1.localhost/000000000000/q");
  SendMessage(url, "hello");
  EXPECT_EQ(Bodies(Receive(url)), std::vector<std::string>{"hello"});
}

INSTANTIATE_TEST_SUITE_P(Forms, SqsUrlFormTest,
                         ::testing::Values(config::SqsQueueUrl::kPath, config::SqsQueueUrl::kDomain));

TEST_F(SqsWireTest, QueuesOfAccountsAndRegionsAreApart) {
  CreateQueue("q");
  const auto list = [this](std::string_view region, std::string_view key) {
    return Request("POST", "/", "{}",
                   {Signed("sqs", region, key),
                    {"X-Amz-Date", "20260102T030405Z"},
                    {"X-Amz-Target", "AmazonSQS.ListQueues"},
                    {"Content-Type", "application/x-amz-json-1.0"}})
        .Json();
  };
  EXPECT_EQ(list("us-east-1", "test")["QueueUrls"].size(), 1u);
  EXPECT_EQ(list("eu-west-1", "test"), json::object());
  EXPECT_EQ(list("us-east-1", "111111111111"), json::object());
}

TEST_F(SqsWireTest, QueuesAreListedByNameInPages) {
  for (const char* name : {"b1", "a2", "a1", "a3"}) CreateQueue(name);
  const json first = Do("ListQueues", {{"QueueNamePrefix", "a"}, {"MaxResults", 2}});
  ASSERT_EQ(first["QueueUrls"].size(), 2u);
  EXPECT_THAT(std::string(first["QueueUrls"][0]), ::testing::EndsWith("/a1"));
  const json second =
      Do("ListQueues", {{"QueueNamePrefix", "a"}, {"MaxResults", 2}, {"NextToken", first["NextToken"]}});
  EXPECT_EQ(second["QueueUrls"].size(), 1u);
  EXPECT_FALSE(second.contains("NextToken"));
  EXPECT_EQ(Do("ListQueues", json::object())["QueueUrls"].size(), 4u);
  EXPECT_EQ(Do("ListQueues", {{"QueueNamePrefix", "z"}}), json::object());
}

TEST_F(SqsWireTest, TagsAreAddedReplacedAndRemoved) {
  const std::string url =
      Do("CreateQueue", {{"QueueName", "q"}, {"tags", {{"Stage", "test"}}}}).value("QueueUrl", "");
  Do("TagQueue", {{"QueueUrl", url}, {"Tags", {{"stage", ""}, {"Stage", "prod"}}}});
  EXPECT_EQ(Do("ListQueueTags", {{"QueueUrl", url}})["Tags"], json({{"Stage", "prod"}, {"stage", ""}}));
  Do("UntagQueue", {{"QueueUrl", url}, {"TagKeys", {"Stage", "stage", "never"}}});
  EXPECT_EQ(Do("ListQueueTags", {{"QueueUrl", url}}), json::object());
}

TEST_F(SqsWireTest, PermissionsMakeAndUnmakeThePolicy) {
  const std::string url = CreateQueue("q");
  const json grant = {{"QueueUrl", url},
                      {"Label", "crl"},
                      {"AWSAccountIds", {"111111111111"}},
                      {"Actions", {"ReceiveMessage"}}};
  Do("AddPermission", grant);
  EXPECT_EQ(
      Attribute(url, "Policy"),
      R"({"Version":"2008-10-17","Id":"arn:aws:sqs:us-east-1:000000000000:q/SQSDefaultPolicy","Statement":[)"
      R"({"Sid":"crl","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:root"},)"
      R"("Action":"SQS:ReceiveMessage","Resource":"arn:aws:sqs:us-east-1:000000000000:q"}]})");
  ExpectError(Call("AddPermission", grant), "InvalidParameterValueException", "InvalidParameterValue",
              "Value crl for parameter Label is invalid. Reason: Already exists.");
  ExpectError(Call("RemovePermission", {{"QueueUrl", url}, {"Label", "x"}}), "InvalidParameterValueException",
              "InvalidParameterValue", "Value x for parameter Label is invalid. Reason: can't find label.");
  Do("RemovePermission", {{"QueueUrl", url}, {"Label", "crl"}});
  EXPECT_EQ(Attribute(url, "Policy"), "");
}

TEST_F(SqsWireTest, QueueOutlivesARestartWithAllThatDescribesIt) {
  const std::string url = CreateQueue("q", {{"DelaySeconds", "3"}});
  Do("TagQueue", {{"QueueUrl", url}, {"Tags", {{"a", "b"}}}});
  SendMessage(url, "kept");
  RestartServer();
  EXPECT_EQ(Attribute(url, "DelaySeconds"), "3");
  EXPECT_EQ(Attribute(url, "ApproximateNumberOfMessagesDelayed"), "1");
  EXPECT_EQ(Do("ListQueueTags", {{"QueueUrl", url}})["Tags"], json({{"a", "b"}}));
  clock_.Advance(3s);
  EXPECT_EQ(Bodies(Receive(url)), std::vector<std::string>{"kept"});
}

TEST_F(SqsWireTest, CooldownsAreOffUnlessAskedFor) {
  const std::string url = CreateQueue("q");
  Do("PurgeQueue", {{"QueueUrl", url}});
  Do("PurgeQueue", {{"QueueUrl", url}});
  Do("DeleteQueue", {{"QueueUrl", url}});
  CreateQueue("q");
}

class SqsCooldownTest : public SqsWireTest {
 protected:
  void Configure(config::Settings& settings) override { settings.sqs_enforce_cooldowns = true; }
};

TEST_F(SqsCooldownTest, PurgeAndRecreationWaitAMinute) {
  const std::string url = CreateQueue("q");
  Do("PurgeQueue", {{"QueueUrl", url}});
  ExpectError(Call("PurgeQueue", {{"QueueUrl", url}}), "PurgeQueueInProgress",
              "AWS.SimpleQueueService.PurgeQueueInProgress",
              "Only one PurgeQueue operation on q is allowed every 60 seconds.", 403);
  clock_.Advance(60s);
  Do("PurgeQueue", {{"QueueUrl", url}});
  Do("DeleteQueue", {{"QueueUrl", url}});
  ExpectError(
      Call("CreateQueue", {{"QueueName", "q"}}), "QueueDeletedRecently",
      "AWS.SimpleQueueService.QueueDeletedRecently",
      "You must wait 60 seconds after deleting a queue before you can create another with the same name.");
  clock_.Advance(60s);
  CreateQueue("q");
}

}  // namespace
}  // namespace cumulite::testing
