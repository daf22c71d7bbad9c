// The outgoing client against servers that behave: what is sent, what comes back, which connections are kept.
#include "net/http_client.h"

#include <gmock/gmock.h>
#include <sys/socket.h>

#include "tests/unit/net/client_fixture.h"

namespace cumulite::net {
namespace {
using namespace std::chrono_literals;
using Kind = HttpError::Kind;
using ::testing::HasSubstr;

using HttpClientTest = ClientFixture;

/// Serves every request of a connection with the same answer.
std::function<void(RawPeer&)> Answering(std::string answer) {
  return [answer](RawPeer& peer) {
    while (!peer.ReadHead().empty()) peer.Send(answer);
  };
}

/// Pieces that are there at once.
class Pieces final : public protocol::BodySource {
 public:
  explicit Pieces(std::vector<std::string> pieces, std::optional<std::uint64_t> length = {})
      : pieces_(std::move(pieces)), length_(length) {}
  std::optional<std::uint64_t> content_length() const override { return length_; }
  runtime::Task<std::string_view> Read() override {
    co_return next_ < pieces_.size() ? std::string_view(pieces_[next_++]) : std::string_view{};
  }

 private:
  const std::vector<std::string> pieces_;
  const std::optional<std::uint64_t> length_;
  std::size_t next_ = 0;
};

TEST_F(HttpClientTest, SendsTheRequestAsItWasGivenAndReadsTheAnswer) {
  std::string head;
  std::string body;
  RawServer server([&](RawPeer& peer) {
    head = peer.ReadHead();
    body = peer.ReadBytes(5);
    peer.Send("HTTP/1.1 201 Made so\r\nX-b: 1\r\nx-A:  two words \r\nX-b: 2\r\nContent-Length: 2\r\n\r\nok");
  });
  HttpResult result = Send({.method = "POST",
                            .url = server.Url("/a%20b/?q=%zz&r#fragment"),
                            .headers = {{"x-First", "1"}, {"Second", "a, b"}},
                            .body = "hello"});
  Stop();
  ASSERT_TRUE(result.ok()) << result.error().detail;
  EXPECT_EQ(head, "POST /a%20b/?q=%zz&r HTTP/1.1\r\nx-First: 1\r\nSecond: a, b\r\nHost: 127.0.0.1:" +
                      std::to_string(server.port()) + "\r\nContent-Length: 5\r\n\r\n");
  EXPECT_EQ(body, "hello");
  HttpAnswer& answer = result.answer();
  EXPECT_EQ(answer.status, 201);
  EXPECT_EQ(answer.reason, "Made so");
  EXPECT_EQ(answer.body, "ok");
  ASSERT_EQ(answer.headers.size(), 4u);
  EXPECT_EQ(answer.headers[1].name, "x-A");
  EXPECT_EQ(answer.headers[1].value, "two words");
  EXPECT_EQ(answer.headers[2].value, "2");
}

TEST_F(HttpClientTest, TheCallersHostIsSentInPlaceOfTheUrls) {
  std::string head;
  RawServer server([&](RawPeer& peer) {
    head = peer.ReadHead();
    peer.Send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  });
  ASSERT_TRUE(Send({.url = server.Url("/"), .headers = {{"host", "web.example"}}}).ok());
  Stop();
  EXPECT_EQ(head, "GET / HTTP/1.1\r\nhost: web.example\r\n\r\n");
}

TEST_F(HttpClientTest, EveryFramingOfABodyIsRead) {
  for (const std::string answer :
       {"HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nhello world",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n6;x=y\r\nhello \r\n5\r\nworld\r\n0\r\nT: "
        "x\r\n\r\n",
        "HTTP/1.1 200 OK\r\n\r\nhello world", "HTTP/1.0 200 OK\r\n\r\nhello world"}) {
    RawServer server([&](RawPeer& peer) {
      peer.ReadHead();
      peer.Send(answer);
    });
    HttpResult result = Get(server.Url("/"));
    ASSERT_TRUE(result.ok()) << answer << result.error().detail;
    EXPECT_EQ(result.answer().body, "hello world") << answer;
  }
}

TEST_F(HttpClientTest, AnswersThatHaveNoBodyWhateverTheySay) {
  RawServer head(Answering("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"));
  EXPECT_EQ(Send({.method = "HEAD", .url = head.Url("/")}).answer().Find("content-length"), "5000");
  EXPECT_EQ(Send({.method = "HEAD", .url = head.Url("/")}).answer().status, 200);
  EXPECT_EQ(head.accepted(), 1);
  RawServer not_modified(Answering("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n"));
  EXPECT_EQ(Get(not_modified.Url("/")).answer().status, 304);
  Stop();
}

TEST_F(HttpClientTest, InterimAnswersAreNotTheAnswer) {
  RawServer server(
      Answering("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
                "HTTP/1.1 204 No Content\r\n\r\n"));
  EXPECT_EQ(Get(server.Url("/")).answer().status, 204);
  Stop();
}

TEST_F(HttpClientTest, ConnectionsAreKeptForTheNextCall) {
  RawServer server(Answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
  for (int i = 0; i < 3; ++i) EXPECT_EQ(Get(server.Url("/")).answer().body, "ok");
  EXPECT_EQ(server.accepted(), 1);
  Stop();
}

TEST_F(HttpClientTest, ConnectionsThatMustNotBeReusedAreNot) {
  for (const std::string answer : {"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok",
                                   "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
                                   "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\n"}) {
    RawServer server([&](RawPeer& peer) {
      peer.ReadHead();
      peer.Send(answer);
      peer.WaitForEnd();
    });
    EXPECT_EQ(Get(server.Url("/")).answer().body, "ok");
    EXPECT_EQ(Get(server.Url("/")).answer().body, "ok");
    EXPECT_EQ(server.accepted(), 2) << answer;
  }
}

TEST_F(HttpClientTest, NoMoreIsKeptThanAllowed) {
  client_ = MakeHttpClient({.idle_connections = 0});
  RawServer server(Answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
  EXPECT_TRUE(Get(server.Url("/")).ok());
  EXPECT_TRUE(Get(server.Url("/")).ok());
  EXPECT_EQ(server.accepted(), 2);
  Stop();
}

TEST_F(HttpClientTest, IdleConnectionsAreClosedInTime) {
  client_ = MakeHttpClient({.idle_timeout = 1s});
  std::promise<void> closed;
  RawServer server([&](RawPeer& peer) {
    peer.ReadHead();
    peer.Send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    peer.WaitForEnd();
    closed.set_value();
  });
  EXPECT_TRUE(Get(server.Url("/")).ok());
  EXPECT_EQ(closed.get_future().wait_for(5s), std::future_status::ready);
}

/// Closes each kept connection when its second request comes.
void CloseOnSecondRequest(RawPeer& peer) {
  peer.ReadHead();
  peer.Send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  peer.ReadHead();
}

TEST_F(HttpClientTest, AKeptConnectionThatDiedIsReplacedForWhatMayBeRepeated) {
  RawServer server(CloseOnSecondRequest);
  EXPECT_TRUE(Get(server.Url("/")).ok());
  EXPECT_TRUE(Send({.method = "PUT", .url = server.Url("/")}).ok());
  EXPECT_EQ(server.accepted(), 2);
  EXPECT_EQ(Failure({.method = "POST", .url = server.Url("/"), .body = "pay"}), Kind::kClosed)
      << "it may have been done";
  EXPECT_EQ(server.accepted(), 2);
}

TEST_F(HttpClientTest, AConnectionThatThePeerClosedWhileIdleIsNotUsed) {
  std::promise<void> closed;
  std::atomic<bool> once = false;
  RawServer server([&](RawPeer& peer) {
    peer.ReadHead();
    peer.Send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    if (!once.exchange(true)) {
      ::shutdown(peer.fd(), SHUT_WR);
      closed.set_value();
    }
    peer.WaitForEnd();
  });
  EXPECT_TRUE(Get(server.Url("/")).ok());
  closed.get_future().wait();
  EXPECT_TRUE(Send({.method = "POST", .url = server.Url("/")}).ok())
      << "sent on the dead connection, it could not have been repeated";
  Stop();
}

TEST_F(HttpClientTest, AStreamedBodyGoesOutCountedOrChunked) {
  std::string chunked;
  std::string counted;
  RawServer server([&](RawPeer& peer) {
    std::string head = peer.ReadHead();
    chunked = head + peer.ReadBytes(26);
    peer.Send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    head = peer.ReadHead();
    counted = head + peer.ReadBytes(11);
    peer.Send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
  });
  Pieces unknown({"hello ", "world"});
  EXPECT_TRUE(Send({.method = "PUT", .url = server.Url("/"), .body_source = &unknown}).ok());
  Pieces known({"hello ", "world"}, 11);
  EXPECT_TRUE(Send({.method = "PUT", .url = server.Url("/"), .body_source = &known}).ok());
  Stop();
  EXPECT_THAT(chunked, HasSubstr("Transfer-Encoding: chunked\r\n\r\n6\r\nhello \r\n5\r\nworld\r\n0\r\n\r\n"));
  EXPECT_THAT(counted, HasSubstr("Content-Length: 11\r\n\r\nhello world"));
}

TEST_F(HttpClientTest, ABodyOfAnotherLengthThanItSaidIsNotSentAsWhole) {
  RawServer server([](RawPeer& peer) { peer.WaitForEnd(); });
  Pieces shorter({"hello"}, 11);
  EXPECT_EQ(Failure({.method = "PUT", .url = server.Url("/"), .body_source = &shorter}), Kind::kInvalid);
  Pieces longer({"hello ", "world!"}, 11);
  EXPECT_EQ(Failure({.method = "PUT", .url = server.Url("/"), .body_source = &longer}), Kind::kInvalid);
}

TEST_F(HttpClientTest, ARefusalThatComesBeforeTheBodyIsOutIsRead) {
  RawServer server([](RawPeer& peer) {
    peer.ReadHead();
    peer.Send("HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n");
    peer.WaitForEnd();
  });
  HttpResult result = Send({.method = "PUT", .url = server.Url("/"), .body = std::string(64 << 20, 'x')});
  ASSERT_TRUE(result.ok()) << result.error().detail;
  EXPECT_EQ(result.answer().status, 413);
}

runtime::Task<std::string> ReadAll(HttpClient& client, HttpCall call) {
  call.answer = HttpCall::Answer::kStream;
  runtime::Task<HttpResult> sent = client.Send(std::move(call));
  HttpResult result = co_await sent;
  if (!result.ok()) co_return std::string(NameOf(result.error().kind));
  std::string all;
  for (;;) {
    runtime::Task<std::optional<std::string_view>> next = result.answer().stream->Receive();
    const std::optional<std::string_view> piece = co_await next;
    if (!piece) co_return all + "|" + std::string(NameOf(result.answer().stream->error().kind));
    if (piece->empty()) co_return all;
    all += *piece;
  }
}

TEST_F(HttpClientTest, AnAnswerIsStreamed) {
  const std::string large(3 << 20, 'x');
  RawServer server([&](RawPeer& peer) {
    peer.ReadHead();
    peer.Send("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(large.size()) + "\r\n\r\n" + large);
    peer.ReadHead();
    peer.Send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
  });
  EXPECT_EQ(OnLoop([&] { return ReadAll(*client_, {.url = server.Url("/")}); }), large);
  EXPECT_EQ(OnLoop([&] { return ReadAll(*client_, {.url = server.Url("/")}); }), "abc");
  EXPECT_EQ(server.accepted(), 1) << "a stream read to its end leaves its connection for the next";
}

/// "field=value" of the first lent field, what had arrived with the head, and what the stream then gave.
runtime::Task<std::string> ReadLent(HttpClient& client, HttpCall call) {
  call.answer = HttpCall::Answer::kLent;
  runtime::Task<HttpResult> sent = client.Send(std::move(call));
  HttpResult result = co_await sent;
  if (!result.ok()) co_return std::string(NameOf(result.error().kind));
  HttpAnswer& answer = result.answer();
  std::string all = answer.headers.empty() ? "" : "copied ";
  all.append(answer.fields.front().name).append("=").append(answer.fields.front().value);
  if (answer.arrived) co_return all.append(" arrived ").append(*answer.arrived);
  for (std::string_view piece = "-"; !piece.empty();) {
    runtime::Task<std::string_view> next = answer.stream->Read();
    piece = co_await next;
    all += piece.empty() ? "" : " read";
  }
  co_return all;
}

TEST_F(HttpClientTest, ALentAnswerGivesAShortBodyAtOnceAndStreamsAnyOther) {
  RawServer server([&](RawPeer& peer) {
    for (const std::string_view answer :
         {"HTTP/1.1 200 OK\r\nX-a: 1\r\nContent-Length: 5\r\n\r\nhello",
          "HTTP/1.1 204 No Content\r\nX-a: 2\r\n\r\n",
          "HTTP/1.1 200 OK\r\nX-a: 3\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
          "HTTP/1.1 200 OK\r\nX-a: 4\r\nContent-Length: 5\r\n\r\nhello, world"}) {
      peer.ReadHead();
      peer.Send(answer);
    }
    peer.WaitForEnd();
  });
  const auto ask = [&] { return OnLoop([&] { return ReadLent(*client_, {.url = server.Url("/")}); }); };
  EXPECT_EQ(ask(), "X-a=1 arrived hello");
  EXPECT_EQ(ask(), "X-a=2 arrived ");
  EXPECT_EQ(ask(), "X-a=3 read");
  EXPECT_EQ(server.accepted(), 1) << "one that came whole leaves its connection for the next";
  EXPECT_EQ(ask(), "X-a=4 read") << "what follows a body that is longer than it said is none of it";
  Stop();
}

TEST_F(HttpClientTest, AnAnswerThatIsNotReadIsNotReceived) {
  std::atomic<bool> all_sent = false;
  RawServer server([&](RawPeer& peer) {
    peer.ReadHead();
    peer.Send("HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n");
    const std::string megabyte(1 << 20, 'x');
    for (int i = 0; i < 1024; ++i) {
      if (!peer.Send(megabyte)) return;
    }
    all_sent = true;
  });
  OnLoop([&]() -> runtime::Task<bool> {
    runtime::Task<HttpResult> sent =
        client_->Send({.url = server.Url("/"), .answer = HttpCall::Answer::kStream});
    HttpResult result = co_await sent;
    for (int i = 0; i < 4; ++i) {
      runtime::Task<std::optional<std::string_view>> next = result.answer().stream->Receive();
      co_await next;
    }
    co_return true;  // what is left unread ends with the stream
  });
  Stop();
  EXPECT_FALSE(all_sent);
}

TEST_F(HttpClientTest, ACallIsCancelled) {
  RawServer server([](RawPeer& peer) { peer.WaitForEnd(); });
  runtime::Cancel cancel;
  std::thread canceller([&] {
    while (server.accepted() == 0) std::this_thread::yield();
    loop_.Post([&] { cancel.Request(); });
  });
  EXPECT_EQ(Failure({.url = server.Url("/"), .cancel = &cancel}), Kind::kCancelled);
  canceller.join();
  EXPECT_EQ(Failure({.url = server.Url("/"), .cancel = &cancel}), Kind::kCancelled) << "requested before";
}

TEST_F(HttpClientTest, TheEndOfTheLoopEndsItsCalls) {
  RawServer server([](RawPeer& peer) { peer.WaitForEnd(); });
  std::promise<HttpError::Kind> ended;
  loop_.Post([&] {
    [](HttpClient& client, std::string url, std::promise<HttpError::Kind>& done) -> runtime::Task<void> {
      runtime::Task<HttpResult> sent = client.Send({.url = std::move(url)});
      HttpResult result = co_await sent;
      done.set_value(result.error().kind);
    }(*client_, server.Url("/"), ended)
                                                                                        .Detach();
  });
  while (server.accepted() == 0) std::this_thread::yield();
  Stop();
  EXPECT_EQ(ended.get_future().get(), Kind::kClosed);
}

TEST_F(HttpClientTest, WhatCannotBeSentIsInvalid) {
  for (const std::string url : {"", "ftp://a/", "http://", "http:///x", "http://a b/", "http://a/\r\nX: y",
                                "http://user@a/", "http://a:0/", "http://a:65536/", "http://[::1/", "//a/"}) {
    EXPECT_EQ(Failure({.url = url}), Kind::kInvalid) << url;
  }
  const std::string url = "http://127.0.0.1:1/";
  EXPECT_EQ(Failure({.method = "GET /x HTTP/1.1\r\nA: ", .url = url}), Kind::kInvalid);
  EXPECT_EQ(Failure({.url = url, .headers = {{"A", "b\r\nC: d"}}}), Kind::kInvalid);
  EXPECT_EQ(Failure({.url = url, .headers = {{"A b", "c"}}}), Kind::kInvalid);
  EXPECT_EQ(Failure({.url = url, .headers = {{"content-length", "5"}}}), Kind::kInvalid);
}

}  // namespace
}  // namespace cumulite::net
