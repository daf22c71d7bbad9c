// HTTP itself, over raw sockets: what a client may send wrong, and what it relies on.
#include "tests/support/wire/wire_test.h"

namespace cumulite::testing {
namespace {

using HttpWireTest = WireTest;

constexpr std::string_view kHealth = "GET /_cumulite/health HTTP/1.1\r\nHost: localhost\r\n\r\n";
constexpr std::chrono::milliseconds kMoment{20};

TEST_F(HttpWireTest, ConnectionIsKeptFromRequestToRequest) {
  Client client(port());
  for (int i = 0; i < 3; ++i) {
    client.Send(kHealth);
    EXPECT_EQ(client.Read()->status, 200);
  }
}

TEST_F(HttpWireTest, PipelinedRequestsAreAnsweredInOrder) {
  Client client(port());
  client.Send(std::string(kHealth) + "GET /_cumulite/nothing HTTP/1.1\r\nHost: a\r\n\r\n" +
              MakeRequest("POST", "/_cumulite/clock", R"({"advance":"1s"})", {}) + std::string(kHealth));
  EXPECT_EQ(client.Read()->status, 200);
  EXPECT_EQ(client.Read()->status, 404);
  EXPECT_EQ(client.Read()->Json()["offset_ms"], 1000);
  EXPECT_EQ(client.Read()->status, 200);
}

TEST_F(HttpWireTest, HeadArrivingByteByByteIsUnderstood) {
  Client client(port());
  for (const char byte : kHealth) client.Send({&byte, 1});
  EXPECT_EQ(client.Read()->status, 200);
}

TEST_F(HttpWireTest, HeadWhoseEndIsCutInTwoIsUnderstood) {
  for (std::size_t left = 1; left < 4; ++left) {
    Client client(port());
    client.Send(kHealth.substr(0, kHealth.size() - left));
    ASSERT_TRUE(client.Silent(kMoment)) << "so that it comes in two pieces";
    client.Send(kHealth.substr(kHealth.size() - left));
    EXPECT_EQ(client.Read()->status, 200) << left;
  }
}

TEST_F(HttpWireTest, ConnectionCloseIsHonoured) {
  Client client(port());
  client.Send("GET /_cumulite/health HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
  const auto reply = client.Read();
  EXPECT_EQ(reply->Header("Connection"), "close");
  EXPECT_TRUE(client.Closed());
}

TEST_F(HttpWireTest, Http10IsAnsweredAndClosed) {
  Client client(port());
  client.Send("GET /_cumulite/health HTTP/1.0\r\n\r\n");
  EXPECT_EQ(client.Read()->status, 200);
  EXPECT_TRUE(client.Closed());
}

TEST_F(HttpWireTest, Http10IsKeptWhereTheClientAsksAndHearsOfIt) {
  Client client(port());
  for (int i = 0; i < 2; ++i) {
    client.Send("GET /_cumulite/health HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    EXPECT_EQ(client.Read()->Header("Connection"), "keep-alive");
  }
}

TEST_F(HttpWireTest, OptionsOfTheServerAsAWhole) {
  Client client(port());
  client.Send("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n" + std::string(kHealth));
  const auto options = client.Read();
  EXPECT_EQ(options->status, 200);
  EXPECT_EQ(options->Header("Content-Length"), "0");
  EXPECT_NE(options->Header("Allow").find("DELETE"), std::string::npos);
  EXPECT_EQ(client.Read()->status, 200);
}

TEST_F(HttpWireTest, HeadHasTheHeadersOfGetAndNoBody) {
  Client client(port());
  client.Send("HEAD /_cumulite/health HTTP/1.1\r\nHost: a\r\n\r\n" + std::string(kHealth));
  const auto head = client.Read(true);
  const auto get = client.Read();
  EXPECT_EQ(head->Header("Content-Length"), get->Header("Content-Length"));
  EXPECT_GT(get->body.size(), 0u);
}

TEST_F(HttpWireTest, AnswersWithoutContentHaveNoLengthEither) {
  ASSERT_EQ(Request("PUT", "/bucket").status, 200);
  const Reply reply = Request("DELETE", "/bucket");
  EXPECT_EQ(reply.status, 204);
  EXPECT_FALSE(reply.Has("Content-Length")) << "RFC 9110 8.6";
}

TEST_F(HttpWireTest, ChunkedBodyIsDecoded) {
  Client client(port());
  client.Send("POST /_cumulite/clock HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n");
  for (const std::string_view chunk :
       {"4\r", "\n{\"ad\r\n", "6;x=1\r\nvance\"\r\n6\r\n:\"2", "s\"}\r\n", "0\r\n", "T: x\r\n\r\n"}) {
    ASSERT_TRUE(client.Silent(kMoment)) << "so that the pieces come one by one";
    client.Send(chunk);
  }
  EXPECT_EQ(client.Read()->Json()["offset_ms"], 2000);
  client.Send(kHealth);
  EXPECT_EQ(client.Read()->status, 200) << "the trailer belongs to the body, not to the next request";
}

TEST_F(HttpWireTest, RequestBehindAChunkedBodyIsAnsweredToo) {
  Client client(port());
  client.Send(
      "POST /_cumulite/clock HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
      "10\r\n{\"advance\":\"3s\"}\r\n0\r\n\r\n" +
      std::string(kHealth));
  EXPECT_EQ(client.Read()->Json()["offset_ms"], 3000);
  EXPECT_EQ(client.Read()->status, 200);
}

TEST_F(HttpWireTest, BodyNobodyReadDoesNotBecomeTheNextRequest) {
  Client client(port());
  client.Send(
      MakeRequest("POST", "/_cumulite/nothing", "GET /_cumulite/health HTTP/1.1\r\nHost: a\r\n\r\n", {}) +
      std::string(kHealth));
  EXPECT_EQ(client.Read()->status, 404);
  EXPECT_EQ(client.Read()->status, 200);
  EXPECT_TRUE(client.Silent(std::chrono::milliseconds(50)));
}

TEST_F(HttpWireTest, ContinueIsSentWhenTheBodyIsWanted) {
  Client client(port());
  client.Send(
      "POST /_cumulite/clock HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 16\r\n\r\n");
  EXPECT_EQ(client.Read()->status, 100);
  for (const char* piece : {R"({"advance")", R"(:"4s")", "}"}) {
    EXPECT_TRUE(client.Silent(kMoment)) << "once is enough";
    client.Send(piece);
  }
  EXPECT_EQ(client.Read()->Json()["offset_ms"], 4000);
}

TEST_F(HttpWireTest, NoContinueWhenTheBodyIsNotWanted) {
  Client client(port());
  client.Send(
      "POST /_cumulite/nothing HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 16\r\n\r\n");
  const auto reply = client.Read();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 404);
  EXPECT_EQ(reply->Header("Connection"), "close") << "botocore would mistake the next answer on it";
}

class MalformedHttpTest : public WireTest, public ::testing::WithParamInterface<std::string> {};

TEST_P(MalformedHttpTest, Gets400AndAClosedConnection) {
  Client client(port());
  client.Send(GetParam());
  const auto reply = client.Read();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 400);
  client.HalfClose();
  EXPECT_TRUE(client.Closed());
  EXPECT_EQ(Send(kHealth).status, 200) << "the server lives on";
}

INSTANTIATE_TEST_SUITE_P(
    Heads, MalformedHttpTest,
    ::testing::Values(
        "GARBAGE\r\n\r\n", "GET /\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "G ET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nHost localhost\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\n: empty name\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nA\x01: b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nA: b\x01\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nA : b\r\n\r\n",
        "GET /\x7f HTTP/1.1\r\nHost: a\r\n\r\n", "PUT /b/k HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        "PUT /b/k HTTP/1.1\r\nHost: a\r\nContent-Length: \r\n\r\n",
        "PUT /b/k HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n",
        "PUT /b/k HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
        "PUT /b/k HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\nx",
        "PUT /b/k HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: identity\r\n\r\n",
        "PUT /b/k HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\nGET / HTTP/1.1\r\nHost: "
        "a\r\n\r\n",
        "PUT /b/k HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx",
        "GET / HTTP/1.1\r\nX: " + std::string(70'000, 'x') + "\r\n\r\n", "GET /" + std::string(70'000, 'x'),
        "GET / HTTP/1.1\r\nA: b\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n\r\n",
        "GET / HTTP/1.0\r\nHost: a\r\nHost: b\r\n\r\n", "GET / HTTP/1.1\nHost: a\n\n",
        "GET / HTTP/1.1\r\nHost: a\nA: b\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nA: b\r\n\n",
        "GET / HTTP/1.1\r\nHost: a\r\nA: b\r\n c\r\n\r\n", "GET / HTTP/1.1\r\n Host: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nA:\r\n\tb\r\n\r\n", "GET * HTTP/1.1\r\nHost: a\r\n\r\n",
        "PUT /b/k HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\nx"));

TEST_F(HttpWireTest, AHeadHasSixtyFourKibibytes) {
  const auto answer = [this](std::size_t size) {
    const std::string rest = "GET /_cumulite/clock HTTP/1.1\r\nHost: a\r\nX: \r\n\r\n";
    return Send("GET /_cumulite/clock HTTP/1.1\r\nHost: a\r\nX: " + std::string(size - rest.size(), 'x') +
                "\r\n\r\n")
        .status;
  };
  EXPECT_EQ(answer(65'536), 200);
  EXPECT_EQ(answer(65'537), 400) << "though its end has come with it";
}

TEST_F(HttpWireTest, MalformedChunkedFramingIsRefused) {
  for (const std::string_view framing : {"zz\r\n", "-1\r\n", "FFFFFFFFFFFFFFFFFF\r\n", "2\nab\r\n0\r\n\r\n",
                                         "2\r\nab\n0\r\n\r\n", "2\r\nabXX0\r\n\r\n"}) {
    Client client(port());
    client.Send("POST /_cumulite/clock HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" +
                std::string(framing));
    const auto reply = client.Read();
    ASSERT_TRUE(reply) << framing;
    EXPECT_EQ(reply->status, 400) << framing;
  }
  EXPECT_EQ(Request("GET", "/_cumulite/clock").Json()["offset_ms"], 0);
}

TEST_F(HttpWireTest, BodyThatBreaksOffChangesNothing) {
  {
    Client client(port());
    client.Send(
        "POST /_cumulite/clock HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{\"advance\":\"9s\"}");
    client.HalfClose();
    EXPECT_EQ(client.Read()->status, 400);
  }
  EXPECT_EQ(Request("GET", "/_cumulite/clock").Json()["offset_ms"], 0);
}

class CappedTest : public WireTest {
  void Configure(config::Settings& settings) override { settings.max_connections = 1; }
};

TEST_F(CappedTest, ConnectionsBeyondTheCapGet503) {
  Client first(port());
  first.Send(kHealth);
  EXPECT_EQ(first.Read()->status, 200);
  Client second(port());
  EXPECT_EQ(second.Read()->status, 503);
  EXPECT_TRUE(second.Closed());
  first.Send(kHealth);
  EXPECT_EQ(first.Read()->status, 200);
}

class ImpatientTest : public WireTest {
  void Configure(config::Settings& settings) override { settings.header_timeout = std::chrono::seconds(1); }
};

TEST_F(ImpatientTest, SlowHeadIsCutOff) {
  Client client(port());
  client.Send("GET / HTTP/1.1\r\nHos");
  EXPECT_FALSE(client.Read()) << "closed without an answer";
  EXPECT_EQ(Send(kHealth).status, 200);
}

TEST_F(ImpatientTest, AHeadThatTricklesInIsCutOff) {
  const std::string head = "GET / HTTP/1.1\r\nX: ";
  Client client(port());
  client.Send(head);
  const auto start = std::chrono::steady_clock::now();
  while (client.Silent(std::chrono::milliseconds(200))) {
    ASSERT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(8)) << "each byte counts anew";
    client.Send("x");
  }
  EXPECT_FALSE(client.Read());
}

TEST_F(HttpWireTest, StopEndsIdleConnectionsAtOnce) {
  Client client(port());
  client.Send(kHealth);
  EXPECT_EQ(client.Read()->status, 200);
  const auto start = std::chrono::steady_clock::now();
  StopServer();
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5))
      << "not the whole grace of 10 s";
  EXPECT_TRUE(client.Closed());
}

TEST_F(HttpWireTest, StopCutsLongPollsShort) {
  ASSERT_EQ(Json("AmazonSQS.CreateQueue", R"({"QueueName":"empty"})").status, 200);
  const std::string body = R"({"QueueUrl":"http://localhost/000000000000/empty","WaitTimeSeconds":20})";
  Client client(port());
  client.Send(MakeRequest("POST", "/", {},
                          {{"X-Amz-Target", "AmazonSQS.ReceiveMessage"},
                           {"Content-Type", "application/x-amz-json-1.0"},
                           {"Content-Length", std::to_string(body.size())},
                           {"Expect", "100-continue"}}));
  // A request that the server has not begun to read when it stops gets no answer, which is right.
  const auto begun = client.Read();
  ASSERT_TRUE(begun && begun->status == 100);
  client.Send(body);
  ASSERT_TRUE(client.Silent(std::chrono::milliseconds(50))) << "it waits";
  const auto start = std::chrono::steady_clock::now();
  StopServer();
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5))
      << "not the whole grace of 10 s";
  const auto reply = client.Read();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 200) << "answered as an empty receive";
  EXPECT_TRUE(client.Closed());
}

TEST_F(HttpWireTest, StopDoesNotWaitForTimersOfDaysHence) {
  ASSERT_EQ(Json("AmazonSQS.CreateQueue", R"({"QueueName":"kept"})").status, 200);
  ASSERT_EQ(Json("AmazonSQS.SendMessage",
                 R"({"QueueUrl":"http://localhost/000000000000/kept","MessageBody":"for four days"})")
                .status,
            200);
  RestartServer();
  EXPECT_NE(Json("AmazonSQS.ReceiveMessage", R"({"QueueUrl":"http://localhost/000000000000/kept"})")
                .body.find("for four days"),
            std::string::npos);
}

}  // namespace
}  // namespace cumulite::testing
