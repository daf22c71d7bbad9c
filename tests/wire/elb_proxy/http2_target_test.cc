#include "tests/support/wire/http2_target.h"

#include "tests/support/wire/http2_client.h"
#include "tests/wire/elb_proxy/data_plane_test.h"

namespace cumulite::elb::proxy {
namespace {
using testing::Http2Client;
using testing::Http2Target;

/// Clients and targets that speak HTTP/2.
class Http2TargetTest : public DataPlaneTest {
 protected:
  Http2TargetTest() {
    listener_->protocol = Listener::Protocol::kHttps;
    listener_->ssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06";
  }
  std::shared_ptr<TargetGroup> ForwardToTarget(TargetGroup::Version version, Http2Target::Answers answers) {
    Backend& backend = AddBackend(std::function<void(net::RawPeer&)>(
        [answers = std::move(answers)](net::RawPeer& peer) { Http2Target::Serve(peer.fd(), answers); }));
    auto group = Group("g", {&backend});
    group->version = version;
    if (version == TargetGroup::Version::kGrpc) {
      group->health_check.path = "/AWS.ALB/healthcheck";
      group->health_check.matcher = "12";
    }
    ForwardTo(group);
    Install();
    return group;
  }
};

Http2Target::Answer Plain(std::string body) {
  return {.head = {{":status", "200"}}, .body = std::move(body)};
}

TEST_F(Http2TargetTest, ARequestPassesWithItsBody) {
  const std::string large(200'000, 'q');
  const auto group = ForwardToTarget(TargetGroup::Version::kHttp2, [](const Http2Target::Seen& seen) {
    return Plain(seen.Header(":method") + " " + seen.Header(":path") + " " + seen.Header(":authority") + " " +
                 seen.Header("x-forwarded-proto") + " " + std::to_string(seen.body.size()) + seen.body);
  });
  EXPECT_EQ(StateOf(*group), "healthy");
  Http2Client client(port_);
  const std::string host = "www.example.com:" + std::to_string(port_);
  EXPECT_EQ(client.Send("GET", "/a?b=c").body, "GET /a?b=c " + host + " https 0");
  const auto answer = client.Send("POST", "/", {}, large);
  EXPECT_EQ(answer.body, "POST / " + host + " https 200000" + large);
}

TEST_F(Http2TargetTest, ACallOfGrpcEndsWithItsTrailers) {
  const auto group = ForwardToTarget(TargetGroup::Version::kGrpc, [](const Http2Target::Seen& seen) {
    Http2Target::Answer answer{.head = {{":status", "200"}, {"content-type", "application/grpc"}}};
    if (seen.Header(":path") == "/AWS.ALB/healthcheck") {
      answer.head.emplace_back("grpc-status", "12");  // trailers alone: UNIMPLEMENTED
      return answer;
    }
    answer.body = seen.body + seen.Header("te");
    answer.trailers = {{"grpc-status", "0"}, {"grpc-message", "fine"}};
    return answer;
  });
  EXPECT_EQ(StateOf(*group), "healthy") << "by the code in the head";
  Http2Client client(port_);
  const auto answer = client.Send("POST", "/pkg.Service/Call",
                                  {{"content-type", "application/grpc"}, {"te", "trailers"}}, "12345");
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "12345trailers");
  const Http2Client::Fields wanted = {{"grpc-status", "0"}, {"grpc-message", "fine"}};
  EXPECT_EQ(answer.trailers, wanted);
  EXPECT_EQ(client.Send("GET", "/").status, 464) << "gRPC is POST";
}

TEST_F(Http2TargetTest, TheMatcherLooksAtGrpcStatus) {
  const auto group = ForwardToTarget(TargetGroup::Version::kGrpc, [](const Http2Target::Seen&) {
    Http2Target::Answer answer{.head = {{":status", "200"}}};
    answer.trailers = {{"grpc-status", "5"}};
    return answer;
  });
  group->health_check.unhealthy_threshold = 2;
  Advance(std::chrono::seconds(60));
  EXPECT_THAT(StateOf(*group), ::testing::HasSubstr("Target.ResponseCodeMismatch"));
}

TEST_F(Http2TargetTest, AStreamThatTheTargetResetsIs502AndOthersGoOn) {
  ForwardToTarget(TargetGroup::Version::kHttp2, [](const Http2Target::Seen& seen) {
    Http2Target::Answer answer = Plain("fine");
    answer.reset = seen.Header(":path") == "/reset";
    return answer;
  });
  Http2Client client(port_);
  EXPECT_EQ(client.Send("GET", "/reset").status, 502);
  EXPECT_EQ(client.Send("GET", "/").body, "fine");
}

TEST_F(Http2TargetTest, ATargetThatDoesNotSpeakItIs502) {
  Backend& backend = AddBackend("a");
  auto group = Group("g", {&backend});
  group->version = TargetGroup::Version::kHttp2;
  group->health_check.enabled = false;
  load_balancer_->idle_timeout = std::chrono::seconds(1);
  ForwardTo(group);
  Install();
  Http2Client client(port_);
  const int status = client.Send("GET", "/").status;
  EXPECT_TRUE(status == 502 || status == 504) << status;
}

TEST_F(Http2TargetTest, ASilentTargetIs504) {
  Backend& backend =
      AddBackend(std::function<void(net::RawPeer&)>([](net::RawPeer& peer) { peer.WaitForEnd(); }));
  auto group = Group("g", {&backend});
  group->version = TargetGroup::Version::kHttp2;
  group->health_check.enabled = false;
  load_balancer_->idle_timeout = std::chrono::seconds(1);
  ForwardTo(group);
  Install();
  Http2Client client(port_);
  EXPECT_EQ(client.Send("GET", "/").status, 504);
}

}  // namespace
}  // namespace cumulite::elb::proxy
