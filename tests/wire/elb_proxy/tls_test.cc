#include "net/certificate.h"
#include "net/client_tls.h"
#include "tests/wire/elb_proxy/data_plane_test.h"

namespace cumulite::elb::proxy {
namespace {
using ::testing::HasSubstr;

class TlsListenerTest : public DataPlaneTest {
 protected:
  TlsListenerTest() {
    listener_->protocol = Listener::Protocol::kHttps;
    listener_->ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06";
    load_balancer_->tls_headers = true;
  }

  net::HttpResult GetOverTls(std::shared_ptr<const net::ClientTls> tls) {
    std::promise<net::HttpResult> done;
    loops_.back()->Post([&] { Call(*http_, port_, std::move(tls), done).Detach(); });
    return done.get_future().get();
  }

 private:
  static runtime::Task<void> Call(net::HttpClient& http, std::uint16_t port,
                                  std::shared_ptr<const net::ClientTls> tls,
                                  std::promise<net::HttpResult>& done) {
    net::HttpCall call{.url = "https://localhost:" + std::to_string(port) + "/"};
    call.tls = std::move(tls);
    call.fresh_connection = true;
    runtime::Task<net::HttpResult> sent = http.Send(std::move(call));
    net::HttpResult result = co_await sent;
    done.set_value(std::move(result));
  }
};

TEST_F(TlsListenerTest, ShowsASelfSignedCertificateWithoutOneOfItsOwn) {
  Backend& backend = AddBackend("a");
  ForwardTo(Group("g", {&backend}));
  Install();
  net::HttpResult result = GetOverTls(net::ClientTls::Make(net::ClientTls::Verify::kNothing));
  ASSERT_TRUE(result.ok()) << result.error().detail;
  EXPECT_EQ(result.answer().body, "a");
  EXPECT_THAT(backend.last().head, HasSubstr("X-Forwarded-Proto: https\r\n"));
  EXPECT_THAT(backend.last().head, HasSubstr("X-Amzn-Tls-Version: TLSv1.3\r\n"));
  EXPECT_THAT(backend.last().head, HasSubstr("X-Amzn-Tls-Cipher-Suite: TLS_"));
}

TEST_F(TlsListenerTest, ShowsTheCertificateThatItWasGiven) {
  const net::SelfSigned made = net::MakeSelfSigned();
  listener_->certificates = {{.arn = "arn:acm", .chain_pem = made.certificate_pem, .key_pem = made.key_pem}};
  listener_->rules.push_back({.action = FixedResponse{.status = 200, .content_type = {}, .body = "x"}});
  Install();
  net::HttpResult believed =
      GetOverTls(net::ClientTls::Make(net::ClientTls::Verify::kPeer, made.certificate_pem));
  ASSERT_TRUE(believed.ok()) << believed.error().detail;
  EXPECT_EQ(believed.answer().body, "x");
  listener_->certificates.clear();
  Install();
  EXPECT_FALSE(GetOverTls(net::ClientTls::Make(net::ClientTls::Verify::kPeer, made.certificate_pem)).ok())
      << "the next handshake sees the listener as it is now";
}

TEST_F(TlsListenerTest, MutualTlsWantsACertificateOfTheTrustStore) {
  listener_->mutual_tls = {.mode = MutualTls::Mode::kVerify,
                           .authorities_pem = net::MakeSelfSigned().certificate_pem};
  listener_->rules.push_back({.action = FixedResponse{.status = 200, .content_type = {}, .body = "x"}});
  Install();
  EXPECT_FALSE(GetOverTls(net::ClientTls::Make(net::ClientTls::Verify::kNothing)).ok());
}

TEST_F(TlsListenerTest, PlainHttpIsNoTls) {
  listener_->rules.push_back({.action = FixedResponse{.status = 200, .content_type = {}, .body = "x"}});
  Install();
  testing::Client client(port_);
  client.Send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_TRUE(client.Closed());
}

class TcpListenerTest : public DataPlaneTest {};

TEST_F(TcpListenerTest, BytesPassBothWays) {
  Backend& backend = AddBackend(std::function<void(net::RawPeer&)>([](net::RawPeer& peer) {
    const std::string asked = peer.ReadBytes(4);
    if (asked.size() == 4) peer.Send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n" + asked);
  }));
  auto group = Group("g", {&backend});
  group->protocol = TargetGroup::Protocol::kTcp;
  group->health_check.protocol = HealthCheck::Protocol::kTcp;
  load_balancer_->type = LoadBalancer::Type::kNetwork;
  listener_->protocol = Listener::Protocol::kTcp;
  ForwardTo(group);
  Install();
  EXPECT_EQ(StateOf(*group), "healthy");
  testing::Client client(port_);
  client.Send("ping");
  const auto reply = client.Read();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->body, "ping");
}

TEST_F(TcpListenerTest, TheProxyProtocolTellsWhoCalls) {
  std::promise<std::string> header;
  Backend& backend = AddBackend(std::function<void(net::RawPeer&)>([&header](net::RawPeer& peer) {
    const std::string bytes = peer.ReadBytes(28);
    if (bytes.size() == 28) header.set_value(bytes);
  }));
  auto group = Group("g", {&backend});
  group->protocol = TargetGroup::Protocol::kTcp;
  group->proxy_protocol_v2 = true;
  group->health_check.enabled = false;
  listener_->protocol = Listener::Protocol::kTcp;
  ForwardTo(group);
  Install();
  testing::Client client(port_);
  client.Send("x");
  const std::string bytes = header.get_future().get();
  EXPECT_EQ(bytes.substr(0, 12), std::string("\r\n\r\n\0\r\nQUIT\n", 12));
  EXPECT_EQ(bytes.substr(12, 4), std::string("\x21\x11\x00\x0c", 4));
  EXPECT_EQ(bytes.substr(16, 8), std::string("\x7f\0\0\1\x7f\0\0\1", 8));
  EXPECT_EQ(static_cast<unsigned char>(bytes[26]) * 256 + static_cast<unsigned char>(bytes[27]), port_);
}

}  // namespace
}  // namespace cumulite::elb::proxy
