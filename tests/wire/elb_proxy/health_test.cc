#include "tests/wire/elb_proxy/data_plane_test.h"

namespace cumulite::elb::proxy {
namespace {
using namespace std::chrono_literals;
using testing::Client;
using ::testing::HasSubstr;

class HealthTest : public DataPlaneTest {};

TEST_F(HealthTest, ATargetBecomesHealthyWithItsFirstCheck) {
  Backend& backend = AddBackend("a");
  auto group = Group("g", {&backend});
  ForwardTo(group);
  Install();
  EXPECT_EQ(StateOf(*group), "healthy");
  EXPECT_EQ(backend.checks(), 1);
  Advance(29s);
  EXPECT_EQ(backend.checks(), 1);
  Advance(1s);
  EXPECT_EQ(backend.checks(), 2);
}

TEST_F(HealthTest, ThresholdsOnTheTestClock) {
  Backend& backend = AddBackend("a");
  auto group = Group("g", {&backend});
  group->health_check.healthy_threshold = 3;
  ForwardTo(group);
  Install();
  backend.set_healthy(false);
  Advance(30s);
  EXPECT_EQ(StateOf(*group), "healthy");
  Advance(30s);
  EXPECT_EQ(StateOf(*group), "unhealthy Target.ResponseCodeMismatch");
  EXPECT_EQ(plane_->HealthOf(group->arn)[0].description, "Health checks failed with these codes: [500]");
  EXPECT_EQ(Get(), "a") << "fails open";
  backend.set_healthy(true);
  Advance(60s);
  EXPECT_EQ(StateOf(*group), "unhealthy Target.ResponseCodeMismatch") << "two of three";
  Advance(30s);
  EXPECT_EQ(StateOf(*group), "healthy");
}

TEST_F(HealthTest, ALongJumpOfTheClockMakesUpForWhatItSkipped) {
  Backend& backend = AddBackend("a");
  auto group = Group("g", {&backend});
  group->health_check.unhealthy_threshold = 10;
  ForwardTo(group);
  Install();
  backend.set_healthy(false);
  Advance(3'600s);
  EXPECT_EQ(StateOf(*group), "unhealthy Target.ResponseCodeMismatch");
  EXPECT_LT(backend.checks(), 20);
}

TEST_F(HealthTest, WhatIsAsked) {
  std::promise<std::string> head;
  Backend& backend = AddBackend(std::function<void(net::RawPeer&)>([&head](net::RawPeer& peer) {
    head.set_value(peer.ReadHead());
    peer.Send("HTTP/1.1 204 No Content\r\n\r\n");
  }));
  auto group = Group("g", {&backend});
  group->health_check.path = "/health?deep=1";
  group->health_check.matcher = "200-204";
  ForwardTo(group);
  Install();
  const std::string asked = head.get_future().get();
  EXPECT_THAT(asked, ::testing::StartsWith("GET /health?deep=1 HTTP/1.1\r\nHost: 127.0.0.1:" +
                                           std::to_string(backend.port()) + "\r\n"));
  EXPECT_THAT(asked, HasSubstr("User-Agent: ELB-HealthChecker/2.0\r\n"));
  EXPECT_THAT(asked, ::testing::Not(HasSubstr("X-Forwarded")));
  EXPECT_EQ(StateOf(*group), "healthy");
}

TEST_F(HealthTest, AChangedCheckHoldsFromTheNextOneOn) {
  Backend& backend = AddBackend("a");
  Backend& checked = AddBackend("b");
  auto group = Group("g", {&backend});
  ForwardTo(group);
  Install();
  auto next = std::make_shared<TargetGroup>(*group);
  next->health_check.port = checked.port();
  std::get<Forward>(listener_->rules[0].action).groups[0].group = next;
  Install();
  Advance(30s);
  EXPECT_EQ(backend.checks(), 1);
  EXPECT_EQ(checked.checks(), 1);
}

TEST_F(HealthTest, ASilentTargetTimesOut) {
  Backend& backend =
      AddBackend(std::function<void(net::RawPeer&)>([](net::RawPeer& peer) { peer.WaitForEnd(); }));
  auto group = Group("g", {&backend});
  group->health_check.timeout = 1s;
  group->health_check.unhealthy_threshold = 2;
  ForwardTo(group);
  Install();
  EXPECT_EQ(StateOf(*group), "initial Elb.InitialHealthChecking");
  Advance(30s);
  EXPECT_EQ(StateOf(*group), "unhealthy Target.Timeout");
}

TEST_F(HealthTest, StatesThatTheApiAloneDecides) {
  Backend& backend = AddBackend("a");
  auto group = Group("g", {&backend, &backend, &backend});
  group->targets[1].stopped = true;
  group->targets[2].deregistered_at = clock_.Now();
  ForwardTo(group);
  Install();
  EXPECT_EQ(StateOf(*group, 0), "healthy");
  EXPECT_EQ(StateOf(*group, 1), "unused Target.InvalidState");
  EXPECT_EQ(StateOf(*group, 2), "draining Target.DeregistrationInProgress");
  group->health_check.enabled = false;
  Install();
  EXPECT_EQ(StateOf(*group, 0), "unavailable Target.HealthCheckDisabled");
}

TEST_F(HealthTest, AGroupOfNoActionIsUnused) {
  Backend& backend = AddBackend("a");
  auto group = Group("g", {&backend});
  auto snapshot = std::make_shared<Snapshot>();
  snapshot->target_groups.push_back(group);
  plane_->Install(snapshot);
  Settle();
  EXPECT_EQ(StateOf(*group), "unused Target.NotInUse");
  EXPECT_EQ(backend.checks(), 0);
  EXPECT_TRUE(plane_->HealthOf("unknown").empty());
}

TEST_F(HealthTest, DrainingTargetsGetNothingNewAndKeepWhatTheyHave) {
  std::promise<void> go_on;
  auto wait = std::make_shared<std::shared_future<void>>(go_on.get_future().share());
  std::promise<void> reached;
  Backend& slow = AddBackend(Backend::Answer([wait, &reached](const Backend::Seen&) {
    reached.set_value();
    wait->wait_for(10s);
    return Content("slow");
  }));
  Backend& other = AddBackend("other");
  auto group = Group("g", {&slow});
  ForwardTo(group);
  Install();
  Client client(port_);
  client.Send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  reached.get_future().wait();
  auto next = std::make_shared<TargetGroup>(*group);
  next->targets[0].deregistered_at = clock_.Now();
  next->targets.push_back({.id = "127.0.0.1", .port = other.port(), .address = "127.0.0.1"});
  std::get<Forward>(listener_->rules[0].action).groups[0].group = next;
  Install();
  for (int i = 0; i < 4; ++i) EXPECT_EQ(Get(), "other");
  go_on.set_value();
  EXPECT_EQ(client.Read()->body, "slow") << "in flight when its target was deregistered";
}

TEST_F(HealthTest, TheDeregistrationDelayEndsWhatIsInFlight) {
  std::promise<void> reached;
  Backend& slow = AddBackend(std::function<void(net::RawPeer&)>([&reached](net::RawPeer& peer) {
    if (peer.ReadHead().find("HealthChecker") != std::string::npos) return;
    reached.set_value();
    peer.WaitForEnd();
  }));
  auto group = Group("g", {&slow});
  group->deregistration_delay = 60s;
  ForwardTo(group);
  Install();
  Client client(port_);
  client.Send("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  reached.get_future().wait();
  auto next = std::make_shared<TargetGroup>(*group);
  next->targets[0].deregistered_at = clock_.Now();
  std::get<Forward>(listener_->rules[0].action).groups[0].group = next;
  Install();
  Advance(59s);
  EXPECT_TRUE(client.Silent(50ms));
  Advance(1s);
  const auto reply = client.Read();
  ASSERT_TRUE(reply);
  EXPECT_EQ(reply->status, 502);
}

TEST_F(HealthTest, ARegistrationAnewBeginsAnew) {
  Backend& backend = AddBackend("a");
  auto group = Group("g", {&backend});
  ForwardTo(group);
  Install();
  EXPECT_EQ(backend.checks(), 1);
  auto next = std::make_shared<TargetGroup>(*group);
  next->targets[0].registration = 2;
  std::get<Forward>(listener_->rules[0].action).groups[0].group = next;
  Install();
  EXPECT_EQ(backend.checks(), 2);
}

}  // namespace
}  // namespace cumulite::elb::proxy
