// Request bodies that are long, slow or not wanted.
#include "tests/support/wire/wire_test.h"

namespace cumulite::testing {
namespace {

using BodyWireTest = WireTest;

constexpr std::size_t kRpcLimit = 8 << 20;

const std::pair<std::string, std::string> kJson{"Content-Type", "application/x-amz-json-1.0"};

TEST_F(BodyWireTest, RpcBodiesEndAtTheirLimitHoweverTheyCome) {
  const auto send = [&](std::size_t size, bool chunked) {
    std::string body = "{" + std::string(size - 2, ' ') + "}";
    std::vector<std::pair<std::string, std::string>> headers{{"X-Amz-Target", "AmazonSQS.ListQueues"}, kJson};
    if (chunked) {
      char length[16];
      std::snprintf(length, sizeof length, "%zx", size);
      body = std::string(length) + "\r\n" + body + "\r\n0\r\n\r\n";
      headers.emplace_back("Transfer-Encoding", "chunked");
    }
    return Request("POST", "/", body, headers).status;
  };
  for (const bool chunked : {false, true}) {
    EXPECT_EQ(send(kRpcLimit, chunked), 200) << chunked;
    EXPECT_EQ(send(kRpcLimit + 1, chunked), 413) << chunked;
  }
  EXPECT_EQ(Query("Action=ListQueues&Version=2012-11-05&x=" + std::string(kRpcLimit, 'x')).status, 413)
      << "though the router reads more of an unsigned form";
}

TEST_F(BodyWireTest, ALongBodyThatNobodyWantsEndsTheConnection) {
  Client client(port());
  const std::string head =
      "POST /_cumulite/nothing HTTP/1.1\r\nHost: a\r\nContent-Length: 1073741824\r\n\r\n";
  EXPECT_TRUE(client.Send(head + std::string(8 << 20, 'x'))) << "no reset under a client that still sends";
  const auto reply = client.Read();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 404);
  EXPECT_EQ(reply->Header("Connection"), "close") << "the rest would be read as requests";
  EXPECT_TRUE(client.Closed());
}

TEST_F(BodyWireTest, SoDoesOneWhoseLengthIsNotTold) {
  Client client(port());
  std::string chunks;
  for (int i = 0; i < 64; ++i) chunks += "10000\r\n" + std::string(0x10000, 'x') + "\r\n";
  client.Send("POST /_cumulite/nothing HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks);
  const auto reply = client.Read();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 404);
  EXPECT_FALSE(client.Silent(std::chrono::seconds(5))) << "after a megabyte nothing more of it is read";
  EXPECT_TRUE(client.Closed());
}

TEST_F(BodyWireTest, AChunkHeadThatNeverEndsIsRefused) {
  Client client(port());
  client.Send(
      "POST / HTTP/1.1\r\nHost: a\r\nX-Amz-Target: AmazonSQS.ListQueues\r\n"
      "Content-Type: application/x-amz-json-1.0\r\nTransfer-Encoding: chunked\r\n\r\n1;" +
      std::string(100'000, 'x'));
  const auto reply = client.Read();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 400);
  EXPECT_EQ(reply->Json()["message"], "The chunked transfer coding of the request body is malformed.");
}

class ImpatientBodyTest : public WireTest {
  void Configure(config::Settings& settings) override { settings.body_timeout = std::chrono::seconds(2); }
};

TEST_F(ImpatientBodyTest, OnlyABodyThatDoesNotMoveIsCutOff) {
  const std::string queue = R"("QueueUrl":"http://localhost/000000000000/q")";
  ASSERT_EQ(Json("AmazonSQS.CreateQueue", R"({"QueueName":"q"})").status, 200);
  const std::string content(32 << 20, 'x');
  ASSERT_EQ(Request("PUT", "/bucket").status, 200);
  ASSERT_EQ(Request("PUT", "/bucket/large", content).status, 200);

  Client download(port());
  download.Send(MakeRequest("GET", "/bucket/large", {}, {}));
  Client poll(port());
  const std::string receive = "{" + queue + R"(,"WaitTimeSeconds":20})";
  poll.Send(MakeRequest("POST", "/", {},
                        {{"X-Amz-Target", "AmazonSQS.ReceiveMessage"},
                         kJson,
                         {"Content-Length", std::to_string(receive.size())}}));
  ASSERT_TRUE(poll.Silent(std::chrono::milliseconds(20))) << "the body comes behind its head";
  poll.Send(receive);
  Client stalled(port());
  stalled.Send(MakeRequest("POST", "/_cumulite/clock", {}, {{"Content-Length", "16"}}));

  const auto start = std::chrono::steady_clock::now();
  while (stalled.Silent(std::chrono::milliseconds(20))) {
    ASSERT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(30)) << "it may wait for ever";
    ASSERT_TRUE(download.Receive());
  }
  const auto cut_off = stalled.Read();
  ASSERT_TRUE(cut_off);
  EXPECT_EQ(cut_off->status, 408);
  for (int i = 0; i < 10 && poll.Silent(std::chrono::milliseconds(20)); ++i) ASSERT_TRUE(download.Receive());
  const auto whole = download.Read();
  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->body.size(), content.size()) << "slow, but it moved all the time";
  ASSERT_EQ(Json("AmazonSQS.SendMessage", "{" + queue + R"(,"MessageBody":"late"})").status, 200);
  const auto received = poll.Read();
  ASSERT_TRUE(received) << "its body was there long ago";
  EXPECT_NE(received->body.find("late"), std::string::npos);
}

}  // namespace
}  // namespace cumulite::testing
