// What the API makes, real requests meet: the control plane and the data plane together.
#include "tests/unit/net/raw_server.h"
#include "tests/wire/elb/elb_wire_test.h"

namespace cumulite::testing {
namespace {
using ::testing::HasSubstr;

class TrafficTest : public ElbWireTest {
 protected:
  void TearDown() override { StopServer(); }  // before the target, whose connections it keeps

  std::string Register() const {
    const std::string group = CreateTargetGroup("tg", "&TargetType=ip");
    Do("RegisterTargets",
       "TargetGroupArn=" + group +
           "&Targets.member.1.Id=127.0.0.1&Targets.member.1.Port=" + std::to_string(target_.port()));
    return group;
  }
  std::string HostOf(const std::string& arn) const {
    return Text(Do("DescribeLoadBalancers", "LoadBalancerArns.member.1=" + arn), "DNSName");
  }
  Reply Get(const std::string& host, const std::string& path) const {
    return Request("GET", path, "", {{"Host", host}});
  }
  void LetChecksPass() const {
    EXPECT_EQ(Request("POST", "/_cumulite/clock", R"({"advance":"1s"})").status, 200);
  }

  net::RawServer target_{[](net::RawPeer& peer) {
    for (std::string head = peer.ReadHead(); !head.empty(); head = peer.ReadHead()) {
      const std::string target = head.substr(0, head.find(" HTTP/"));
      peer.Send("HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(target.size()) + "\r\n\r\n" + target);
    }
  }};
};

TEST_F(TrafficTest, ARequestReachesATargetByTheNameOfItsLoadBalancer) {
  const std::string arn = CreateLoadBalancer("lb");
  const std::string group = Register();
  const std::string listener = CreateListener(arn, group, 8099);
  LetChecksPass();
  const std::string health = Do("DescribeTargetHealth", "TargetGroupArn=" + group);
  EXPECT_EQ(Text(health, "State"), "healthy") << health;
  const std::string host = HostOf(arn);
  EXPECT_THAT(host, HasSubstr(".us-east-1.elb.localhost"));
  EXPECT_EQ(Get(host, "/a?b=c").body, "GET /a?b=c");
  EXPECT_EQ(Get(host + ":" + std::to_string(port()), "/x").body, "GET /x");

  Do("CreateRule",
     "ListenerArn=" + listener + "&Priority=5" + Path("/fixed*") +
         "&Actions.member.1.Type=fixed-response&Actions.member.1.FixedResponseConfig.StatusCode=418" +
         "&Actions.member.1.FixedResponseConfig.ContentType=text/plain" +
         "&Actions.member.1.FixedResponseConfig.MessageBody=teapot");
  const Reply fixed = Get(host, "/fixed/1");
  EXPECT_EQ(fixed.status, 418) << "a change holds for the next request";
  EXPECT_EQ(fixed.body, "teapot");
  EXPECT_EQ(Get(host, "/other").body, "GET /other");

  Do("DeregisterTargets", "TargetGroupArn=" + group + "&Targets.member.1.Id=127.0.0.1");
  EXPECT_EQ(Get(host, "/a").status, 503);
  Do("DeleteLoadBalancer", "LoadBalancerArn=" + arn);
  EXPECT_EQ(Get(host, "/fixed/1").status, 503);
}

TEST_F(TrafficTest, WhatItSignsIsForTheTarget) {
  const std::string arn = CreateLoadBalancer("lb");
  CreateListener(arn, Register(), 8099);
  const Reply reply = Request(
      "GET", "/mine", "", {{"Host", HostOf(arn)}, Signed("sqs"), {"X-Amz-Target", "AmazonSQS.ListQueues"}});
  EXPECT_EQ(reply.body, "GET /mine");
}

TEST_F(TrafficTest, LoadBalancersWorkAgainAfterARestart) {
  const std::string arn = CreateLoadBalancer("lb");
  CreateListener(arn, Register(), 8099);
  const std::string host = HostOf(arn);
  RestartServer();
  EXPECT_EQ(Get(host, "/again").body, "GET /again");
}

}  // namespace
}  // namespace cumulite::testing
