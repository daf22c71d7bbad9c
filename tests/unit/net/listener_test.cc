// Listeners with handlers of their own: opened and closed while the loops run, connections taken over, a
// proxy made of a session and the client.
#include "net/listener.h"

#include <arpa/inet.h>
#include <sys/socket.h>

#include "net/certificate.h"
#include "net/client_tls.h"
#include "net/handler.h"
#include "net/relay.h"
#include "net/tls.h"
#include "tests/support/temporary_directory.h"
#include "tests/unit/net/client_fixture.h"

namespace cumulite::net {
namespace {
using namespace std::chrono_literals;

/// A handler that is a function.
class Lambda final : public Handler {
 public:
  using Function = std::function<runtime::Task<void>(protocol::Exchange&)>;
  explicit Lambda(Function serve) : serve_(std::move(serve)) {}
  runtime::Task<void> Serve(protocol::Exchange& exchange) override { return serve_(exchange); }

 private:
  const Function serve_;
};

runtime::Task<void> SayHello(protocol::Exchange& exchange) {
  exchange.response.AddHeader("X-Path", exchange.request.path);
  exchange.response.body = "hello";
  co_return;
}

class Echo final : public protocol::Takeover {
 public:
  runtime::Task<void> Run(protocol::ByteStream& client) override {
    for (;;) {
      runtime::Task<std::string_view> next = client.Read();
      const std::string_view bytes = co_await next;
      if (bytes.empty()) co_return;
      runtime::Task<bool> written = client.Write(bytes);
      if (!co_await written) co_return;
    }
  }
};

/// Answers an upgrade by an echo.
runtime::Task<void> UpgradeToEcho(protocol::Exchange& exchange) {
  exchange.response.status = 101;
  exchange.response.AddHeader("Connection", "Upgrade");
  exchange.response.AddHeader("Upgrade", "echo");
  exchange.response.takeover = std::make_unique<Echo>();
  co_return;
}

/// Carries bytes between a client and a target that has been upgraded.
class Tunnel final : public protocol::Takeover {
 public:
  explicit Tunnel(std::unique_ptr<protocol::ByteStream> target) : target_(std::move(target)) {}
  runtime::Task<void> Run(protocol::ByteStream& client) override { return Relay(client, *target_); }

 private:
  const std::unique_ptr<protocol::ByteStream> target_;
};

/// Hands a request on and its answer back, bodies as they come.
runtime::Task<void> Proxy(HttpClient& client, std::string origin, protocol::Exchange& exchange) {
  HttpCall call{.method = std::string(exchange.request.method),
                .url = origin + std::string(exchange.request.target),
                .answer = HttpCall::Answer::kStream,
                .cancel = exchange.context.cancel};
  for (const protocol::HeaderField& field : exchange.request.headers) {
    if (field.name == "Content-Length" || field.name == "Transfer-Encoding") continue;
    call.headers.push_back({std::string(field.name), std::string(field.value)});
  }
  const bool has_body = exchange.request.Find("Content-Length") || exchange.request.Find("Transfer-Encoding");
  if (has_body) call.body_source = &exchange.body;
  runtime::Task<HttpResult> sent = client.Send(std::move(call));
  HttpResult result = co_await sent;
  exchange.response.status = result.ok() ? result.answer().status : 502;
  if (!result.ok()) co_return;
  for (const HttpHeader& header : result.answer().headers) {
    if (header.name == "Content-Length" || header.name == "Transfer-Encoding" || header.name == "Date")
      continue;
    exchange.response.AddHeader(header.name, header.value);
  }
  if (result.answer().upgraded) {
    exchange.response.takeover = std::make_unique<Tunnel>(std::move(result.answer().upgraded));
  } else {
    exchange.response.source = std::move(result.answer().stream);
  }
}

class ListenerTest : public ClientFixture {
 protected:
  ListenerTest() {
    loops_.push_back(std::make_unique<IoLoop>(clock_));
    loops_.push_back(std::make_unique<IoLoop>(clock_));
    for (const auto& loop : loops_) loop->Start();
  }
  ~ListenerTest() override {
    for (const auto& listener : listeners_) listener->Close();
    for (const auto& loop : loops_) loop->Join();
  }

