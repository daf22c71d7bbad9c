#include <functional>

#include "tests/wire/sqs/sqs_wire_test.h"

namespace cumulite::testing {
namespace {
using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class SqsDeadLetterTest : public SqsWireTest {
 protected:
  static std::string Arn(const std::string& name) { return "arn:aws:sqs:us-east-1:000000000000:" + name; }
  static std::string RedrivePolicy(const std::string& name, const json& count) {
    return json({{"deadLetterTargetArn", Arn(name)}, {"maxReceiveCount", count}}).dump();
  }
  /// Receives and lets the visibility timeout end.
  json ReceiveAndExpire(const std::string& url) {
    const json messages = Receive(url, {{"AttributeNames", {"All"}}});
    clock_.Advance(30s);
    return messages;
  }
  json Tasks(const std::string& name) {
    return Do("ListMessageMoveTasks", {{"SourceArn", Arn(name)}, {"MaxResults", 10}})["Results"];
  }
  /// The move runs in the background: asks until `holds`, for as long as a test may take.
  static bool Eventually(const std::function<bool()>& holds) {
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    while (!holds()) {
      if (std::chrono::steady_clock::now() > deadline) return false;
    }
    return true;
  }
  bool HasMoved(const std::string& name, int count) {
    return Eventually([&] { return Tasks(name)[0]["ApproximateNumberOfMessagesMoved"] == count; });
  }
  json EndedTask(const std::string& name) {
    json task;
    Eventually([&] { return (task = Tasks(name)[0])["Status"] != "RUNNING"; });
    return task;
  }
};

TEST_F(SqsWireTest, FifoAnswersSequenceNumbersAndDuplicates) {
  const std::string url = CreateFifo("f.fifo");
  const json first = SendMessage(url, "a", {{"MessageGroupId", "g"}});
  const json again = SendMessage(url, "a", {{"MessageGroupId", "g"}});
  EXPECT_EQ(again["MessageId"], first["MessageId"]);
  EXPECT_EQ(again["SequenceNumber"], first["SequenceNumber"]);
  const json second = SendMessage(url, "b", {{"MessageGroupId", "g"}});
  EXPECT_EQ(std::string(first["SequenceNumber"]).size(), 20u);
  EXPECT_LT(std::string(first["SequenceNumber"]), std::string(second["SequenceNumber"]));
  const json messages = Receive(url, {{"MessageSystemAttributeNames", {"All"}}});
  EXPECT_THAT(Bodies(messages), ElementsAre("a", "b"));
  EXPECT_EQ(messages[0]["Attributes"]["SequenceNumber"], first["SequenceNumber"]);
  EXPECT_EQ(messages[0]["Attributes"]["MessageGroupId"], "g");
  EXPECT_EQ(messages[0]["Attributes"]["MessageDeduplicationId"],
            "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb");
}

TEST_F(SqsWireTest, FifoWantsGroupAndDeduplicationId) {
  const std::string url = CreateQueue("f.fifo", {{"FifoQueue", "true"}});
  ExpectError(Call("SendMessage", {{"QueueUrl", url}, {"MessageBody", "x"}}),
              "MissingRequiredParameterException", "MissingParameter",
              "The request must contain the parameter MessageGroupId.");
  ExpectError(
      Call("SendMessage", {{"QueueUrl", url}, {"MessageBody", "x"}, {"MessageGroupId", "g"}}),
      "InvalidParameterValueException", "InvalidParameterValue",
      "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided "
      "explicitly");
  ExpectError(
      Call("SendMessageBatch", {{"QueueUrl", url}, {"Entries", {{{"Id", "1"}, {"MessageBody", "x"}}}}}),
      "InvalidParameterValueException", "InvalidParameterValue",
      "The request must contain the parameter MessageGroupId.");
  ExpectError(Call("SendMessage", {{"QueueUrl", url},
                                   {"MessageBody", "x"},
                                   {"MessageGroupId", "g"},
                                   {"MessageDeduplicationId", "d"},
                                   {"DelaySeconds", 2}}),
              "InvalidParameterValueException", "InvalidParameterValue",
              "Value 2 for parameter DelaySeconds is invalid. Reason: The request include parameter that is "
              "not valid "
              "for this queue type.");
}

TEST_F(SqsWireTest, FifoRefusesAHandleWhoseTimeoutIsOver) {
  const std::string url = CreateFifo("f.fifo");
  SendMessage(url, "a", {{"MessageGroupId", "g"}});
  const std::string handle = Receive(url)[0]["ReceiptHandle"];
  clock_.Advance(30s);
  ExpectError(
      Call("DeleteMessage", {{"QueueUrl", url}, {"ReceiptHandle", handle}}), "InvalidParameterValueException",
      "InvalidParameterValue",
      "Value " + handle + " for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.");
  EXPECT_EQ(Receive(url).size(), 1u);
}

TEST_F(SqsWireTest, FifoOrderLocksAndDuplicatesOutliveARestart) {
  const std::string url = CreateFifo("f.fifo");
  for (const char* body : {"1", "2", "3"}) SendMessage(url, body, {{"MessageGroupId", "g"}});
  const json first = Receive(url, {{"MaxNumberOfMessages", 1}})[0];
  Do("ChangeMessageVisibility",
     {{"QueueUrl", url}, {"ReceiptHandle", first["ReceiptHandle"]}, {"VisibilityTimeout", 100}});
  RestartServer();
  EXPECT_THAT(Receive(url), IsEmpty()) << "the group is still locked";
  SendMessage(url, "3", {{"MessageGroupId", "g"}});
  Do("DeleteMessage", {{"QueueUrl", url}, {"ReceiptHandle", first["ReceiptHandle"]}});
  EXPECT_THAT(Bodies(Receive(url)), ElementsAre("2", "3"));
}

TEST_F(SqsDeadLetterTest, AllThatDiedTogetherMovesWithOneReceive) {
  const std::string dead = CreateQueue("dead");
  const std::string url = CreateQueue("q", {{"RedrivePolicy", RedrivePolicy("dead", 1)}});
  json entries = json::array();
  for (int i = 0; i < 10; ++i) entries.push_back({{"Id", std::to_string(i)}, {"MessageBody", "poison"}});
  for (int i = 0; i < 25; ++i) Do("SendMessageBatch", {{"QueueUrl", url}, {"Entries", entries}});
  for (int i = 0; i < 25; ++i) EXPECT_EQ(Receive(url).size(), 10u);
  clock_.Advance(std::chrono::seconds(31));
  SendMessage(url, "sound");
  EXPECT_THAT(Bodies(Receive(url)), ElementsAre("sound"));
  EXPECT_EQ(Attribute(dead, "ApproximateNumberOfMessages"), "250");
}

TEST_F(SqsDeadLetterTest, MessageReceivedTooOftenMovesWithAllItHas) {
  const std::string dead = CreateQueue("dead");
  const std::string url = CreateQueue("q", {{"RedrivePolicy", RedrivePolicy("dead", "1")}});
  EXPECT_EQ(Attribute(url, "RedrivePolicy"),
            R"({"deadLetterTargetArn":")" + Arn("dead") + R"(","maxReceiveCount":1})");
  const json sent = SendMessage(
      url, "poison", {{"MessageAttributes", {{"a", {{"DataType", "String"}, {"StringValue", "b"}}}}}});
  const json first = ReceiveAndExpire(url)[0];
  EXPECT_THAT(Receive(url), IsEmpty());
  EXPECT_EQ(Attribute(dead, "ApproximateNumberOfMessages"), "1");
  const json moved = Receive(dead, {{"AttributeNames", {"All"}}, {"MessageAttributeNames", {"All"}}})[0];
  EXPECT_EQ(moved["MessageId"], sent["MessageId"]);
  EXPECT_EQ(moved["MD5OfMessageAttributes"], sent["MD5OfMessageAttributes"]);
  EXPECT_EQ(moved["Attributes"]["ApproximateReceiveCount"], "2");
  EXPECT_EQ(moved["Attributes"]["DeadLetterQueueSourceArn"], Arn("q"));
  EXPECT_EQ(moved["Attributes"]["SentTimestamp"], first["Attributes"]["SentTimestamp"]);
  EXPECT_EQ(moved["Attributes"]["ApproximateFirstReceiveTimestamp"],
            first["Attributes"]["ApproximateFirstReceiveTimestamp"]);
  EXPECT_EQ(Do("ListDeadLetterSourceQueues", {{"QueueUrl", dead}})["queueUrls"], json({url}));
  RestartServer();
  EXPECT_EQ(Attribute(dead, "ApproximateNumberOfMessagesNotVisible"), "1");
  EXPECT_EQ(Attribute(url, "ApproximateNumberOfMessages"), "0");
}

TEST_F(SqsDeadLetterTest, PolicyMustNameAQueueThatTakesThem) {
  CreateQueue("closed", {{"RedriveAllowPolicy", R"({"redrivePermission":"denyAll"})"}});
  CreateFifo("dead.fifo");
  const std::string url = CreateQueue("there");
  for (const std::string& policy :
       {RedrivePolicy("closed", 3), RedrivePolicy("dead.fifo", 3), RedrivePolicy("absent", 3),
        RedrivePolicy("closed", "many"), std::string(R"({"maxReceiveCount":3})"), std::string("nonsense")}) {
    const json attributes{{"RedrivePolicy", policy}};
    EXPECT_EQ(
        Call("CreateQueue", {{"QueueName", "q"}, {"Attributes", attributes}}).Header("x-amzn-query-error"),
        "InvalidParameterValue;Sender")
        << policy;
    EXPECT_EQ(Call("SetQueueAttributes", {{"QueueUrl", url}, {"Attributes", attributes}})
                  .Header("x-amzn-query-error"),
              "InvalidParameterValue;Sender")
        << policy;
  }
}

TEST_F(SqsDeadLetterTest, MoveTaskBringsMessagesBackAsNewOnes) {
  const std::string dead = CreateQueue("dead");
  const std::string url = CreateQueue("q", {{"RedrivePolicy", RedrivePolicy("dead", 1)}});
  const json sent = SendMessage(url, "again");
  ReceiveAndExpire(url);
  ASSERT_THAT(Receive(url), IsEmpty());
  Do("StartMessageMoveTask", {{"SourceArn", Arn("dead")}});
  const json task = EndedTask("dead");
  EXPECT_EQ(task["Status"], "COMPLETED");
  EXPECT_EQ(task["ApproximateNumberOfMessagesMoved"], 1);
  EXPECT_EQ(task["ApproximateNumberOfMessagesToMove"], 1);
  EXPECT_FALSE(task.contains("TaskHandle"));
  const json back = Receive(url, {{"AttributeNames", {"All"}}})[0];
  EXPECT_EQ(back["Body"], "again");
  EXPECT_EQ(back["Attributes"]["ApproximateReceiveCount"], "1");
  EXPECT_FALSE(back["Attributes"].contains("DeadLetterQueueSourceArn"));
  EXPECT_EQ(Attribute(dead, "ApproximateNumberOfMessages"), "0");
}

TEST_F(SqsDeadLetterTest, MoveTaskKeepsItsPaceAndIsCancelled) {
  const std::string dead = CreateQueue("dead");
  CreateQueue("q", {{"RedrivePolicy", RedrivePolicy("dead", 1)}});
  const std::string elsewhere = CreateQueue("elsewhere");
  for (int i = 0; i < 5; ++i) SendMessage(dead, std::to_string(i));
  const json start = {
      {"SourceArn", Arn("dead")}, {"DestinationArn", Arn("elsewhere")}, {"MaxNumberOfMessagesPerSecond", 1}};
  const std::string handle = Do("StartMessageMoveTask", start)["TaskHandle"];
  ExpectError(
      Call("StartMessageMoveTask", start), "InvalidParameterValueException", "InvalidParameterValue",
      "There is already a task running. Only one active task is allowed for a source queue arn at a given "
      "time.");
  EXPECT_TRUE(HasMoved("dead", 1));
  clock_.Advance(2s);
  EXPECT_TRUE(HasMoved("dead", 3));
  EXPECT_EQ(Attribute(elsewhere, "ApproximateNumberOfMessages"), "3");
  const json running = Tasks("dead")[0];
  EXPECT_EQ(running["Status"], "RUNNING");
  EXPECT_EQ(running["TaskHandle"], handle);
  EXPECT_EQ(running["MaxNumberOfMessagesPerSecond"], 1);
  EXPECT_EQ(Do("CancelMessageMoveTask", {{"TaskHandle", handle}})["ApproximateNumberOfMessagesMoved"], 3);
  clock_.Advance(60s);
  EXPECT_EQ(Tasks("dead")[0]["Status"], "CANCELLED");
  EXPECT_EQ(Attribute(elsewhere, "ApproximateNumberOfMessages"), "3");
}

TEST_F(SqsDeadLetterTest, MoveTaskEndsAfterADayAndAHalf) {
  const std::string dead = CreateQueue("dead");
  CreateQueue("q", {{"RedrivePolicy", RedrivePolicy("dead", 1)}});
  CreateQueue("elsewhere");
  for (int i = 0; i < 3; ++i) SendMessage(dead, std::to_string(i));
  Do("StartMessageMoveTask",
     {{"SourceArn", Arn("dead")}, {"DestinationArn", Arn("elsewhere")}, {"MaxNumberOfMessagesPerSecond", 1}});
  EXPECT_TRUE(HasMoved("dead", 1));
  clock_.Advance(36h);
  const json task = EndedTask("dead");
  EXPECT_EQ(task["Status"], "FAILED");
  EXPECT_EQ(task["ApproximateNumberOfMessagesMoved"], 1);
  EXPECT_EQ(Attribute(dead, "ApproximateNumberOfMessages"), "2");
}

TEST_F(SqsDeadLetterTest, AQueueMayBeItsOwn) {
  const std::string url = CreateQueue("q");
  SendMessage(url, "stays");
  Do("SetQueueAttributes", {{"QueueUrl", url}, {"Attributes", {{"RedrivePolicy", RedrivePolicy("q", 1)}}}});
  for (int i = 0; i < 3; ++i) {
    EXPECT_THAT(Receive(url), SizeIs(1));
    clock_.Advance(60s);
  }
  EXPECT_EQ(Do("ListDeadLetterSourceQueues", {{"QueueUrl", url}})["queueUrls"], json({url}));
}

TEST_F(SqsDeadLetterTest, MoveTaskGoesOnAfterARestart) {
  const std::string dead = CreateQueue("dead");
  CreateQueue("q", {{"RedrivePolicy", RedrivePolicy("dead", 1)}});
  const std::string elsewhere = CreateQueue("elsewhere");
  for (int i = 0; i < 3; ++i) SendMessage(dead, std::to_string(i));
  const std::string handle = Do("StartMessageMoveTask", {{"SourceArn", Arn("dead")},
                                                         {"DestinationArn", Arn("elsewhere")},
                                                         {"MaxNumberOfMessagesPerSecond", 1}})["TaskHandle"];
  EXPECT_TRUE(HasMoved("dead", 1));
  RestartServer();
  EXPECT_EQ(Tasks("dead")[0]["TaskHandle"], handle);
  clock_.Advance(5s);
  const json task = EndedTask("dead");
  EXPECT_EQ(task["Status"], "COMPLETED");
  EXPECT_EQ(task["ApproximateNumberOfMessagesMoved"], 3);
  EXPECT_EQ(Attribute(elsewhere, "ApproximateNumberOfMessages"), "3");
  EXPECT_EQ(Attribute(dead, "ApproximateNumberOfMessages"), "0");
}

TEST_F(SqsDeadLetterTest, MoveTaskFailsWhenItsDestinationVanishes) {
  const std::string dead = CreateQueue("dead");
  CreateQueue("q", {{"RedrivePolicy", RedrivePolicy("dead", 1)}});
  const std::string elsewhere = CreateQueue("elsewhere");
  for (int i = 0; i < 3; ++i) SendMessage(dead, std::to_string(i));
  Do("StartMessageMoveTask",
     {{"SourceArn", Arn("dead")}, {"DestinationArn", Arn("elsewhere")}, {"MaxNumberOfMessagesPerSecond", 1}});
  EXPECT_TRUE(HasMoved("dead", 1));
  Do("DeleteQueue", {{"QueueUrl", elsewhere}});
  clock_.Advance(5s);
  const json task = EndedTask("dead");
  EXPECT_EQ(task["Status"], "FAILED");
  EXPECT_EQ(task["FailureReason"], "AWS.SimpleQueueService.NonExistentQueue");
  EXPECT_EQ(Attribute(dead, "ApproximateNumberOfMessages"), "2");
}

TEST_F(SqsDeadLetterTest, MessageSentToTheDeadLetterQueueItselfHasNoSourceToGoBackTo) {
  const std::string dead = CreateQueue("dead");
  CreateQueue("q", {{"RedrivePolicy", RedrivePolicy("dead", 1)}});
  SendMessage(dead, "by hand");
  Do("StartMessageMoveTask", {{"SourceArn", Arn("dead")}});
  const json task = EndedTask("dead");
  EXPECT_EQ(task["Status"], "FAILED");
  EXPECT_EQ(task["FailureReason"], "CouldNotDetermineMessageSource");
  EXPECT_EQ(Attribute(dead, "ApproximateNumberOfMessages"), "1");
}

TEST_F(SqsDeadLetterTest, NoMoveTaskEndsWhereItBegins) {
  CreateQueue("dead");
  CreateQueue("q", {{"RedrivePolicy", RedrivePolicy("dead", 1)}});
  EXPECT_EQ(Call("StartMessageMoveTask", {{"SourceArn", Arn("dead")}, {"DestinationArn", Arn("dead")}})
                .Header("x-amzn-query-error"),
            "InvalidParameterValue;Sender");
}

TEST_F(SqsDeadLetterTest, SourceQueuesAreListedInPages) {
  const std::string dead = CreateQueue("dead");
  for (const char* name : {"c", "a", "b"}) CreateQueue(name, {{"RedrivePolicy", RedrivePolicy("dead", 3)}});
  const json first = Do("ListDeadLetterSourceQueues", {{"QueueUrl", dead}, {"MaxResults", 2}});
  ASSERT_EQ(first["queueUrls"].size(), 2u);
  EXPECT_THAT(std::string(first["queueUrls"][0]), ::testing::EndsWith("/a"));
  const json second = Do("ListDeadLetterSourceQueues",
                         {{"QueueUrl", dead}, {"MaxResults", 2}, {"NextToken", first["NextToken"]}});
  ASSERT_EQ(second["queueUrls"].size(), 1u);
  EXPECT_THAT(std::string(second["queueUrls"][0]), ::testing::EndsWith("/c"));
  EXPECT_FALSE(second.contains("NextToken"));
  EXPECT_EQ(Call("ListDeadLetterSourceQueues", {{"QueueUrl", dead}, {"NextToken", "?"}})
                .Header("x-amzn-query-error"),
            "InvalidParameterValue;Sender");
}

TEST_F(SqsDeadLetterTest, MoveTasksNeedADeadLetterQueueAndAKnownDestination) {
  CreateQueue("plain");
  CreateQueue("dead");
  CreateQueue("q", {{"RedrivePolicy", RedrivePolicy("dead", 1)}});
  ExpectError(Call("StartMessageMoveTask", {{"SourceArn", Arn("plain")}}), "InvalidParameterValueException",
              "InvalidParameterValue", "Source queue must be configured as a Dead Letter Queue.");
  ExpectError(Call("StartMessageMoveTask", {{"SourceArn", Arn("dead")}, {"DestinationArn", Arn("absent")}}),
              "ResourceNotFoundException", "ResourceNotFoundException",
              "The resource that you specified for the DestinationArn parameter doesn't exist.", 404);
  ExpectError(Call("CancelMessageMoveTask", {{"TaskHandle", "x"}}), "InvalidParameterValueException",
              "InvalidParameterValue", "Value for parameter TaskHandle is invalid.");
}

}  // namespace
}  // namespace cumulite::testing
