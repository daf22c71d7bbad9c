#include <memory>
#include <set>

#include "tests/wire/sqs/sqs_wire_test.h"

namespace cumulite::testing {
namespace {
using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST_F(SqsWireTest, MessageTravelsWithAttributesAndDigests) {
  const std::string url = CreateQueue("q");
  const json attributes = {{"n", {{"DataType", "Number.int"}, {"StringValue", "5"}}},
                           {"b", {{"DataType", "Binary"}, {"BinaryValue", "AAE="}}}};
  const json trace = {
      {"AWSTraceHeader",
       {{"DataType", "String"},
        {"StringValue", "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1"}}}};
  const json sent =
      SendMessage(url, "hello", {{"MessageAttributes", attributes}, {"MessageSystemAttributes", trace}});
  EXPECT_EQ(sent["MD5OfMessageBody"], "5d41402abc4b2a76b9719d911017c592");
  EXPECT_EQ(sent["MD5OfMessageSystemAttributes"], "5ae4d5d7636402d80f4eb6d213245a88");

  const json all = Receive(
      url, {{"MessageAttributeNames", {"All"}}, {"AttributeNames", {"All"}}, {"VisibilityTimeout", 0}})[0];
  EXPECT_EQ(all["MessageId"], sent["MessageId"]);
  EXPECT_EQ(all["MD5OfMessageAttributes"], sent["MD5OfMessageAttributes"]);
  EXPECT_EQ(all["MessageAttributes"], attributes);
  EXPECT_EQ(all["Attributes"]["ApproximateReceiveCount"], "1");
  EXPECT_EQ(all["Attributes"]["SentTimestamp"], "1767323045000");
  EXPECT_EQ(all["Attributes"]["AWSTraceHeader"], trace["AWSTraceHeader"]["StringValue"]);
  EXPECT_NE(all["Attributes"]["SenderId"], "000000000000");

  const json one = Receive(url, {{"MessageAttributeNames", {"n.*"}}, {"VisibilityTimeout", 0}})[0];
  EXPECT_EQ(one["MessageAttributes"].size(), 1u);
  EXPECT_NE(one["MD5OfMessageAttributes"], sent["MD5OfMessageAttributes"]) << "covers what is returned";
  EXPECT_FALSE(one.contains("Attributes"));
  const json none = Receive(url, {{"MessageAttributeNames", {"AWS.", "..foo"}}, {"VisibilityTimeout", 0}})[0];
  EXPECT_FALSE(none.contains("MessageAttributes"));
  EXPECT_FALSE(none.contains("MD5OfMessageAttributes"));
}

TEST_F(SqsWireTest, BodiesSurviveXmlUntouched) {
  const std::string url = CreateQueue("q");
  SendMessage(url, "a\r\nb\"c&quot;<d>\t");
  EXPECT_THAT(Query("Action=ReceiveMessage&VisibilityTimeout=0", "/000000000000/q").body,
              HasSubstr("a&#xD;"));
  EXPECT_EQ(Receive(url)[0]["Body"], "a\r\nb\"c&quot;<d>\t");
}

TEST_F(SqsWireTest, NothingToReceiveLeavesNoTrace) {
  CreateQueue("q");
  EXPECT_EQ(Do("ReceiveMessage", {{"QueueUrl", "q"}}), json::object());
  EXPECT_THAT(Query("Action=ReceiveMessage", "/000000000000/q").body, HasSubstr("<ReceiveMessageResult/>"));
}

TEST_F(SqsWireTest, EmptyAndMissingBodiesAreTheSameMistake) {
  CreateQueue("q");
  for (const char* form : {"Action=SendMessage", "Action=SendMessage&MessageBody="}) {
    const Reply reply = Query(form, "/000000000000/q");
    EXPECT_EQ(reply.status, 400);
    EXPECT_THAT(reply.body, HasSubstr("<Code>MissingParameter</Code>"));
    EXPECT_THAT(reply.body, HasSubstr("The request must contain the parameter MessageBody."));
  }
}

TEST_F(SqsWireTest, QueueUrlServesItsOwnQueueOnly) {
  const std::string url = CreateQueue("q");
  EXPECT_THAT(Request("GET", "/000000000000/q?Action=GetQueueAttributes&AttributeName.1=QueueArn").body,
              HasSubstr("<Value>arn:aws:sqs:us-east-1:000000000000:q</Value>"));
  for (const char* action : {"CreateQueue", "ListQueues", "Nonsense"}) {
    const Reply reply = Request("GET", std::string("/000000000000/q?Action=") + action + "&QueueName=x");
    EXPECT_EQ(reply.status, 400);
    EXPECT_THAT(reply.body, HasSubstr("<Code>InvalidAction</Code>"));
    EXPECT_THAT(reply.body,
                HasSubstr(std::string("The action ") + action + " is not valid for this endpoint."));
  }
  EXPECT_EQ(Request("GET", "/000000000000/q?Action=GetQueueUrl&QueueName=q").status, 200);
  const Reply none = Request("GET", "/000000000000/q", {}, {{"Accept", "application/json"}});
  EXPECT_EQ(none.status, 404);
  EXPECT_THAT(none.body, HasSubstr("<UnknownOperationException/>"));
}

TEST_F(SqsWireTest, SizesAreLimitedForMessagesAndBatches) {
  const std::string url = CreateQueue("q");
  SendMessage(url, std::string(1'048'576, 'x'));
  ExpectError(Call("SendMessage", {{"QueueUrl", url}, {"MessageBody", std::string(1'048'577, 'x')}}),
              "InvalidParameterValueException", "InvalidParameterValue",
              "One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.");
  const std::string half(524'288, 'x');
  ExpectError(
      Call("SendMessageBatch",
           {{"QueueUrl", url},
            {"Entries", {{{"Id", "1"}, {"MessageBody", half}}, {{"Id", "2"}, {"MessageBody", half + "y"}}}}}),
      "BatchRequestTooLong", "AWS.SimpleQueueService.BatchRequestTooLong",
      "Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.");
}

TEST_F(SqsWireTest, BatchFailsEntryByEntry) {
  const std::string url = CreateQueue("q", {{"MaximumMessageSize", "1024"}});
  const json answer = Do("SendMessageBatch", {{"QueueUrl", url},
                                              {"Entries",
                                               {{{"Id", "ok"}, {"MessageBody", "fine"}},
                                                {{"Id", "long"}, {"MessageBody", std::string(1025, 'x')}},
                                                {{"Id", "bad"}, {"MessageBody", "\x01"}}}}});
  ASSERT_EQ(answer["Successful"].size(), 1u);
  ASSERT_EQ(answer["Failed"].size(), 2u);
  EXPECT_EQ(answer["Failed"][0],
            json({{"Id", "long"},
                  {"SenderFault", true},
                  {"Code", "InvalidParameterValue"},
                  {"Message",
                   "One or more parameters cannot be validated. Reason: Message must be shorter than 1024 "
                   "bytes."}}));
  EXPECT_EQ(answer["Failed"][1]["Code"], "InvalidMessageContents");
  EXPECT_THAT(Bodies(Receive(url)), ElementsAre("fine"));
}

TEST_F(SqsWireTest, BatchesAreCheckedAsAWhole) {
  const std::string url = CreateQueue("q");
  const auto batch = [&](const json& entries) {
    return Call("SendMessageBatch", {{"QueueUrl", url}, {"Entries", entries}});
  };
  const std::string prefix = "AWS.SimpleQueueService.";
  EXPECT_EQ(batch(json::array()).Header("x-amzn-query-error"), prefix + "EmptyBatchRequest;Sender");
  json many = json::array();
  for (int i = 0; i < 20; ++i) many.push_back({{"Id", std::to_string(i)}, {"MessageBody", "x"}});
  ExpectError(batch(many), "TooManyEntriesInBatchRequest", prefix + "TooManyEntriesInBatchRequest",
              "Maximum number of entries per request are 10. You have sent 20.");
  for (const std::string& id :
       {std::string(), std::string(81, 'a'), std::string("a b"), std::string("a.b")}) {
    ExpectError(batch({{{"Id", id}, {"MessageBody", "x"}}}), "InvalidBatchEntryId",
                prefix + "InvalidBatchEntryId",
                "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can "
                "be at most "
                "80 letters long.");
  }
  EXPECT_EQ(batch({{{"Id", "a"}, {"MessageBody", "x"}}, {{"Id", "a"}, {"MessageBody", "y"}}})
                .Header("x-amzn-query-error"),
            prefix + "BatchEntryIdsNotDistinct;Sender");
  EXPECT_THAT(Receive(url), IsEmpty()) << "nothing of a refused batch is kept";
}

TEST_F(SqsWireTest, AttributesThatAreNotAllowedAreRefused) {
  const std::string url = CreateQueue("q");
  const auto send = [&](const std::string& name, const json& value) {
    return Call("SendMessage",
                {{"QueueUrl", url}, {"MessageBody", "x"}, {"MessageAttributes", {{name, value}}}});
  };
  const json text = {{"DataType", "String"}, {"StringValue", "v"}};
  for (const std::string& name : {std::string("AWS.x"), std::string("amazon.x"), std::string(".x"),
                                  std::string("x."), std::string(257, 'x'), std::string("a!b")}) {
    EXPECT_THAT(send(name, text).body, HasSubstr("Invalid")) << name;
  }
  EXPECT_EQ(send("\xC3\xB8\xC3\x9F", text).status, 200);
  ExpectError(send("ErrorDetails", {{"DataType", "String"}, {"StringValue", ""}}),
              "InvalidParameterValueException", "InvalidParameterValue",
              "Message (user) attribute 'ErrorDetails' must contain a non-empty value of type 'String'.");
  EXPECT_EQ(send("a", {{"DataType", "Text"}, {"StringValue", "v"}}).status, 400);
  EXPECT_EQ(send("a", {{"DataType", "Number"}, {"StringValue", "v"}}).status, 400);
  EXPECT_EQ(send("a", {{"DataType", "String"}, {"StringValue", "\x02"}}).Header("x-amzn-query-error"),
            "InvalidParameterValue;Sender");
}

TEST_F(SqsWireTest, RangesAreRefusedInTheWordsOfAws) {
  const std::string url = CreateQueue("q");
  ExpectError(Call("ReceiveMessage", {{"QueueUrl", url}, {"MaxNumberOfMessages", 11}}),
              "InvalidParameterValueException", "InvalidParameterValue",
              "Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if "
              "provided.");
  ExpectError(
      Call("ReceiveMessage", {{"QueueUrl", url}, {"WaitTimeSeconds", -1}}), "InvalidParameterValueException",
      "InvalidParameterValue",
      "Value -1 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.");
  ExpectError(Call("SendMessage", {{"QueueUrl", url}, {"MessageBody", "x"}, {"MessageGroupId", ""}}),
              "InvalidParameterValueException", "InvalidParameterValue",
              "Value  for parameter MessageGroupId is invalid. Reason: MessageGroupId can only include "
              "alphanumeric and "
              "punctuation characters. 1 to 128 in length.");
}

TEST_F(SqsWireTest, HandlesOfDeletedMessagesAndGarbageAreToldApart) {
  const std::string url = CreateQueue("q");
  SendMessage(url, "x");
  const std::string handle = Receive(url)[0]["ReceiptHandle"];
  Do("DeleteMessage", {{"QueueUrl", url}, {"ReceiptHandle", handle}});
  Do("DeleteMessage", {{"QueueUrl", url}, {"ReceiptHandle", handle}});
  ExpectError(Call("ChangeMessageVisibility",
                   {{"QueueUrl", url}, {"ReceiptHandle", handle}, {"VisibilityTimeout", 5}}),
              "InvalidParameterValueException", "InvalidParameterValue",
              "Value " + handle +
                  " for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not "
                  "available for visibility timeout change.");
  for (const char* operation : {"DeleteMessage", "ChangeMessageVisibility"}) {
    ExpectError(Call(operation, {{"QueueUrl", url}, {"ReceiptHandle", "garbage"}, {"VisibilityTimeout", 5}}),
                "ReceiptHandleIsInvalid", "ReceiptHandleIsInvalid",
                "The input receipt handle \"garbage\" is not a valid receipt handle.");
  }
}

class SqsLongPollTest : public SqsWireTest {
 protected:
  /// Begins a long poll on a connection of its own.
  std::unique_ptr<Client> Poll(const std::string& url, const json& more = {{"WaitTimeSeconds", 20}}) {
    json request = {{"QueueUrl", url}};
    request.update(more);
    const std::string body = request.dump();
    auto client = std::make_unique<Client>(port());
    client->Send(MakeRequest(
        "POST", "/", body,
        {{"X-Amz-Target", "AmazonSQS.ReceiveMessage"}, {"Content-Type", "application/x-amz-json-1.0"}}));
    EXPECT_TRUE(client->Silent(50ms)) << "it waits";
    return client;
  }
};

TEST_F(SqsLongPollTest, EndsTheMomentAMessageArrives) {
  const std::string url = CreateQueue("q");
  const auto client = Poll(url);
  SendMessage(url, "now");
  EXPECT_EQ(client->Read()->Json()["Messages"][0]["Body"], "now");
}

TEST_F(SqsLongPollTest, EndsWhenAMessageBecomesVisible) {
  const std::string url = CreateQueue("q");
  SendMessage(url, "late", {{"DelaySeconds", 10}});
  const auto client = Poll(url);
  clock_.Advance(10s);
  EXPECT_EQ(client->Read()->Json()["Messages"][0]["Body"], "late");
}

TEST_F(SqsLongPollTest, EndsEmptyAtItsDeadlineOnTheVirtualClock) {
  const std::string url = CreateQueue("q");
  const auto client = Poll(url);
  clock_.Advance(20s);
  EXPECT_EQ(client->Read()->body, "{}");
}

TEST_F(SqsLongPollTest, QueueHasAWaitOfItsOwnForRequestsWithout) {
  const std::string url = CreateQueue("q", {{"ReceiveMessageWaitTimeSeconds", "5"}});
  EXPECT_EQ(Do("ReceiveMessage", {{"QueueUrl", url}, {"WaitTimeSeconds", 0}}), json::object()) << "at once";
  const auto client = Poll(url, json::object());
  clock_.Advance(5s);
  EXPECT_EQ(client->Read()->body, "{}");
}

TEST_F(SqsLongPollTest, EndsWhenTheQueueIsDeleted) {
  const std::string url = CreateQueue("q");
  const auto client = Poll(url);
  Do("DeleteQueue", {{"QueueUrl", url}});
  EXPECT_EQ(client->Read()->status, 400);
}

TEST_F(SqsLongPollTest, VanishedClientTakesNoMessage) {
  const std::string url = CreateQueue("q");
  Poll(url)->Reset();
  const auto second = Poll(url);
  SendMessage(url, "mine");
  EXPECT_EQ(second->Read()->Json()["Messages"][0]["Body"], "mine");
}

TEST_F(SqsLongPollTest, EachOfManyWaitersGetsOneMessage) {
  const std::string url = CreateQueue("q");
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 8; ++i) clients.push_back(Poll(url));
  for (int i = 0; i < 8; ++i) SendMessage(url, std::to_string(i));
  std::set<std::string> bodies;
  for (const auto& client : clients) bodies.insert(client->Read()->Json()["Messages"][0]["Body"]);
  EXPECT_EQ(bodies.size(), 8u);
}

}  // namespace
}  // namespace cumulite::testing
