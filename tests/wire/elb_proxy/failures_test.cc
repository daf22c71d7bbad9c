#include "tests/wire/elb_proxy/data_plane_test.h"

namespace cumulite::elb::proxy {
namespace {
using namespace std::chrono_literals;
using testing::Client;
using ::testing::HasSubstr;
using testing::Reply;
using Script = std::function<void(net::RawPeer&)>;

class FailuresTest : public DataPlaneTest {
 protected:
  /// A target that gives each request, other than health checks, to the script.
  Backend& AddScript(Script script) {
    return AddBackend(Script([script](net::RawPeer& peer) {
      const std::string head = peer.ReadHead();
      if (head.find("HealthChecker") != std::string::npos) {
        peer.Send(Content("ok"));
        return;
      }
      script(peer);
    }));
  }
  Reply ReplyOf(Script script) {
    Backend& backend = AddScript(std::move(script));
    ForwardTo(Group("g", {&backend}));
    Install();
    return SendGet();
  }
};

TEST_F(FailuresTest, NoTargetIs503) {
  ForwardTo(Group("g", {}));
  Install();
  const Reply reply = SendGet();
  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(reply.Header("Server"), "awselb/2.0");
  EXPECT_EQ(reply.Header("Content-Type"), "text/html");
  EXPECT_EQ(reply.body.size(), 162U);
  EXPECT_NE(reply.Header("Connection"), "close");
}

TEST_F(FailuresTest, ATargetThatRefusesConnectionsIs502) {
  auto group = Group("g", {});
  group->targets.push_back({.id = "127.0.0.1", .port = FreePort(), .address = "127.0.0.1"});
  ForwardTo(group);
  Install();
  const Reply reply = SendGet();
  EXPECT_EQ(reply.status, 502);
  EXPECT_EQ(reply.body.size(), 122U);
}

TEST_F(FailuresTest, ATargetThatClosesWithoutAnAnswerIs502) {
  EXPECT_EQ(ReplyOf([](net::RawPeer&) {}).status, 502);
}

TEST_F(FailuresTest, GarbageIs502) {
  EXPECT_EQ(ReplyOf([](net::RawPeer& peer) { peer.Send("220 smtp ready\r\n"); }).status, 502);
}

TEST_F(FailuresTest, AnAnswerWithTwoLengthsIs502) {
  EXPECT_EQ(ReplyOf([](net::RawPeer& peer) {
              peer.Send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab");
            }).status,
            502);
}

TEST_F(FailuresTest, AHeadAbove32KiBIs502) {
  EXPECT_EQ(
      ReplyOf([](net::RawPeer& peer) {
        peer.Send("HTTP/1.1 200 OK\r\nX: " + std::string(33 << 10, 'x') + "\r\nContent-Length: 0\r\n\r\n");
      }).status,
      502);
}

TEST_F(FailuresTest, ASilentTargetIs504) {
  load_balancer_->idle_timeout = 1s;
  const Reply reply = ReplyOf([](net::RawPeer& peer) { peer.WaitForEnd(); });
  EXPECT_EQ(reply.status, 504);
  EXPECT_EQ(reply.body.size(), 132U);
}

TEST_F(FailuresTest, AClientThatOwesItsBodyIs408) {
  load_balancer_->idle_timeout = 1s;
  Backend& backend = AddBackend("a");
  ForwardTo(Group("g", {&backend}));
  Install();
  Client client(port_);
  client.Send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
  const auto reply = client.Read();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 408);
  EXPECT_TRUE(client.Closed());
}

TEST_F(FailuresTest, MalformedRequestsGetAwsPage) {
  Backend& backend = AddBackend("a");
  ForwardTo(Group("g", {&backend}));
  Install();
  for (const char* bytes :
       {"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "GET / HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nBad Name: 1\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na",
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nX: 1\r\n folded\r\n\r\n"}) {
    Client client(port_);
    client.Send(bytes);
    const auto reply = client.Read();
    ASSERT_TRUE(reply) << bytes;
    EXPECT_EQ(reply->status, 400) << bytes;
    EXPECT_EQ(reply->body.size(), 122U) << bytes;
    EXPECT_EQ(reply->Header("Server"), "awselb/2.0") << bytes;
    EXPECT_TRUE(client.Closed()) << bytes;
  }
  EXPECT_TRUE(backend.seen().empty());
}

TEST_F(FailuresTest, WhatIsRefusedBeforeAnyRule) {
  Backend& backend = AddBackend("a");
  ForwardTo(Group("g", {&backend}));
  Install();
  EXPECT_EQ(Send("TRACE / HTTP/1.1\r\nHost: x\r\n\r\n").status, 405);
  EXPECT_EQ(SendGet("/" + std::string(17 << 10, 'x')).status, 414);
  EXPECT_EQ(SendGet("/", "X: " + std::string(17 << 10, 'x') + "\r\n").status, 400);
  std::string addresses = "1.1.1.1";
  for (int i = 0; i < 30; ++i) addresses += ", 1.1.1.1";
  EXPECT_EQ(SendGet("/", "X-Forwarded-For: " + addresses + "\r\n").status, 463);
  EXPECT_TRUE(backend.seen().empty());
}

TEST_F(FailuresTest, AGroupThatSpeaksHttp2Is464) {
  Backend& backend = AddBackend("a");
  auto group = Group("g", {&backend});
  group->version = TargetGroup::Version::kHttp2;
  ForwardTo(group);
  Install();
  EXPECT_EQ(SendGet().status, 464);
}

TEST_F(FailuresTest, ALambdaIsNotHere) {
  auto group = Group("g", {});
  group->type = TargetGroup::Type::kLambda;
  ForwardTo(group);
  Install();
  EXPECT_EQ(SendGet().status, 502);
}

TEST_F(FailuresTest, ABrokenTransformIs500) {
  Backend& backend = AddBackend("a");
  ForwardTo(Group("g", {&backend}));
  listener_->rules.front().transforms = {{Transform::Kind::kUrlRewrite, "^.*$", "no slash"}};
  Install();
  EXPECT_EQ(SendGet().status, 500);
}

TEST_F(FailuresTest, AClientThatLeavesTakesItsRequestAlong) {
  std::promise<void> reached;
  auto ended = std::make_shared<std::promise<void>>();
  Backend& backend = AddScript([&reached, ended](net::RawPeer& peer) {
    reached.set_value();
    peer.WaitForEnd();
    ended->set_value();
  });
  ForwardTo(Group("g", {&backend}));
  Install();
  {
    Client client(port_);
    client.Send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    reached.get_future().wait();
  }
  EXPECT_EQ(ended->get_future().wait_for(5s), std::future_status::ready);
}

TEST_F(FailuresTest, ADeadTargetCostsOthersNothing) {
  Backend& good = AddBackend("good");
  auto group = Group("g", {&good});
  group->targets.push_back({.id = "127.0.0.1", .port = FreePort(), .address = "127.0.0.1"});
  group->health_check.unhealthy_threshold = 2;
  ForwardTo(group);
  Install();
  Advance(30s);
  EXPECT_EQ(StateOf(*group, 0), "healthy");
  EXPECT_EQ(StateOf(*group, 1), "unhealthy Target.FailedHealthChecks");
  for (int i = 0; i < 6; ++i) EXPECT_EQ(Get(), "good");
}

}  // namespace
}  // namespace cumulite::elb::proxy
