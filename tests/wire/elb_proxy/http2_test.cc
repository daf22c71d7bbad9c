#include "tests/support/wire/http2_client.h"
#include "tests/wire/elb_proxy/data_plane_test.h"

namespace cumulite::elb::proxy {
namespace {
using ::testing::HasSubstr;
using testing::Http2Client;
using ::testing::Not;

constexpr std::uint8_t kHeadersFrame = 1;
constexpr std::uint8_t kResetFrame = 3;
constexpr std::uint8_t kSettingsFrame = 4;
constexpr std::uint8_t kPingFrame = 6;
constexpr std::uint8_t kContinuationFrame = 9;

class Http2Test : public DataPlaneTest {
 protected:
  Http2Test() {
    listener_->protocol = Listener::Protocol::kHttps;
    listener_->ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06";
  }
  Backend& ForwardToOne(Backend& backend) {
    ForwardTo(Group("g", {&backend}));
    Install();
    return backend;
  }
};

TEST_F(Http2Test, ARequestBecomesOneOfHttp1ForTheTarget) {
  Backend& backend = ForwardToOne(AddBackend("from a"));
  Http2Client client(port_);
  EXPECT_EQ(client.protocol(), "h2");
  const auto answer = client.Send(
      "GET", "/x?y=1", {{"x-own", "1"}, {"cookie", "a=1"}, {"cookie", "b=2"}, {"accept", "text/html"}});
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "from a");
  EXPECT_FALSE(answer.Header("content-length").empty());
  EXPECT_EQ(answer.Header("connection"), "");
  const std::string head = backend.last().head;
  EXPECT_THAT(head, ::testing::StartsWith("GET /x?y=1 HTTP/1.1\r\n"));
  EXPECT_THAT(head, HasSubstr("Host: www.example.com:" + std::to_string(port_) + "\r\n"));
  EXPECT_THAT(head, HasSubstr("cookie: a=1; b=2\r\n")) << "RFC 9113 8.2.3: crumbs are put together";
  EXPECT_THAT(head, HasSubstr("x-own: 1\r\n"));
  EXPECT_THAT(head, HasSubstr("X-Forwarded-Proto: https\r\n"));
  EXPECT_THAT(head, Not(HasSubstr(":authority")));
  EXPECT_THAT(head, Not(HasSubstr("Transfer-Encoding"))) << "there is no body";
}

TEST_F(Http2Test, BodiesPassBothWays) {
  const std::string large(300'000, 'q');
  Backend& backend = ForwardToOne(AddBackend(Backend::Answer(
      [&](const Backend::Seen& seen) { return Content(std::to_string(seen.body.size()) + large); })));
  Http2Client client(port_);
  const auto counted = client.Send("POST", "/", {{"content-length", "300000"}}, large);
  EXPECT_EQ(counted.body, "300000" + large);
  EXPECT_EQ(backend.last().body, large);
  EXPECT_THAT(backend.last().head, HasSubstr("Content-Length: 300000\r\n"));
  const auto head = client.Send("HEAD", "/");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.body, "");
}

TEST_F(Http2Test, RequestsOfOneConnectionGoOnBesideOneAnother) {
  std::promise<void> release;
  std::shared_future<void> released = release.get_future().share();
  ForwardToOne(AddBackend(Backend::Answer([released](const Backend::Seen& seen) {
    if (seen.head.starts_with("GET /slow")) released.wait();
    return Content(seen.head.substr(4, 5));
  })));
  Http2Client client(port_);
  const std::int32_t slow = client.Begin("GET", "/slow");
  for (int i = 0; i < 20; ++i) EXPECT_EQ(client.Send("GET", "/fast").body, "/fast");
  release.set_value();
  EXPECT_EQ(client.Finish(slow).body, "/slow");
}

TEST_F(Http2Test, OnlyTheStreamOfAClientThatReadsNothingStops) {
  const std::string large(4 << 20, 'q');
  ForwardToOne(AddBackend(Backend::Answer([&](const Backend::Seen& seen) {
    return Content(seen.head.starts_with("GET /large") ? large : "small");
  })));
  Http2Client client(port_, Http2Client::Window::kStays);
  const std::int32_t stalled = client.Begin("GET", "/large");
  EXPECT_TRUE(client.WaitForBody(stalled, 65'535)) << "all that the window allows";
  Http2Client other(port_);
  EXPECT_EQ(other.Send("GET", "/").body, "small");
  client.Reset(stalled, NGHTTP2_CANCEL);
}

TEST_F(Http2Test, WhatTheLoadBalancerAnswersItself) {
  listener_->rules.push_back(
      {.action = FixedResponse{.status = 418, .content_type = "text/plain", .body = "x"}});
  Install();
  Http2Client client(port_);
  const auto fixed = client.Send("GET", "/");
  EXPECT_EQ(fixed.status, 418);
  EXPECT_EQ(fixed.body, "x");
  EXPECT_EQ(fixed.Header("server"), "awselb/2.0");
  EXPECT_EQ(client.Send("TRACE", "/").status, 405);
}

TEST_F(Http2Test, GrpcToAGroupOfHttp1IsRefused) {
  ForwardToOne(AddBackend("a"));
  Http2Client client(port_);
  const auto answer =
      client.Send("POST", "/pkg.Service/Call", {{"content-type", "application/grpc"}}, "12345");
  EXPECT_EQ(answer.status, 464);
  EXPECT_EQ(answer.Header("grpc-status"), "14");
}

TEST_F(Http2Test, IsNotOfferedWhereItIsSwitchedOff) {
  load_balancer_->http2 = false;
  ForwardToOne(AddBackend("a"));
  Http2Client client(port_);
  EXPECT_EQ(client.protocol(), "http/1.1");
}

TEST_F(Http2Test, ATargetThatBreaksOffBreaksTheStream) {
  ForwardToOne(AddBackend(Backend::Answer([](const Backend::Seen& seen) -> std::string {
    if (seen.head.starts_with("GET /half")) return "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf";
    if (seen.head.starts_with("GET /none")) return "";
    return Content("whole");
  })));
  Http2Client client(port_);
  EXPECT_EQ(client.Send("GET", "/").body, "whole");
  const auto none = client.Send("GET", "/none");
  EXPECT_EQ(none.status, 502);
}

TEST_F(Http2Test, HeadersBeyondTheLimitAreRefused) {
  ForwardToOne(AddBackend("a"));
  Http2Client client(port_);
  Http2Client::Fields many;
  for (int i = 0; i < 5; ++i) many.emplace_back("x-" + std::to_string(i), std::string(15'000, 'v'));
  EXPECT_EQ(client.Send("GET", "/", many).status, 400);
  EXPECT_EQ(client.Send("GET", "/", {{"x-long", std::string(16'400, 'v')}}).status, 400);
  EXPECT_EQ(client.Send("GET", "/").body, "a") << "the connection goes on";
}

TEST_F(Http2Test, WhatHttp1WouldReadDifferentlyIsRefused) {
  Backend& backend = ForwardToOne(AddBackend("a"));
  const auto refused = [&](const Http2Client::Fields& fields, const char* why) {
    Http2Client client(port_);
    const auto answer = client.Send("GET", "/", fields);
    EXPECT_NE(answer.status, 200) << why;
    EXPECT_TRUE(answer.status != 0 || answer.error_code != 0) << why;
  };
  const std::size_t before = backend.seen().size();
  refused({{"transfer-encoding", "chunked"}}, "a connection's field");
  refused({{"connection", "x-a"}}, "a connection's field");
  refused({{"x-a", "1\r\nx-b: 2"}}, "a line feed in a value");
  refused({{"x a", "1"}}, "a blank in a name");
  refused({{"content-length", "5"}}, "a length without a body");
  refused({{"content-length", "1"}, {"content-length", "2"}}, "two lengths");
  refused({{":path", "/other"}}, "two paths");
  EXPECT_EQ(backend.seen().size(), before) << "none of it has reached the target";
}

TEST_F(Http2Test, FloodsEndTheirConnection) {
  ForwardToOne(AddBackend("a"));
  const auto flood = [&](const char* what, auto send) {
    Http2Client client(port_);
    EXPECT_EQ(client.Send("GET", "/").body, "a");
    for (int i = 0; i < 200'000 && send(client, i); ++i) {
    }
    EXPECT_TRUE(client.Closed()) << what;
  };
  flood("PING", [](Http2Client& client, int) { return client.SendFrame(kPingFrame, 0, 0, "12345678"); });
  flood("SETTINGS", [](Http2Client& client, int) { return client.SendFrame(kSettingsFrame, 0, 0, ""); });
  flood("rapid reset", [](Http2Client& client, int i) {
    // :method GET, :scheme https, :path /, :authority x: by HPACK's static table
    const std::string head("\x82\x87\x84\x41\x01x", 6);
    const std::int32_t stream = 3 + 2 * i;
    return client.SendFrame(kHeadersFrame, 5, stream, head) &&
           client.SendFrame(kResetFrame, 0, stream, std::string("\0\0\0\x08", 4));
  });
  flood("CONTINUATION", [](Http2Client& client, int i) {
    if (i == 0) return client.SendFrame(kHeadersFrame, 0, 3, "\x82");
    return client.SendFrame(kContinuationFrame, 0, 3, "\x87");
  });
  flood("window beyond its bounds", [](Http2Client& client, int) {
    return client.SendFrame(8, 0, 0, std::string("\x7f\xff\xff\xff", 4));
  });
  Http2Client client(port_);
  EXPECT_EQ(client.Send("GET", "/").body, "a") << "others do not notice";
}

TEST_F(Http2Test, GarbageInPlaceOfFramesEndsTheConnection) {
  ForwardToOne(AddBackend("a"));
  Http2Client client(port_);
  EXPECT_EQ(client.Send("GET", "/").body, "a");
  client.SendRaw(std::string(100, '\xff'));
  EXPECT_TRUE(client.Closed());
}

TEST_F(Http2Test, AConnectionThatWasOpenTooLongGoesAway) {
  load_balancer_->client_keep_alive = std::chrono::seconds(-1);
  ForwardToOne(AddBackend("a"));
  Http2Client client(port_);
  EXPECT_EQ(client.Send("GET", "/").body, "a");
  EXPECT_TRUE(client.Closed());
  EXPECT_EQ(client.goaway(), static_cast<std::uint32_t>(NGHTTP2_NO_ERROR));
}

TEST_F(Http2Test, AListenerThatClosesLetsStreamsFinish) {
  std::promise<void> asked;
  std::promise<void> release;
  std::shared_future<void> released = release.get_future().share();
  ForwardToOne(AddBackend(Backend::Answer([&, released](const Backend::Seen&) {
    asked.set_value();
    released.wait();
    return Content("late");
  })));
  Http2Client client(port_);
  const std::int32_t stream = client.Begin("GET", "/");
  asked.get_future().wait();
  plane_->Stop();
  release.set_value();
  const auto answer = client.Finish(stream);
  EXPECT_TRUE(answer.closed);
  EXPECT_TRUE(client.Closed());
}

}  // namespace
}  // namespace cumulite::elb::proxy
