#include "tests/wire/sqs/sqs_wire_test.h"

namespace cumulite::testing {
namespace {
using namespace std::chrono_literals;
using ::testing::ElementsAre;

class SqsInspectTest : public SqsWireTest {
 protected:
  Reply Look(const std::string& query, const std::string& prefix = "/_cumulite/sqs/messages?") const {
    return Request("GET", prefix + query);
  }
};

TEST_F(SqsInspectTest, ShowsEveryMessageAndChangesNone) {
  const std::string url = CreateQueue("q");
  SendMessage(url, "taken", {{"MessageAttributes", {{"a", {{"DataType", "String"}, {"StringValue", "b"}}}}}});
  Receive(url, {{"VisibilityTimeout", 50}});
  SendMessage(url, "here");
  SendMessage(url, "later", {{"DelaySeconds", 9}});
  const Reply first = Look("queue=q");
  ASSERT_EQ(first.status, 200);
  EXPECT_EQ(first.Header("Content-Type"), "application/json");
  const json messages = first.Json()["Messages"];
  ASSERT_EQ(messages.size(), 3u);
  EXPECT_THAT(Bodies(messages), ElementsAre("taken", "here", "later"));
  EXPECT_EQ(messages[0]["State"], "in flight");
  EXPECT_EQ(messages[0]["VisibleAt"], 1767323045000 + 50'000);
  EXPECT_EQ(messages[0]["Attributes"]["ApproximateReceiveCount"], "1");
  EXPECT_EQ(messages[0]["MessageAttributes"]["a"]["StringValue"], "b");
  EXPECT_EQ(messages[1]["State"], "visible");
  EXPECT_EQ(messages[2]["State"], "delayed");
  EXPECT_EQ(Look("queue=q").body, first.body);
  const json received = Receive(url, {{"AttributeNames", {"All"}}});
  ASSERT_EQ(received.size(), 1u);
  EXPECT_EQ(received[0]["Attributes"]["ApproximateReceiveCount"], "1");
  clock_.Advance(50s);
  EXPECT_EQ(Receive(url).size(), 3u) << "each became visible when it should";
}

TEST_F(SqsInspectTest, TakesUrlsArnsAndNames) {
  const std::string url = CreateQueue("q");
  for (const std::string& query :
       {"QueueUrl=" + url, "queue=" + url, std::string("queue=arn:aws:sqs:us-east-1:000000000000:q"),
        std::string("account=000000000000&region=us-east-1&queue=q")}) {
    EXPECT_EQ(Look(query).status, 200) << query;
    EXPECT_EQ(Look(query, "/_aws/sqs/messages?").body, Look(query).body) << query;
  }
}

TEST_F(SqsInspectTest, UnknownQueuesAndBadQuestionsAreRefusedAsJson) {
  CreateQueue("q");
  for (const char* query : {"queue=absent", "queue=q&region=eu-west-1", "queue=q&account=111111111111"}) {
    const Reply reply = Look(query);
    EXPECT_EQ(reply.status, 404) << query;
    EXPECT_EQ(reply.Json()["__type"], "com.amazonaws.sqs#QueueDoesNotExist");
    EXPECT_EQ(reply.Json()["message"], "The specified queue does not exist.");
  }
  for (const char* query : {"", "queue=", "queue", "queue=%zz"}) EXPECT_EQ(Look(query).status, 400) << query;
  EXPECT_EQ(Look("queue=http://localhost/1/2/3").status, 404);
  EXPECT_EQ(Request("GET", "/_cumulite/sqs/secrets").status, 404);
}

}  // namespace
}  // namespace cumulite::testing
