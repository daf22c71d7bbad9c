#include "tests/wire/sqs/sqs_wire_test.h"

namespace cumulite::testing {
namespace {
using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class SqsFifoTest : public SqsWireTest {
 protected:
  json Send(const std::string& url, const std::string& body, const std::string& group,
            const std::string& deduplication_id = {}) const {
    json more = {{"MessageGroupId", group}};
    if (!deduplication_id.empty()) more["MessageDeduplicationId"] = deduplication_id;
    return SendMessage(url, body, more);
  }
  void DeleteAll(const std::string& url, const json& messages) const {
    for (const auto& message : messages) {
      Do("DeleteMessage", {{"QueueUrl", url}, {"ReceiptHandle", message["ReceiptHandle"]}});
    }
  }
};

TEST_F(SqsFifoTest, DuplicateIsDroppedForFiveMinutesEvenAfterItsDeletion) {
  const std::string url = CreateFifo("f.fifo");
  const json first = Send(url, "a", "g");
  DeleteAll(url, Receive(url));
  clock_.Advance(299s);
  EXPECT_EQ(Send(url, "a", "g")["MessageId"], first["MessageId"]);
  EXPECT_THAT(Receive(url), IsEmpty());
  clock_.Advance(1s);
  EXPECT_NE(Send(url, "a", "g")["MessageId"], first["MessageId"]);
  EXPECT_THAT(Bodies(Receive(url)), ElementsAre("a"));
}

TEST_F(SqsFifoTest, ExplicitIdBeatsTheContent) {
  const std::string url = CreateFifo("f.fifo");
  Send(url, "a", "g", "1");
  Send(url, "a", "g", "2");
  Send(url, "b", "g", "1");
  EXPECT_THAT(Bodies(Receive(url)), ElementsAre("a", "a"));
}

TEST_F(SqsFifoTest, ContentIsTheBodyAlone) {
  const std::string url = CreateFifo("f.fifo");
  const json attribute = {{"n", {{"DataType", "String"}, {"StringValue", "v"}}}};
  const json first = SendMessage(url, "a", {{"MessageGroupId", "g"}});
  const json second = SendMessage(url, "a", {{"MessageGroupId", "g"}, {"MessageAttributes", attribute}});
  EXPECT_EQ(first["MessageId"], second["MessageId"]);
}

TEST_F(SqsFifoTest, ScopeDecidesWhetherGroupsShareTheirIds) {
  const std::string queue = CreateFifo("queue.fifo");
  Send(queue, "1", "a", "d");
  Send(queue, "2", "b", "d");
  EXPECT_THAT(Bodies(Receive(queue)), ElementsAre("1"));
  const std::string group =
      CreateQueue("group.fifo", {{"FifoQueue", "true"}, {"DeduplicationScope", "messageGroup"}});
  Send(group, "1", "a", "d");
  Send(group, "2", "b", "d");
  Send(group, "3", "b", "d");
  EXPECT_THAT(Bodies(Receive(group)), ElementsAre("1", "2"));
}

TEST_F(SqsFifoTest, BatchKeepsOrderAndDropsDuplicates) {
  const std::string url = CreateQueue("f.fifo", {{"FifoQueue", "true"}});
  const auto entry = [](const char* id, const json& more) {
    json all = {{"Id", id}, {"MessageBody", id}, {"MessageGroupId", "g"}};
    all.update(more);
    return all;
  };
  const json answer =
      Do("SendMessageBatch",
         {{"QueueUrl", url},
          {"Entries",
           {entry("1", {{"MessageDeduplicationId", "x"}}), entry("3", {{"MessageDeduplicationId", "x"}}),
            entry("4", {{"MessageDeduplicationId", "y"}})}}});
  ASSERT_THAT(answer["Successful"], SizeIs(3));
  EXPECT_EQ(answer["Successful"][1]["MessageId"], answer["Successful"][0]["MessageId"]);
  EXPECT_EQ(answer["Successful"][1]["SequenceNumber"], answer["Successful"][0]["SequenceNumber"]);
  EXPECT_FALSE(answer.contains("Failed"));
  EXPECT_THAT(Bodies(Receive(url)), ElementsAre("1", "4"));
}

TEST_F(SqsFifoTest, BatchIsRefusedAsAWholeForAnEntryThatCannotBeDeduplicated) {
  const std::string url = CreateQueue("f.fifo", {{"FifoQueue", "true"}});
  const json entries = {
      {{"Id", "1"}, {"MessageBody", "a"}, {"MessageGroupId", "g"}, {"MessageDeduplicationId", "x"}},
      {{"Id", "2"}, {"MessageBody", "b"}, {"MessageGroupId", "g"}}};
  ExpectError(
      Call("SendMessageBatch", {{"QueueUrl", url}, {"Entries", entries}}), "InvalidParameterValueException",
      "InvalidParameterValue",
      "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided "
      "explicitly");
  EXPECT_EQ(Attribute(url, "ApproximateNumberOfMessages"), "0");
}

TEST_F(SqsFifoTest, DelayIsThatOfTheQueue) {
  const std::string url = CreateQueue(
      "f.fifo", {{"FifoQueue", "true"}, {"ContentBasedDeduplication", "true"}, {"DelaySeconds", "10"}});
  SendMessage(url, "a", {{"MessageGroupId", "g"}, {"DelaySeconds", 0}});
  EXPECT_THAT(Receive(url), IsEmpty());
  clock_.Advance(10s);
  EXPECT_THAT(Bodies(Receive(url)), ElementsAre("a"));
}

TEST_F(SqsFifoTest, PurgeForgetsDuplicatesToo) {
  const std::string url = CreateFifo("f.fifo");
  Send(url, "a", "g");
  Do("PurgeQueue", {{"QueueUrl", url}});
  Send(url, "a", "g");
  EXPECT_THAT(Bodies(Receive(url)), ElementsAre("a"));
}

TEST_F(SqsFifoTest, ReceiveFillsUpFromOneGroupAndLocksIt) {
  const std::string url = CreateFifo("f.fifo");
  for (const auto& [body, group] :
       {std::pair("a1", "a"), std::pair("b1", "b"), std::pair("a2", "a"), std::pair("a3", "a")}) {
    Send(url, body, group);
  }
  const json first = Receive(url, {{"MaxNumberOfMessages", 2}});
  EXPECT_THAT(Bodies(first), ElementsAre("a1", "a2"));
  EXPECT_EQ(Attribute(url, "ApproximateNumberOfMessages"), "2") << "locked ones are visible";
  EXPECT_THAT(Bodies(Receive(url)), ElementsAre("b1"));
  EXPECT_THAT(Receive(url), IsEmpty());
  DeleteAll(url, first);
  EXPECT_THAT(Bodies(Receive(url)), ElementsAre("a3"));
}

TEST_F(SqsFifoTest, FairQueuesGroupWithoutOrderOrLock) {
  const std::string url = CreateQueue("q");
  for (const char* body : {"1", "2"}) Send(url, body, "tenant");
  const json first = Receive(url, {{"MaxNumberOfMessages", 1}, {"MessageSystemAttributeNames", {"All"}}});
  ASSERT_THAT(first, SizeIs(1));
  EXPECT_EQ(first[0]["Attributes"]["MessageGroupId"], "tenant");
  EXPECT_FALSE(first[0]["Attributes"].contains("SequenceNumber"));
  EXPECT_THAT(Receive(url), SizeIs(1)) << "the other one, although the first is in flight";
}

TEST_F(SqsWireTest, TraceHeaderOfTheRequestTravelsUnlessTheMessageHasItsOwn) {
  const std::string url = CreateQueue("q");
  const json own = {{"AWSTraceHeader", {{"DataType", "String"}, {"StringValue", "Root=1-own"}}}};
  for (const json& more : {json::object(), json({{"MessageSystemAttributes", own}})}) {
    json request = {{"QueueUrl", url}, {"MessageBody", more.empty() ? "request" : "own"}};
    request.update(more);
    const Reply reply = Request("POST", "/", request.dump(),
                                {{"X-Amz-Target", "AmazonSQS.SendMessage"},
                                 {"X-Amzn-Trace-Id", "Root=1-request"},
                                 {"Content-Type", "application/x-amz-json-1.0"}});
    EXPECT_EQ(reply.Json().contains("MD5OfMessageSystemAttributes"), !more.empty());
  }
  for (const auto& message : Receive(url, {{"AttributeNames", {"AWSTraceHeader"}}})) {
    EXPECT_EQ(message["Attributes"],
              json({{"AWSTraceHeader", "Root=1-" + message["Body"].get<std::string>()}}));
  }
}

}  // namespace
}  // namespace cumulite::testing
