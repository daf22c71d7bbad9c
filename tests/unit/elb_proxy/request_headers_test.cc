#include "services/elb/proxy/request_headers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace cumulite::elb::proxy {
namespace {
using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;

class RequestHeadersTest : public testing::Test {
 protected:
  TargetRequest Make(std::vector<protocol::HeaderField> headers, bool tls = false,
                     std::string_view target = "/") {
    protocol::HttpRequest request{.method = "GET",
                                  .target = target,
                                  .path = "/",
                                  .headers = headers,
                                  .tls = tls,
                                  .peer_address = connection_.peer_address,
                                  .connection = &connection_};
    TargetRequest out;
    const HeaderFacts facts{
        .load_balancer = load_balancer_, .listener = listener_, .now = base::TimePoint(1'800'000'000s)};
    verdict_ = MakeTargetRequest(request, facts, out);
    return out;
  }

  LoadBalancer load_balancer_{.dns_name = "lb-1.us-east-1.elb.localhost"};
  Listener listener_{.port = 80};
  protocol::ConnectionInfo connection_{.peer_address = "192.0.2.9", .peer_port = 4711};
  HeaderVerdict verdict_{};
};

TEST_F(RequestHeadersTest, WhatEveryTargetGets) {
  const TargetRequest made = Make({{"Host", "Example.com:80"}, {"Accept", "*/*"}, {"X_Odd", "1"}});
  EXPECT_EQ(made.host, "example.com");
  EXPECT_THAT(made.lines,
              MatchesRegex("X-Forwarded-Proto: http\r\nX-Forwarded-Port: 80\r\nAccept: \\*/\\*\r\n"
                           "X_Odd: 1\r\nX-Forwarded-For: 192\\.0\\.2\\.9\r\n"
                           "X-Amzn-Trace-Id: Root=1-6b49d200-[0-9a-f]{24}\r\n"));
}

TEST_F(RequestHeadersTest, HostFollowsTheListenersPort) {
  listener_.port = 8080;
  EXPECT_EQ(Make({{"Host", "A.example"}}).host, "a.example:8080");
  EXPECT_EQ(Make({{"Host", "A.example:9"}}).host, "a.example:9");
  EXPECT_EQ(Make({{"Host", "[2001:db8::1]"}}).host, "[2001:db8::1]:8080");
  listener_.port = 443;
  EXPECT_EQ(Make({{"Host", "a.example:8443"}}).host, "a.example");
  EXPECT_EQ(Make({{"Host", "x"}}, false, "http://Other.example/p").host, "other.example");
  EXPECT_EQ(Make({}).host, "lb-1.us-east-1.elb.localhost");
  load_balancer_.preserve_host_header = true;
  EXPECT_EQ(Make({{"Host", "A.example:8443"}}).host, "A.example:8443");
}

TEST_F(RequestHeadersTest, HopByHopHeadersEndHere) {
  const std::string lines = Make({{"Connection", "keep-alive, X-Secret"},
                                  {"X-Secret", "1"},
                                  {"Keep-Alive", "5"},
                                  {"TE", "trailers"},
                                  {"Upgrade", "h2c"},
                                  {"Proxy-Connection", "x"},
                                  {"Transfer-Encoding", "chunked"},
                                  {"Content-Length", "3"},
                                  {"Expect", "100-continue"},
                                  {"Cookie", "a=b"}})
                                .lines;
  for (const char* name :
       {"Connection", "Secret", "Keep-Alive", "TE:", "Upgrade", "Transfer", "Content-Length", "Expect"}) {
    EXPECT_THAT(lines, Not(HasSubstr(name)));
  }
  EXPECT_THAT(lines, HasSubstr("Cookie: a=b\r\n"));
}

TEST_F(RequestHeadersTest, ConnectionMayNotTakeAwayWhatAMessageIsAbout) {
  EXPECT_THAT(
      Make({{"Connection", "X-Forwarded-For, Cookie"}, {"Cookie", "a=b"}, {"X-Forwarded-For", "1.1.1.1"}})
          .lines,
      testing::AllOf(HasSubstr("Cookie: a=b\r\n"), HasSubstr("X-Forwarded-For: 1.1.1.1, 192.0.2.9\r\n")));
}

TEST_F(RequestHeadersTest, ForwardedForModes) {
  const std::vector<protocol::HeaderField> came{{"X-Forwarded-For", "1.1.1.1"},
                                                {"x-forwarded-for", "2.2.2.2"}};
  EXPECT_THAT(Make(came).lines, HasSubstr("X-Forwarded-For: 1.1.1.1, 2.2.2.2, 192.0.2.9\r\n"));
  load_balancer_.xff_client_port = true;
  EXPECT_THAT(Make(came).lines, HasSubstr("2.2.2.2, 192.0.2.9:4711\r\n"));
  connection_.peer_address = "2001:db8::7";
  EXPECT_THAT(Make({}).lines, HasSubstr("X-Forwarded-For: [2001:db8::7]:4711\r\n"));
  load_balancer_.xff_mode = LoadBalancer::ForwardedFor::kPreserve;
  EXPECT_THAT(Make(came).lines, HasSubstr("X-Forwarded-For: 1.1.1.1, 2.2.2.2\r\n"));
  EXPECT_THAT(Make({}).lines, Not(HasSubstr("X-Forwarded-For")));
  load_balancer_.xff_mode = LoadBalancer::ForwardedFor::kRemove;
  EXPECT_THAT(Make(came).lines, Not(HasSubstr("X-Forwarded-For")));
}

TEST_F(RequestHeadersTest, MoreThanThirtyAddresses) {
  std::string list = "1.1.1.1";
  for (int i = 1; i < 30; ++i) list += ", 1.1.1.1";
  Make({{"X-Forwarded-For", list}});
  EXPECT_EQ(verdict_, HeaderVerdict::kSend);
  list += ",1.1.1.1";
  Make({{"X-Forwarded-For", list}});
  EXPECT_EQ(verdict_, HeaderVerdict::kTooManyAddresses);
}

TEST_F(RequestHeadersTest, ForwardedProtoAndPortAreOurs) {
  listener_.port = 443;
  listener_.protocol = Listener::Protocol::kHttps;
  const std::string lines = Make({{"X-Forwarded-Proto", "http"}, {"x-forwarded-port", "1"}}, true).lines;
  EXPECT_THAT(lines, HasSubstr("X-Forwarded-Proto: https\r\n"));
  EXPECT_THAT(lines, HasSubstr("X-Forwarded-Port: 443\r\n"));
  EXPECT_THAT(lines, Not(HasSubstr("Proto: http\r\n")));
  EXPECT_THAT(lines, Not(HasSubstr("port: 1\r\n")));
}

TEST_F(RequestHeadersTest, InvalidNamesAreDroppedWhereAsked) {
  load_balancer_.drop_invalid_header_fields = true;
  const std::string lines = Make({{"X_Odd", "1"}, {"X-Even", "2"}}).lines;
  EXPECT_THAT(lines, Not(HasSubstr("X_Odd")));
  EXPECT_THAT(lines, HasSubstr("X-Even: 2\r\n"));
}

TEST_F(RequestHeadersTest, TlsHeaders) {
  connection_.tls_version = "TLSv1.3";
  connection_.tls_cipher = "TLS_AES_128_GCM_SHA256";
  EXPECT_THAT(Make({}, true).lines, Not(HasSubstr("Tls")));
  load_balancer_.tls_headers = true;
  listener_.request_header_names = {{"X-Amzn-Tls-Version", "X-My-Version"}};
  const std::string lines =
      Make({{"x-amzn-tls-cipher-suite", "forged"}, {"x-my-version", "forged"}}, true).lines;
  EXPECT_THAT(lines, HasSubstr("X-My-Version: TLSv1.3\r\n"));
  EXPECT_THAT(lines, HasSubstr("X-Amzn-Tls-Cipher-Suite: TLS_AES_128_GCM_SHA256\r\n"));
  EXPECT_THAT(lines, Not(HasSubstr("forged")));
}

TEST_F(RequestHeadersTest, AClientCannotPretendToHaveACertificate) {
  listener_.mutual_tls.mode = MutualTls::Mode::kVerify;
  EXPECT_THAT(Make({{"x-amzn-mtls-clientcert-subject", "forged"}}, true).lines, Not(HasSubstr("forged")));
  listener_.mutual_tls.mode = MutualTls::Mode::kOff;
  EXPECT_THAT(Make({{"x-amzn-mtls-clientcert-subject", "theirs"}}, true).lines, HasSubstr("theirs"));
}

TEST(TraceHeaderTest, RootSelfAndCustomFields) {
  const base::TimePoint now(0x67891233s);
  EXPECT_THAT(TraceHeader("", now), MatchesRegex("Root=1-67891233-[0-9a-f]{24}"));
  EXPECT_THAT(TraceHeader("Root=1-1-2;App=x", now),
              MatchesRegex("Self=1-67891233-[0-9a-f]{24};Root=1-1-2;App=x"));
  EXPECT_THAT(TraceHeader("Self=1-9-9;Root=1-1-2", now),
              MatchesRegex("Self=1-67891233-[0-9a-f]{24};Root=1-1-2"));
  EXPECT_THAT(TraceHeader("App=x", now), MatchesRegex("Root=1-67891233-[0-9a-f]{24};App=x"));
  EXPECT_THAT(TraceHeader("Root=" + std::string(8'000, 'x'), now),
              MatchesRegex("Root=1-67891233-[0-9a-f]{24}"));
}

}  // namespace
}  // namespace cumulite::elb::proxy