  std::shared_ptr<Front> MakeFront() {
    auto front = std::make_shared<Front>();
    front->max_connections = 100;
    front->connections = connections_;
    front->budget = std::make_shared<BodyBudget>(BodyBudget::Limits{});
    return front;
  }
  std::shared_ptr<Listener> Open(std::shared_ptr<const Front> front) {
    listeners_.push_back(Listener::Bind(loops_, {.host = "127.0.0.1", .port = 0}));
    listeners_.back()->Start(std::move(front));
    return listeners_.back();
  }
  std::shared_ptr<Listener> Open(Lambda::Function serve) {
    auto front = MakeFront();
    front->handler = std::make_shared<Lambda>(std::move(serve));
    return Open(std::move(front));
  }
  static std::string Url(const Listener& listener, const std::string& target = "/") {
    return "http://127.0.0.1:" + std::to_string(listener.local_endpoint().port()) + target;
  }
  /// A raw connection; RawPeer reads and writes on this end as well as on the other.
  static std::unique_ptr<RawPeer> Connect(const Listener& listener) {
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const timeval patience{10, 0};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(listener.local_endpoint().port());
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address), 0);
    return std::make_unique<RawPeer>(fd);
  }

  const std::shared_ptr<ConnectionCount> connections_ = std::make_shared<ConnectionCount>();
  std::vector<std::unique_ptr<IoLoop>> loops_;
  std::vector<std::shared_ptr<Listener>> listeners_;
};

TEST_F(ListenerTest, EachListenerHasItsOwnHandler) {
  const auto hello = Open(SayHello);
  const auto teapot = Open([](protocol::Exchange& exchange) -> runtime::Task<void> {
    exchange.response.status = 418;
    co_return;
  });
  EXPECT_EQ(Get(Url(*hello, "/a?b")).answer().Find("x-path"), "/a");
  EXPECT_EQ(Get(Url(*teapot)).answer().status, 418);
}

TEST_F(ListenerTest, AClosedListenerTakesNobodyAndEndsItsIdleConnections) {
  const auto closing = Open(SayHello);
  const auto staying = Open(SayHello);
  EXPECT_TRUE(Get(Url(*closing)).ok());
  const auto idle = Connect(*closing);
  idle->Send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  idle->ReadHead();
  closing->Close();
  idle->WaitForEnd();
  HttpResult refused = Send({.method = "POST", .url = Url(*closing)});
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().kind, HttpError::Kind::kConnect);
  EXPECT_TRUE(Get(Url(*staying)).ok());
}

TEST_F(ListenerTest, APortInUseIsToldWithItsAddress) {
  const auto first = Open(SayHello);
  EXPECT_THROW(Listener::Bind(loops_, {.host = "127.0.0.1", .port = first->local_endpoint().port()}),
               std::runtime_error);
}

TEST_F(ListenerTest, AConnectionIsTakenOverWithWhatCameBehindTheHead) {
  const auto listener = Open(UpgradeToEcho);
  const auto client = Connect(*listener);
  client->Send("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\nearly");
  const std::string head = client->ReadHead();
  EXPECT_TRUE(
      head.starts_with("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n"));
  EXPECT_EQ(head.find("Content-Length"), std::string::npos);
  EXPECT_EQ(client->ReadBytes(5), "early");
  client->Send("GET / HTTP/1.1\r\n\r\n");
  EXPECT_EQ(client->ReadBytes(18), "GET / HTTP/1.1\r\n\r\n") << "no HTTP any more";
}

TEST_F(ListenerTest, AnIdleConnectionThatWasTakenOverEnds) {
  auto front = MakeFront();
  front->handler = std::make_shared<Lambda>(UpgradeToEcho);
  front->timeouts.idle = 1s;
  const auto listener = Open(std::move(front));
  const auto client = Connect(*listener);
  client->Send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  client->ReadHead();
  client->WaitForEnd();
}

TEST_F(ListenerTest, ConnectionsWithoutHttp) {
  auto front = MakeFront();
  front->raw = std::make_shared<Echo>();
  const auto listener = Open(std::move(front));
  const auto client = Connect(*listener);
  client->Send("anything");
  EXPECT_EQ(client->ReadBytes(8), "anything");
  listener->Close();
  client->WaitForEnd();
}

