// The outgoing client over TLS, against a server with a certificate of its own making.
#include "net/client_tls.h"

#include <openssl/ssl.h>

#include <fstream>
#include <sstream>

#include "net/certificate.h"
#include "tests/support/temporary_directory.h"
#include "tests/unit/net/client_fixture.h"

namespace cumulite::net {
namespace {
using namespace std::chrono_literals;
using Kind = HttpError::Kind;

class ClientTlsTest : public ClientFixture {
 protected:
  ClientTlsTest() {
    WriteSelfSignedCertificate(certificate_, directory_.path() / "key.pem");
    SSL_CTX_use_certificate_chain_file(context_.get(), certificate_.c_str());
    SSL_CTX_use_PrivateKey_file(context_.get(), (directory_.path() / "key.pem").c_str(), SSL_FILETYPE_PEM);
  }

  /// Serves every request of the connection; remembers the name that the client asked for.
  void Serve(RawPeer& peer) {
    const std::unique_ptr<SSL, void (*)(SSL*)> ssl(SSL_new(context_.get()), SSL_free);
    SSL_set_fd(ssl.get(), peer.fd());
    if (SSL_accept(ssl.get()) != 1) return;
    const char* const name = SSL_get_servername(ssl.get(), TLSEXT_NAMETYPE_host_name);
    names_.push_back(name == nullptr ? "" : name);
    char request[4096];
    while (SSL_read(ssl.get(), request, sizeof request) > 0) {
      constexpr std::string_view kAnswer = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret";
      SSL_write(ssl.get(), kAnswer.data(), kAnswer.size());
    }
  }

  std::string OwnAuthority() const {
    std::stringstream text;
    text << std::ifstream(certificate_).rdbuf();
    return text.str();
  }
  std::string Url(const std::string& host) const {
    return "https://" + host + ":" + std::to_string(server_.port()) + "/";
  }

  const test_support::TemporaryDirectory directory_;
  const std::filesystem::path certificate_ = directory_.path() / "cert.pem";
  const std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context_{SSL_CTX_new(TLS_server_method()), SSL_CTX_free};
  std::vector<std::string> names_;
  RawServer server_{[this](RawPeer& peer) { Serve(peer); }};
};

TEST_F(ClientTlsTest, AnUnknownAuthorityIsNotBelieved) {
  HttpResult result = Send({.url = Url("localhost")});
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().kind, Kind::kTls);
  EXPECT_NE(result.error().detail.find("self-signed"), std::string::npos) << result.error().detail;
}

TEST_F(ClientTlsTest, AnAuthorityOfOnesOwnIs) {
  const auto tls = ClientTls::Make(ClientTls::Verify::kPeer, OwnAuthority());
  for (const std::string host : {"localhost", "127.0.0.1", "localhost"}) {
    HttpResult result = Send({.url = Url(host), .tls = tls});
    ASSERT_TRUE(result.ok()) << host << result.error().detail;
    EXPECT_EQ(result.answer().body, "secret");
  }
  EXPECT_EQ(server_.accepted(), 2) << "the connection to localhost was kept";
  Stop();
  EXPECT_EQ(names_, (std::vector<std::string>{"localhost", ""})) << "addresses are not named";
}

TEST_F(ClientTlsTest, ACertificateForAnotherNameIsNotBelieved) {
  const auto tls = ClientTls::Make(ClientTls::Verify::kPeer, OwnAuthority());
  EXPECT_EQ(Failure({.url = Url("a.b.localhost"), .tls = tls}), Kind::kTls) << "*.localhost is one label";
}

TEST_F(ClientTlsTest, VerificationCanBeTurnedOffAndConnectionsAreKeptApartByIt) {
  const auto blind = ClientTls::Make(ClientTls::Verify::kNothing);
  EXPECT_TRUE(Send({.url = Url("localhost"), .tls = blind}).ok());
  EXPECT_EQ(Failure({.url = Url("localhost")}), Kind::kTls);
  Stop();
}

TEST_F(ClientTlsTest, PlainHttpIsNotTls) {
  RawServer plain([](RawPeer& peer) {
    peer.ReadBytes(1);
    peer.Send("HTTP/1.1 400 Bad Request\r\n\r\n");
  });
  EXPECT_EQ(Failure({.url = "https://127.0.0.1:" + std::to_string(plain.port())}), Kind::kTls);
}

TEST_F(ClientTlsTest, ASilentHandshakeEndsWithTheConnectTimeOut) {
  RawServer silent([](RawPeer& peer) { peer.WaitForEnd(); });
  EXPECT_EQ(Failure({.url = "https://127.0.0.1:" + std::to_string(silent.port()), .connect_timeout = 200ms}),
            Kind::kTimeout);
}

TEST_F(ClientTlsTest, AuthoritiesThatAreNoneAreRefused) {
  EXPECT_THROW(ClientTls::Make(ClientTls::Verify::kPeer, "not PEM"), std::runtime_error);
}

}  // namespace
}  // namespace cumulite::net
