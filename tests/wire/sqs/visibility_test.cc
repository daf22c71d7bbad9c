#include "tests/wire/sqs/sqs_wire_test.h"

namespace cumulite::testing {
namespace {
using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class SqsVisibilityTest : public SqsWireTest {
 protected:
  Reply Change(const std::string& url, const json& handle, int seconds) const {
    return Call("ChangeMessageVisibility",
                {{"QueueUrl", url}, {"ReceiptHandle", handle}, {"VisibilityTimeout", seconds}});
  }
  static void ExpectBeyondLimit(const Reply& reply, int seconds) {
    ExpectError(reply, "InvalidParameterValueException", "InvalidParameterValue",
                "Value " + std::to_string(seconds) +
                    " for parameter VisibilityTimeout is invalid. Reason: Total VisibilityTimeout for the "
                    "message is beyond the limit [43200 seconds]");
  }
};

TEST_F(SqsVisibilityTest, ExtensionsEndTwelveHoursAfterTheReceive) {
  const std::string url = CreateQueue("q");
  SendMessage(url, "x");
  const json handle = Receive(url, {{"VisibilityTimeout", 3'600}})[0]["ReceiptHandle"];
  clock_.Advance(3'000s);
  ExpectBeyondLimit(Change(url, handle, 43'200), 43'200);
  ExpectBeyondLimit(Change(url, handle, 40'201), 40'201);
  EXPECT_EQ(Change(url, handle, 40'200).status, 200) << "exactly twelve hours";
  clock_.Advance(40'199s);
  EXPECT_THAT(Receive(url), IsEmpty());
  ExpectBeyondLimit(Change(url, handle, 2), 2);
  clock_.Advance(1s);
  const json second = Receive(url, {{"VisibilityTimeout", 43'200}});
  ASSERT_THAT(second, SizeIs(1));
  EXPECT_EQ(Change(url, second[0]["ReceiptHandle"], 43'200).status, 200) << "twelve hours begin anew";
}

TEST_F(SqsVisibilityTest, BatchReportsTheLimitForTheEntryAlone) {
  const std::string url = CreateQueue("q");
  for (const char* body : {"a", "b"}) SendMessage(url, body);
  const json messages = Receive(url, {{"VisibilityTimeout", 600}});
  ASSERT_THAT(messages, SizeIs(2));
  clock_.Advance(1s);
  const json answer =
      Do("ChangeMessageVisibilityBatch",
         {{"QueueUrl", url},
          {"Entries",
           {{{"Id", "long"}, {"ReceiptHandle", messages[0]["ReceiptHandle"]}, {"VisibilityTimeout", 43'200}},
            {{"Id", "zero"}, {"ReceiptHandle", messages[1]["ReceiptHandle"]}, {"VisibilityTimeout", 0}},
            {{"Id", "bad"}, {"ReceiptHandle", "garbage"}, {"VisibilityTimeout", 0}}}}});
  EXPECT_EQ(answer["Successful"], json({{{"Id", "zero"}}}));
  ASSERT_THAT(answer["Failed"], SizeIs(2));
  EXPECT_EQ(answer["Failed"][0]["Id"], "long");
  EXPECT_EQ(answer["Failed"][0]["Code"], "InvalidParameterValue");
  EXPECT_EQ(answer["Failed"][1]["Code"], "ReceiptHandleIsInvalid");
  EXPECT_EQ(answer["Failed"][1]["SenderFault"], true);
  EXPECT_THAT(Bodies(Receive(url)), ElementsAre(messages[1]["Body"]));
}

TEST_F(SqsVisibilityTest, TimeoutOfTheReceiveBeatsThatOfTheQueueForThatReceiveOnly) {
  const std::string url = CreateQueue("q", {{"VisibilityTimeout", "10"}});
  SendMessage(url, "x");
  ASSERT_THAT(Receive(url, {{"VisibilityTimeout", 100}}), SizeIs(1));
  clock_.Advance(99s);
  EXPECT_THAT(Receive(url), IsEmpty());
  clock_.Advance(1s);
  ASSERT_THAT(Receive(url), SizeIs(1));
  clock_.Advance(10s);
  EXPECT_THAT(Receive(url), SizeIs(1));
}

TEST_F(SqsVisibilityTest, TimerOfAMessageBeatsTheDelayOfTheQueue) {
  const std::string url = CreateQueue("q", {{"DelaySeconds", "60"}});
  SendMessage(url, "queue's");
  SendMessage(url, "none", {{"DelaySeconds", 0}});
  SendMessage(url, "own", {{"DelaySeconds", 900}});
  EXPECT_EQ(Attribute(url, "ApproximateNumberOfMessagesDelayed"), "2");
  EXPECT_THAT(Bodies(Receive(url)), ElementsAre("none"));
  clock_.Advance(60s);
  EXPECT_THAT(Bodies(Receive(url, {{"VisibilityTimeout", 900}})),
              ::testing::UnorderedElementsAre("none", "queue's"));
  clock_.Advance(839s);
  EXPECT_THAT(Receive(url), IsEmpty());
  clock_.Advance(1s);
  EXPECT_THAT(Bodies(Receive(url)), ElementsAre("own"));
}

TEST_F(SqsVisibilityTest, MessagesEndWithTheirRetentionWhereverTheyAre) {
  const std::string url = CreateQueue("q", {{"MessageRetentionPeriod", "60"}});
  SendMessage(url, "in flight");
  const json handle = Receive(url, {{"VisibilityTimeout", 600}})[0]["ReceiptHandle"];
  SendMessage(url, "delayed", {{"DelaySeconds", 600}});
  clock_.Advance(59s);
  SendMessage(url, "young");
  EXPECT_EQ(Attribute(url, "ApproximateNumberOfMessagesNotVisible"), "1");
  EXPECT_EQ(Attribute(url, "ApproximateNumberOfMessagesDelayed"), "1");
  clock_.Advance(1s);
  EXPECT_EQ(Attribute(url, "ApproximateNumberOfMessagesNotVisible"), "0");
  EXPECT_EQ(Attribute(url, "ApproximateNumberOfMessagesDelayed"), "0");
  EXPECT_THAT(Bodies(Receive(url)), ElementsAre("young"));
  EXPECT_EQ(Change(url, handle, 5).status, 400);
  EXPECT_EQ(Call("DeleteMessage", {{"QueueUrl", url}, {"ReceiptHandle", handle}}).status, 200);
}

TEST_F(SqsVisibilityTest, ShorterRetentionEndsOlderMessagesAtOnce) {
  const std::string url = CreateQueue("q");
  SendMessage(url, "old");
  clock_.Advance(120s);
  SendMessage(url, "new");
  Do("SetQueueAttributes", {{"QueueUrl", url}, {"Attributes", {{"MessageRetentionPeriod", "60"}}}});
  EXPECT_THAT(Bodies(Receive(url)), ElementsAre("new"));
}

class SqsReceiveAttemptTest : public SqsVisibilityTest {
 protected:
  static constexpr const char* kName = "ReceiveRequestAttemptId";
  std::string CreateWithMessages() const {
    const std::string url = CreateFifo("f.fifo");
    for (const char* body : {"1", "2", "3"}) SendMessage(url, body, {{"MessageGroupId", "g"}});
    return url;
  }
  json Attempt(const std::string& url, const std::string& id, int most = 2) const {
    return Receive(url, {{kName, id}, {"MaxNumberOfMessages", most}, {"AttributeNames", {"All"}}});
  }
  static json Handles(const json& messages) {
    json handles = json::array();
    for (const auto& message : messages) handles.push_back(message["ReceiptHandle"]);
    return handles;
  }
};

TEST_F(SqsReceiveAttemptTest, RepeatedAttemptGetsTheSameMessagesAndHandles) {
  const std::string url = CreateWithMessages();
  const json first = Attempt(url, "a");
  EXPECT_THAT(Bodies(first), ElementsAre("1", "2"));
  EXPECT_THAT(Attempt(url, "b"), IsEmpty()) << "another attempt finds the group locked";
  EXPECT_THAT(Receive(url), IsEmpty());
  const json again = Attempt(url, "a");
  EXPECT_THAT(Bodies(again), ElementsAre("1", "2"));
  EXPECT_EQ(Handles(again), Handles(first));
  EXPECT_EQ(again[0]["Attributes"]["ApproximateReceiveCount"], "1") << "it is the same receive";
  Do("DeleteMessage", {{"QueueUrl", url}, {"ReceiptHandle", again[0]["ReceiptHandle"]}});
  Do("DeleteMessage", {{"QueueUrl", url}, {"ReceiptHandle", again[1]["ReceiptHandle"]}});
  EXPECT_THAT(Bodies(Receive(url)), ElementsAre("3"));
}

TEST_F(SqsReceiveAttemptTest, RepetitionBeginsTheVisibilityTimeoutAnew) {
  const std::string url = CreateWithMessages();
  Attempt(url, "a");
  clock_.Advance(20s);
  EXPECT_THAT(Attempt(url, "a"), SizeIs(2));
  clock_.Advance(29s);
  EXPECT_THAT(Receive(url), IsEmpty());
  clock_.Advance(1s);
  EXPECT_THAT(Bodies(Receive(url)), ElementsAre("1", "2", "3"));
}

TEST_F(SqsReceiveAttemptTest, AttemptWhoseMessagesWereTouchedCannotBeRepeated) {
  const std::string url = CreateWithMessages();
  const json deleted = Attempt(url, "a", 1);
  Do("DeleteMessage", {{"QueueUrl", url}, {"ReceiptHandle", deleted[0]["ReceiptHandle"]}});
  const json changed = Attempt(url, "b", 1);
  EXPECT_EQ(Change(url, changed[0]["ReceiptHandle"], 100).status, 200);
  for (const char* id : {"a", "b"}) {
    const Reply reply = Call("ReceiveMessage", {{"QueueUrl", url}, {kName, id}});
    EXPECT_EQ(reply.status, 400);
    EXPECT_EQ(reply.Header("x-amzn-query-error"), "InvalidParameterValue;Sender");
    EXPECT_THAT(reply.body, ::testing::HasSubstr(std::string("Value ") + id + " for parameter " + kName));
  }
}

TEST_F(SqsReceiveAttemptTest, AttemptIsForgottenAfterFiveMinutes) {
  const std::string url = CreateWithMessages();
  const json first = Receive(url, {{kName, "a"}, {"MaxNumberOfMessages", 1}, {"VisibilityTimeout", 600}});
  clock_.Advance(299s);
  EXPECT_THAT(Attempt(url, "a", 1), SizeIs(1)) << "which makes them visible 30 s later";
  clock_.Advance(1s);
  EXPECT_THAT(Attempt(url, "a", 1), IsEmpty()) << "a new attempt, and the group is locked";
  clock_.Advance(29s);
  const json second = Attempt(url, "a", 1);
  ASSERT_THAT(second, SizeIs(1));
  EXPECT_NE(Handles(second), Handles(first));
  EXPECT_EQ(second[0]["Attributes"]["ApproximateReceiveCount"], "2");
}

TEST_F(SqsReceiveAttemptTest, IdsAreOfFifoQueuesAndOfOneForm) {
  const std::string fifo = CreateFifo("f.fifo");
  const std::string standard = CreateQueue("q");
  ExpectError(Call("ReceiveMessage", {{"QueueUrl", standard}, {kName, "a"}}),
              "InvalidParameterValueException", "InvalidParameterValue",
              "Value a for parameter ReceiveRequestAttemptId is invalid. Reason: The request include "
              "parameter that is not valid for this queue type.");
  EXPECT_EQ(Call("ReceiveMessage", {{"QueueUrl", fifo}, {kName, std::string(128, '~')}}).status, 200);
  for (const std::string& id : {std::string(), std::string("a b"), std::string(129, 'a')}) {
    EXPECT_EQ(Call("ReceiveMessage", {{"QueueUrl", fifo}, {kName, id}}).Header("x-amzn-query-error"),
              "InvalidParameterValue;Sender")
        << id;
  }
}

}  // namespace
}  // namespace cumulite::testing
