#include <functional>

#include "tests/wire/sqs/sqs_wire_test.h"

namespace cumulite::testing {
namespace {
using namespace std::chrono_literals;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// Queues with as many messages in flight as SQS allows (Developer Guide "Amazon SQS message quotas").
class SqsInFlightTest : public SqsWireTest {
 protected:
  static constexpr int kBatch = 10;

  static std::string CallBytes(const std::string& operation, const json& request) {
    return MakeRequest(
        "POST", "/", request.dump(),
        {{"X-Amz-Target", "AmazonSQS." + operation}, {"Content-Type", "application/x-amz-json-1.0"}});
  }
  /// Makes that many calls over one connection, a hundred at a time, and checks every answer.
  void Repeat(int calls, const std::function<std::string()>& make,
              const std::function<bool(const Reply&)>& is_right) const {
    static constexpr int kAtOnce = 100;
    Client client(port());
    for (int begun = 0; begun < calls;) {
      std::string burst;
      int waiting = 0;
      for (; waiting < kAtOnce && begun < calls; ++waiting, ++begun) burst += make();
      client.Send(burst);
      for (; waiting > 0; --waiting) {
        const auto reply = client.Read();
        ASSERT_TRUE(reply && reply->status == 200 && is_right(*reply)) << (reply ? reply->body : "no answer");
      }
    }
  }
  /// Sends ten messages with each call, in ten groups if the queue is a FIFO one.
  void SendBatches(const std::string& url, int calls, bool fifo) {
    int number = 0;
    Repeat(
        calls,
        [&] {
          json entries = json::array();
          for (int i = 0; i < kBatch; ++i) {
            const std::string name = std::to_string(number++);
            entries.push_back({{"Id", std::to_string(i)}, {"MessageBody", name}});
            if (fifo) entries.back()["MessageGroupId"] = name;
          }
          return CallBytes("SendMessageBatch", {{"QueueUrl", url}, {"Entries", entries}});
        },
        [](const Reply& reply) { return reply.body.find("Failed") == std::string::npos; });
  }
  void ReceiveBatches(const std::string& url, int calls) {
    const std::string bytes =
        CallBytes("ReceiveMessage", {{"QueueUrl", url}, {"MaxNumberOfMessages", kBatch}});
    Repeat(
        calls, [&] { return bytes; },
        [](const Reply& reply) { return reply.Json()["Messages"].size() == kBatch; });
  }
};

TEST_F(SqsInFlightTest, StandardQueueRefusesAShortPollBeyondItsLimit) {
  const std::string url = CreateQueue("q", {{"VisibilityTimeout", "600"}});
  SendBatches(url, 12'000, false);
  ReceiveBatches(url, 11'999);
  SendMessage(url, "one too many");
  const json last = Receive(url);
  EXPECT_THAT(last, SizeIs(10));
  EXPECT_EQ(Attribute(url, "ApproximateNumberOfMessagesNotVisible"), "120000");
  const Reply refusal = Call("ReceiveMessage", {{"QueueUrl", url}});
  ExpectError(refusal, "OverLimit", "OverLimit",
              "Too many messages have been received without being deleted. Please delete your received "
              "messages or let them timeout before receiving more.",
              403);
  EXPECT_THAT(Query("Action=ReceiveMessage", "/000000000000/q").body,
              ::testing::HasSubstr("<Code>OverLimit</Code>"));

  Do("DeleteMessage", {{"QueueUrl", url}, {"ReceiptHandle", last[0]["ReceiptHandle"]}});
  EXPECT_THAT(Bodies(Receive(url)), ::testing::ElementsAre("one too many"));
  clock_.Advance(600s);
  EXPECT_THAT(Receive(url), SizeIs(10)) << "none is in flight any more";
}

}  // namespace
}  // namespace cumulite::testing
