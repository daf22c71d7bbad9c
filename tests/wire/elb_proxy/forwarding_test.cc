#include "tests/wire/elb_proxy/data_plane_test.h"

namespace cumulite::elb::proxy {
namespace {
using namespace std::chrono_literals;
using testing::Client;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::Reply;

class ForwardingTest : public DataPlaneTest {};

TEST_F(ForwardingTest, ARequestGoesToATargetAndItsAnswerBack) {
  Backend& backend = AddBackend([](const Backend::Seen&) {
    return std::string(
        "HTTP/1.1 201 Made It\r\nServer: mine\r\nContent-Length: 5\r\nKeep-Alive: timeout=5\r\nX-A: "
        "1\r\nX-A: 2\r\n"
        "Date: yesterday\r\n\r\nhello");
  });
  ForwardTo(Group("g", {&backend}));
  Install();
  const Reply reply = Send(
      "POST /a%20b?c=%64 HTTP/1.1\r\nHost: WWW.Example.com\r\nX-Mine: 1\r\nContent-Length: 3\r\n\r\nabc");
  EXPECT_EQ(reply.status, 201);
  EXPECT_EQ(reply.body, "hello");
  EXPECT_EQ(reply.Header("Server"), "mine");
  EXPECT_EQ(reply.Header("Date"), "yesterday");
  EXPECT_FALSE(reply.Has("Keep-Alive"));
  const Backend::Seen seen = backend.last();
  EXPECT_THAT(seen.head, ::testing::StartsWith("POST /a%20b?c=%64 HTTP/1.1\r\nHost: www.example.com:" +
                                               std::to_string(port_)));
  EXPECT_THAT(seen.head, HasSubstr("X-Mine: 1\r\n"));
  EXPECT_THAT(seen.head, HasSubstr("X-Forwarded-For: 127.0.0.1\r\n"));
  EXPECT_THAT(seen.head, HasSubstr("Content-Length: 3\r\n"));
  EXPECT_EQ(seen.body, "abc");
}

TEST_F(ForwardingTest, ReasonPhrasesPassThrough) {
  Backend& backend = AddBackend([](const Backend::Seen&) {
    return std::string("HTTP/1.1 299 Quite Fine\r\nContent-Length: 0\r\n\r\n");
  });
  ForwardTo(Group("g", {&backend}));
  Install();
  net::HttpResult result = [&] {
    std::promise<net::HttpResult> done;
    loops_.back()->Post([&] {
      [](net::HttpClient& http, std::string url, std::promise<net::HttpResult>& out) -> runtime::Task<void> {
        net::HttpCall call{.url = url};
        runtime::Task<net::HttpResult> sent = http.Send(std::move(call));
        net::HttpResult got = co_await sent;
        out.set_value(std::move(got));
      }(*http_, "http://127.0.0.1:" + std::to_string(port_) + "/", done)
                                                                                            .Detach();
    });
    return done.get_future().get();
  }();
  ASSERT_TRUE(result.ok());
  EXPECT_EQ(result.answer().reason, "Quite Fine");
}

TEST_F(ForwardingTest, TargetConnectionsAreKept) {
  Backend& backend = AddBackend("a");
  ForwardTo(Group("g", {&backend}));
  Install();
  const int before = backend.accepted();
  Client client(port_);
  for (int i = 0; i < 10; ++i) {
    ASSERT_TRUE(client.Send("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
    ASSERT_EQ(client.Read()->body, "a");
  }
  EXPECT_EQ(backend.accepted() - before, 1);
}

TEST_F(ForwardingTest, ChunkedStaysChunkedBothWays) {
  Backend& backend = AddBackend([](const Backend::Seen& seen) {
    return "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab" + seen.body.substr(0, 1) +
           "\r\n0\r\n\r\n";
  });
  ForwardTo(Group("g", {&backend}));
  Install();
  const Reply reply =
      Send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nxy\r\n1\r\nz\r\n0\r\n\r\n");
  EXPECT_EQ(reply.body, "abx");
  EXPECT_EQ(reply.Header("Transfer-Encoding"), "chunked");
  EXPECT_THAT(backend.last().head, HasSubstr("Transfer-Encoding: chunked\r\n"));
  EXPECT_THAT(backend.last().head, Not(HasSubstr("Content-Length")));
  EXPECT_EQ(backend.last().body, "xyz");
}

TEST_F(ForwardingTest, TheFirstBytesComeBeforeTheLastAreMade) {
  std::promise<void> seen;
  auto wait = std::make_shared<std::shared_future<void>>(seen.get_future().share());
  Backend& backend = AddBackend(std::function<void(net::RawPeer&)>([wait](net::RawPeer& peer) {
    if (peer.ReadHead().find("HealthChecker") != std::string::npos) return;
    peer.Send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n");
    wait->wait_for(10s);
    peer.Send("4\r\nlast\r\n0\r\n\r\n");
  }));
  ForwardTo(Group("g", {&backend}));
  Install();
  Client client(port_);
  client.Send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_TRUE(client.Receive());
  seen.set_value();
  EXPECT_EQ(client.Read()->body, "firstlast");
}

TEST_F(ForwardingTest, HeadKeepsTheLengthOfWhatGetWouldGive) {
  Backend& backend = AddBackend(
      [](const Backend::Seen&) { return std::string("HTTP/1.1 200 OK\r\nContent-Length: 1234\r\n\r\n"); });
  ForwardTo(Group("g", {&backend}));
  Install();
  const Reply reply = Send("HEAD / HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.Header("Content-Length"), "1234");
}

TEST_F(ForwardingTest, AGetWithABodyIsForwarded) {
  Backend& backend = AddBackend("a");
  ForwardTo(Group("g", {&backend}));
  Install();
  EXPECT_EQ(Send("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi").status, 200);
  EXPECT_EQ(backend.last().body, "hi");
}

TEST_F(ForwardingTest, ExpectIsAnsweredHere) {
  Backend& backend = AddBackend("a");
  ForwardTo(Group("g", {&backend}));
  Install();
  Client client(port_);
  client.Send("PUT / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
  EXPECT_EQ(client.Read()->status, 100);
  client.Send("data");
  EXPECT_EQ(client.Read()->status, 200);
  EXPECT_EQ(backend.last().body, "data");
  EXPECT_THAT(backend.last().head, Not(HasSubstr("Expect")));
}

TEST_F(ForwardingTest, AnOldClientGetsNoChunks) {
  Backend& backend = AddBackend([](const Backend::Seen&) {
    return std::string("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n");
  });
  ForwardTo(Group("g", {&backend}));
  Install();
  const Reply reply = Send("GET / HTTP/1.0\r\n\r\n");
  EXPECT_FALSE(reply.Has("Transfer-Encoding"));
  EXPECT_EQ(reply.Header("Connection"), "close");
  EXPECT_EQ(reply.body, "hi");
  EXPECT_THAT(backend.last().head, HasSubstr("Host: lb-1.us-east-1.elb.localhost:"));
}

TEST_F(ForwardingTest, AnAnswerThatBreaksOffDoesNotLookComplete) {
  Backend& backend = AddBackend(std::function<void(net::RawPeer&)>([](net::RawPeer& peer) {
    if (peer.ReadHead().find("HealthChecker") != std::string::npos) return;
    peer.Send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nfirst");
  }));
  ForwardTo(Group("g", {&backend}));
  Install();
  Client client(port_);
  client.Send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_ANY_THROW(client.Read());
}

TEST_F(ForwardingTest, WebSocketBytesPassBothWays) {
  Backend& backend = AddBackend(std::function<void(net::RawPeer&)>([](net::RawPeer& peer) {
    const std::string head = peer.ReadHead();
    if (head.find("HealthChecker") != std::string::npos) return;
    if (head.find("Upgrade: websocket\r\n") == std::string::npos ||
        head.find("Sec-WebSocket-Key: k\r\n") == std::string::npos) {
      return;
    }
    peer.Send(
        "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: "
        "websocket\r\nSec-WebSocket-Accept: s\r\n\r\n");
    peer.Send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n" + peer.ReadBytes(4));
  }));
  ForwardTo(Group("g", {&backend}));
  Install();
  Client client(port_);
  client.Send(
      "GET / HTTP/1.1\r\nHost: x\r\nConnection: keep-alive, Upgrade\r\nUpgrade: "
      "WebSocket\r\nSec-WebSocket-Key: k\r\n\r\n");
  const auto switched = client.Read(true);
  ASSERT_TRUE(switched);
  EXPECT_EQ(switched->status, 101);
  EXPECT_EQ(switched->Header("Sec-WebSocket-Accept"), "s");
  EXPECT_EQ(switched->Header("Upgrade"), "websocket");
  client.Send("ping");
  EXPECT_EQ(client.Read()->body, "ping");
  EXPECT_TRUE(client.Closed());
}

TEST_F(ForwardingTest, UpgradesToAnythingElseEndHere) {
  Backend& backend = AddBackend("a");
  ForwardTo(Group("g", {&backend}));
  Install();
  EXPECT_EQ(Get("/", "Connection: Upgrade\r\nUpgrade: h2c\r\n"), "a");
  EXPECT_THAT(backend.last().head, Not(HasSubstr("pgrade")));
}

TEST_F(ForwardingTest, TransformsChangeWhatTheTargetSees) {
  Backend& backend = AddBackend("a");
  ForwardTo(Group("g", {&backend}));
  Rule rule = listener_->rules.front();
  rule.priority = 1;
  rule.conditions = {{.field = Condition::Field::kPathPattern, .values = {"/dp/*"}}};
  rule.transforms = {{Transform::Kind::kUrlRewrite, "^/dp/([A-Za-z0-9]+)/?$", "/product.php?id=$1"},
                     {Transform::Kind::kHostHeaderRewrite, "^www[.](.*)$", "in.$1"}};
  listener_->rules.insert(listener_->rules.begin(), rule);
  Install();
  Get("/dp/B09");
  EXPECT_THAT(backend.last().head,
              ::testing::StartsWith("GET /product.php?id=B09 HTTP/1.1\r\nHost: in.example.com\r\n"));
  Get("/other");
  EXPECT_THAT(backend.last().head, ::testing::StartsWith("GET /other HTTP/1.1\r\n"));
}

TEST_F(ForwardingTest, ListenerHeadersReplaceTheTargets) {
  Backend& backend =
      AddBackend([](const Backend::Seen&) { return Content("a", "X-Frame-Options: ALLOW\r\n"); });
  ForwardTo(Group("g", {&backend}));
  listener_->response_headers = {{"X-Frame-Options", "DENY"}, {"Strict-Transport-Security", "max-age=1"}};
  Install();
  const Reply reply = SendGet();
  EXPECT_EQ(reply.Header("X-Frame-Options"), "DENY");
  EXPECT_EQ(reply.Header("Strict-Transport-Security"), "max-age=1");
}

TEST_F(ForwardingTest, LargeBodiesStreamBothWays) {
  const std::string large(3 << 20, 'x');
  Backend& backend = AddBackend([](const Backend::Seen& seen) { return Content(seen.body); });
  ForwardTo(Group("g", {&backend}));
  Install();
  const Reply reply = Send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + std::to_string(large.size()) +
                           "\r\n\r\n" + large);
  EXPECT_EQ(reply.body.size(), large.size());
}

TEST_F(ForwardingTest, TheMainPortGoesByHost) {
  listener_->rules.push_back(
      {.action = FixedResponse{.status = 200, .content_type = "text/plain", .body = "main"}});
  Install();
  std::promise<std::pair<int, std::string>> done;
  struct NoBody final : protocol::BodyReader {
    runtime::Task<std::string_view> Read() override { co_return std::string_view{}; }
    runtime::Task<std::optional<std::string_view>> ReadAll(std::size_t) override {
      co_return std::string_view{};
    }
  };
  loops_.back()->Post([&] {
    [](DataPlane& plane, std::promise<std::pair<int, std::string>>& out) -> runtime::Task<void> {
      const std::vector<protocol::HeaderField> headers{{"Host", "LB-1.us-east-1.elb.localhost:4566"}};
      const protocol::HttpRequest request{.method = "GET", .target = "/", .path = "/", .headers = headers};
      NoBody body;
      protocol::Exchange exchange{.request = request, .body = body};
      runtime::Task<void> served = plane.Serve(exchange);
      co_await served;
      out.set_value({exchange.response.status, exchange.response.body});
    }(*plane_, done)
                                                                                .Detach();
  });
  EXPECT_EQ(done.get_future().get(), (std::pair<int, std::string>{200, "main"}));
}

}  // namespace
}  // namespace cumulite::elb::proxy