TEST_F(ListenerTest, TlsOnlyWithACertificateOfItsOwn) {
  const test_support::TemporaryDirectory directory;
  WriteSelfSignedCertificate(directory.path() / "cert.pem", directory.path() / "key.pem");
  auto front = MakeFront();
  front->handler = std::make_shared<Lambda>(SayHello);
  front->transport = Front::Transport::kTls;
  front->tls = std::make_shared<ServerTls>(directory.path() / "cert.pem", directory.path() / "key.pem");
  const auto listener = Open(std::move(front));
  const std::string port = std::to_string(listener->local_endpoint().port());
  HttpResult result =
      Send({.url = "https://localhost:" + port + "/", .tls = ClientTls::Make(ClientTls::Verify::kNothing)});
  ASSERT_TRUE(result.ok()) << result.error().detail;
  EXPECT_EQ(result.answer().body, "hello");
  EXPECT_EQ(Send({.url = Url(*listener)}).error().kind, HttpError::Kind::kClosed);
}

class ProxyTest : public ListenerTest {
 protected:
  std::shared_ptr<Listener> OpenProxy(const std::string& origin) {
    return Open([this, origin](protocol::Exchange& exchange) {
      return Proxy(*proxy_client_, origin.substr(0, origin.size() - 1), exchange);
    });
  }
  ~ProxyTest() override {
    for (const auto& listener : listeners_) listener->Close();
    for (const auto& loop : loops_) loop->Join();
    proxy_client_.reset();
  }

  std::unique_ptr<HttpClient> proxy_client_ = MakeHttpClient();
};

TEST_F(ProxyTest, BodiesGoThroughInBothDirectionsAndHeadersAsTheyWere) {
  std::string seen;
  RawServer target([&](RawPeer& peer) {
    seen = peer.ReadHead();
    const std::string body = peer.ReadBytes(3 << 20);
    peer.Send("HTTP/1.1 200 OK\r\nx-ONE: 1\r\nSet-Cookie: a\r\nSet-Cookie: b\r\nContent-Length: " +
              std::to_string(body.size()) + "\r\n\r\n" + body);
  });
  const auto proxy = OpenProxy(target.Url("/"));
  const std::string body(3 << 20, 'p');
  HttpResult result = Send({.method = "PUT",
                            .url = Url(*proxy, "/x?y"),
                            .headers = {{"hoST", "web"}, {"X-b", "2"}, {"x-A", "1"}},
                            .body = body,
                            .max_body = 4 << 20});
  ASSERT_TRUE(result.ok()) << result.error().detail;
  EXPECT_EQ(result.answer().body, body);
  EXPECT_EQ(result.answer().headers[0].name, "x-ONE");
  EXPECT_EQ(result.answer().headers[2].value, "b");
  Stop();
  EXPECT_EQ(seen, "PUT /x?y HTTP/1.1\r\nhoST: web\r\nX-b: 2\r\nx-A: 1\r\nContent-Length: 3145728\r\n\r\n");
}

TEST_F(ProxyTest, ATargetThatBreaksOffBreaksOffTheAnswer) {
  RawServer target([](RawPeer& peer) {
    peer.ReadHead();
    peer.Send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
  });
  const auto proxy = OpenProxy(target.Url("/"));
  HttpResult result = Get(Url(*proxy));
  ASSERT_FALSE(result.ok()) << "half an answer must not look like a whole one";
  EXPECT_EQ(result.error().kind, HttpError::Kind::kClosed);
}

TEST_F(ProxyTest, AnUpgradeGoesThrough) {
  const auto target = Open(UpgradeToEcho);
  const auto proxy = OpenProxy(Url(*target));
  const auto client = Connect(*proxy);
  client->Send("GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n");
  EXPECT_TRUE(client->ReadHead().starts_with("HTTP/1.1 101 "));
  const std::string large(2 << 20, 'w');
  std::thread sender([&] { client->Send(large); });
  EXPECT_TRUE(client->ReadBytes(large.size()) == large);
  sender.join();
  ::shutdown(client->fd(), SHUT_WR);
  client->WaitForEnd();
}

TEST_F(ProxyTest, AnEchoThatBeginsBeforeTheRequestIsWholeGoesThrough) {
  RawServer target([](RawPeer& peer) {
    peer.ReadHead();
    peer.Send("HTTP/1.1 200 OK\r\nContent-Length: 16777216\r\n\r\n");
    for (int i = 0; i < 16; ++i) peer.Send(peer.ReadBytes(1 << 20));
  });
  const auto proxy = OpenProxy(target.Url("/"));
  HttpResult result =
      Send({.method = "POST", .url = Url(*proxy), .body = std::string(16 << 20, 'e'), .max_body = 16 << 20});
  ASSERT_TRUE(result.ok()) << result.error().detail;
  EXPECT_EQ(result.answer().body.size(), std::size_t{16} << 20);
}

}  // namespace
}  // namespace cumulite::net
