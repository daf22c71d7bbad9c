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

/// The first element of that name, of XML in one line.
std::string TextOf(const std::string& xml, const std::string& name) {
  const std::size_t start = xml.find("<" + name + ">");
  if (start == std::string::npos) return "none";
  const std::size_t text = start + name.size() + 2;
  return xml.substr(text, xml.find('<', text) - text);
}

class SqsPeekTest : public SqsInspectTest {
 protected:
  std::string MakeQueue() {
    const std::string url = CreateQueue("q");
    SendMessage(url, "taken");
    Receive(url, {{"VisibilityTimeout", 50}});
    SendMessage(url, "here",
                {{"MessageAttributes", {{"a", {{"DataType", "String"}, {"StringValue", "b"}}}}}});
    SendMessage(url, "later", {{"DelaySeconds", 9}});
    return url;
  }
  json PeekJson(const std::string& query) const {
    const Reply reply = Request("GET", "/_aws/sqs/messages" + query, {}, {{"Accept", "application/json"}});
    EXPECT_EQ(reply.status, 200) << reply.body;
    const json result = reply.Json()["ReceiveMessageResponse"]["ReceiveMessageResult"];
    return result.value("Message", json::array());
  }
};

TEST_F(SqsPeekTest, ShowsWhatAReceiveWouldBringAndChangesNothing) {
  const std::string url = MakeQueue();
  const Reply reply = Look("QueueUrl=" + url, "/_aws/sqs/messages?");
  EXPECT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.Header("Content-Type"), "text/xml");
  EXPECT_EQ(TextOf(reply.body, "Body"), "here");
  EXPECT_EQ(reply.body.find("<ReceiveMessageResponse "), reply.body.find("<", 5));
  EXPECT_NE(reply.body.find("<MessageAttribute><Name>a</Name><Value><StringValue>b</StringValue>"),
            std::string::npos)
      << reply.body;
  EXPECT_NE(reply.body.find("<Attribute><Name>ApproximateReceiveCount</Name><Value>0</Value></Attribute>"),
            std::string::npos);
  EXPECT_EQ(reply.body.find("<Body>", reply.body.find("<Body>") + 1), std::string::npos) << "one message";
  const json received = Receive(url, {{"AttributeNames", {"All"}}});
  ASSERT_EQ(received.size(), 1u);
  EXPECT_EQ(received[0]["Attributes"]["ApproximateReceiveCount"], "1");
}

TEST_F(SqsPeekTest, ShowsTheHiddenOnesOnRequest) {
  const std::string url = MakeQueue();
  const std::string queue = "?QueueUrl=" + url;
  EXPECT_THAT(Bodies(PeekJson(queue)), ElementsAre("here"));
  EXPECT_THAT(Bodies(PeekJson(queue + "&ShowInvisible=true")), ElementsAre("taken", "here"));
  EXPECT_THAT(Bodies(PeekJson(queue + "&ShowDelayed=true")), ElementsAre("here", "later"));
  EXPECT_THAT(Bodies(PeekJson(queue + "&ShowInvisible=false&ShowDelayed=false")), ElementsAre("here"));
  const json all = PeekJson(queue + "&ShowInvisible=true&ShowDelayed=true");
  EXPECT_THAT(Bodies(all), ElementsAre("taken", "here", "later"));
  const auto attribute = [](const json& message, const std::string& name) {
    for (const json& one : message["Attribute"]) {
      if (one["Name"] == name) return one["Value"].get<std::string>();
    }
    return std::string("none");
  };
  EXPECT_EQ(attribute(all[0], "IsVisible"), "false");
  EXPECT_EQ(attribute(all[0], "ApproximateReceiveCount"), "1");
  EXPECT_EQ(attribute(all[1], "IsVisible"), "true");
  EXPECT_EQ(attribute(all[2], "IsDelayed"), "true");
  clock_.Advance(50s);
  EXPECT_THAT(Bodies(PeekJson(queue)), ElementsAre("taken", "here", "later"));
}

TEST_F(SqsPeekTest, NamesAQueueByItsPath) {
  MakeQueue();
  EXPECT_THAT(Bodies(PeekJson("/us-east-1/000000000000/q")), ElementsAre("here"));
  EXPECT_EQ(Look("format=json", "/_aws/sqs/messages/us-east-1/000000000000/q?").Header("Content-Type"),
            "application/json");
  const Reply unknown = Look("", "/_aws/sqs/messages/eu-west-1/000000000000/q?");
  EXPECT_EQ(unknown.status, 400);
  EXPECT_EQ(TextOf(unknown.body, "Code"), "AWS.SimpleQueueService.NonExistentQueue");
  EXPECT_EQ(TextOf(Look("", "/_aws/sqs/messages?").body, "Code"), "MissingParameter");
  EXPECT_EQ(Look("", "/_aws/sqs/messagesx?").status, 404);
}

TEST_F(SqsPeekTest, ClientsReceiveFromItAsTheyDoFromAQueue) {
  const std::string url = MakeQueue();
  const std::string form = "Action=ReceiveMessage&Version=2012-11-05&QueueUrl=" + url;
  const Reply query = Request("POST", "/_aws/sqs/messages", form,
                              {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}});
  EXPECT_EQ(TextOf(query.body, "Body"), "here") << query.body;
  const std::string body = json({{"QueueUrl", url}, {"ShowInvisible", true}}).dump();
  const Reply json_reply =
      Request("POST", "/_aws/sqs/messages", body,
              {{"Content-Type", "application/x-amz-json-1.0"}, {"X-Amz-Target", "AmazonSQS.ReceiveMessage"}});
  ASSERT_EQ(json_reply.status, 200) << json_reply.body;
  EXPECT_THAT(Bodies(json_reply.Json()["Messages"]), ElementsAre("taken", "here"));
  EXPECT_EQ(json_reply.Json()["Messages"][1]["MessageAttributes"]["a"]["StringValue"], "b");
}

}  // namespace
}  // namespace cumulite::testing
