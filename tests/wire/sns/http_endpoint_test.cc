#include <atomic>

#include "tests/unit/net/raw_server.h"
#include "tests/wire/sns/sns_wire_test.h"

namespace cumulite::testing {
namespace {

/// A topic with one endpoint that misbehaves and one queue that must not notice.
class SnsHttpEndpointTest : public SnsWireTest {
 protected:
  void SetUp() override {
    SnsWireTest::SetUp();
    topic_ = CreateTopic("t");
    Json("AmazonSQS.CreateQueue", R"({"QueueName":"q"})");
    Subscribe(topic_, "sqs", "arn:aws:sqs:us-east-1:000000000000:q", {{"RawMessageDelivery", "true"}});
  }
  /// Subscribes and confirms as who reads the endpoint's mail does; the confirmation itself is ignored.
  void SubscribeEndpoint(const std::string& url) {
    const std::string arn = Subscribe(topic_, "http", url);
    const std::string token =
        Request("GET", "/_aws/sns/subscription-tokens/" + arn).Json()["subscription_token"];
    Do("ConfirmSubscription", {{"TopicArn", topic_}, {"Token", token}});
  }
  void PublishAndReceive() {
    Do("Publish", {{"TopicArn", topic_}, {"Message", "to all"}});
    const json received = Json("AmazonSQS.ReceiveMessage", R"({"QueueUrl":"q","WaitTimeSeconds":10})").Json();
    ASSERT_EQ(received.value("Messages", json::array()).size(), 1u);
    EXPECT_EQ(received["Messages"][0]["Body"], "to all");
  }
  /// What is said of the endpoint's delivery, once it is over for now: the clock answers after that.
  json Outcome() {
    EXPECT_EQ(Request("POST", "/_cumulite/clock", R"({"advance":"1s"})").status, 200);
    const json shown = Request("GET", "/_cumulite/sns/deliveries?topic=" + topic_).Json();
    for (const json& delivery : shown["deliveries"]) {
      if (delivery["protocol"] == "http") return delivery;
    }
    return json::object();
  }

  /// A request's head, behind which its body was read; empty when the client is gone.
  static std::string ReadRequest(net::RawPeer& peer) {
    constexpr std::string_view kLength = "Content-Length: ";
    std::string head = peer.ReadHead();
    if (!head.empty()) peer.ReadBytes(std::stoul(head.substr(head.find(kLength) + kLength.size())));
    return head;
  }

  std::string topic_;
};

TEST_F(SnsHttpEndpointTest, RedirectIsARefusalAndIsNotFollowed) {
  net::RawServer server([](net::RawPeer& peer) {
    ReadRequest(peer);
    peer.Send("HTTP/1.1 302 Found\r\nLocation: /again\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
  });
  SubscribeEndpoint(server.Url("/hook"));
  PublishAndReceive();
  const json outcome = Outcome();
  EXPECT_EQ(outcome["outcome"], "dropped") << outcome;
  EXPECT_EQ(outcome["detail"], "the endpoint answered 302");
}

TEST_F(SnsHttpEndpointTest, EndlessAnswerIsCutOffAndTriedAgain) {
  net::RawServer server([](net::RawPeer& peer) {
    const std::string head = peer.ReadHead();
    peer.Send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    while (peer.Send("400\r\n" + std::string(1'024, 'x') + "\r\n")) {
    }
  });
  SubscribeEndpoint(server.Url("/hook"));
  PublishAndReceive();
  EXPECT_EQ(Outcome()["outcome"], "retrying");
}

TEST_F(SnsHttpEndpointTest, HugeAnswerIsNotRead) {
  net::RawServer server([](net::RawPeer& peer) {
    const std::string head = peer.ReadHead();
    peer.Send("HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\n");
    peer.WaitForEnd();
  });
  SubscribeEndpoint(server.Url("/hook"));
  PublishAndReceive();
  EXPECT_EQ(Outcome()["outcome"], "retrying");
}

TEST_F(SnsHttpEndpointTest, NobodyAtHomeIsTriedAgain) {
  std::string url;
  {
    net::RawServer server([](net::RawPeer& peer) { peer.WaitForEnd(); });
    url = server.Url("/hook");
  }
  SubscribeEndpoint(url);
  PublishAndReceive();
  EXPECT_EQ(Outcome()["outcome"], "retrying");
}

TEST_F(SnsHttpEndpointTest, EndpointThatNeverAnswersDelaysNeitherQueueNorAnotherEndpoint) {
  net::RawServer silent([](net::RawPeer& peer) { peer.WaitForEnd(); });
  std::atomic<int> notified = 0;
  net::RawServer quick([&](net::RawPeer& peer) {
    for (std::string head = ReadRequest(peer); !head.empty(); head = ReadRequest(peer)) {
      if (head.find("message-type: Notification") != std::string::npos) ++notified;
      notified.notify_all();
      if (!peer.Send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) return;
    }
  });
  SubscribeEndpoint(silent.Url("/hook"));
  SubscribeEndpoint(quick.Url("/hook"));
  for (int i = 0; i < 50; ++i) Do("Publish", {{"TopicArn", topic_}, {"Message", "x"}});
  for (int seen = notified; seen < 50; seen = notified) notified.wait(seen);
  StopServer();  // the silent one does not hold up the end either
}

}  // namespace
}  // namespace cumulite::testing
