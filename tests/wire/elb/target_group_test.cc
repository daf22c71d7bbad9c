#include "tests/wire/elb/elb_wire_test.h"

namespace cumulite::testing {
namespace {
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class TargetGroupTest : public ElbWireTest {};

TEST_F(TargetGroupTest, HealthChecksHaveTheDefaultsOfTheProtocol) {
  const std::string http = Do("CreateTargetGroup", "Name=h&Protocol=HTTP&Port=80&VpcId=vpc-1");
  EXPECT_EQ(Text(http, "HealthCheckProtocol"), "HTTP");
  EXPECT_EQ(Text(http, "HealthCheckPath"), "/");
  EXPECT_EQ(Text(http, "HealthCheckPort"), "traffic-port");
  EXPECT_EQ(Text(http, "HealthCheckTimeoutSeconds"), "5");
  EXPECT_EQ(Text(http, "HttpCode"), "200");
  EXPECT_EQ(Text(http, "ProtocolVersion"), "HTTP1");
  EXPECT_EQ(Text(http, "TargetType"), "instance");
  const std::string tcp = Do("CreateTargetGroup", "Name=t&Protocol=TCP&Port=80&VpcId=vpc-1");
  EXPECT_EQ(Text(tcp, "HealthCheckProtocol"), "TCP");
  EXPECT_EQ(Text(tcp, "HealthCheckTimeoutSeconds"), "10");
  EXPECT_THAT(tcp, Not(HasSubstr("Matcher")));
  const std::string lambda = Do("CreateTargetGroup", "Name=l&TargetType=lambda");
  EXPECT_EQ(Text(lambda, "HealthCheckEnabled"), "false");
  EXPECT_EQ(Text(lambda, "HealthCheckIntervalSeconds"), "35");
  for (const char* absent : {"<Protocol>", "<Port>", "<VpcId>", "<HealthCheckPort>"}) {
    EXPECT_THAT(lambda, Not(HasSubstr(absent)));
  }
}

TEST_F(TargetGroupTest, WhatAwsRefusesIsRefused) {
  const auto refused = [&](const std::string& form, const std::string& message) {
    Refused("CreateTargetGroup", form, "ValidationError", message);
  };
  refused("Name=t&Protocol=HTTP", "A port must be specified");
  refused("Name=t&Protocol=HTTP&Port=80", "A VPC ID must be specified");
  refused("Name=t&Protocol=HTTP&Port=80&VpcId=non-existing", "The VPC ID 'non-existing' is not found");
  refused("Name=t&TargetType=lambda&Port=80",
          "Port cannot be specified for target groups with target type 'lambda'");
  const std::string more = "&Protocol=HTTP&Port=80&VpcId=vpc-1";
  refused("Name=" + std::string(33, 'x') + more,
          "Target group name '" + std::string(33, 'x') + "' cannot be longer than '32' characters");
  refused(
      "Name=a_b" + more,
      "Target group name 'a_b' can only contain characters that are alphanumeric characters or hyphens(-)");
  refused(
      "Name=a--b" + more,
      "1 validation error detected: Value 'a--b' at 'targetGroup.targetGroupArn.targetGroupName' failed to "
      "satisfy constraint: Member must satisfy regular expression pattern: "
      "(?!.*--)(?!^-)(?!.*-$)^[A-Za-z0-9-]+$");
  refused("Name=t&HealthCheckIntervalSeconds=5&HealthCheckTimeoutSeconds=6" + more,
          "Health check timeout '6' must be smaller than the interval '5'");
  refused("Name=t&HealthCheckIntervalSeconds=5" + more,
          "Health check interval must be greater than the timeout.");
  refused("Name=t&Matcher.HttpCode=99" + more,
          "Health check matcher HTTP code '99' must be within '200-499'");
  EXPECT_THAT(Texts(Do("DescribeTargetGroups", ""), "TargetGroupArn"), IsEmpty());
}

TEST_F(TargetGroupTest, StickinessFollowsTheProtocol) {
  const std::string group = CreateTargetGroup("h");
  const auto set = [](const std::string& arn, const std::string& type) {
    return "TargetGroupArn=" + arn +
           "&Attributes.member.1.Key=stickiness.type&Attributes.member.1.Value=" + type;
  };
  Do("ModifyTargetGroupAttributes", set(group, "app_cookie"));
  Refused("ModifyTargetGroupAttributes", set(group, "source_ip"), "InvalidConfigurationRequest",
          "Stickiness type 'source_ip' is not supported for target groups with the HTTP protocol");
  const std::string tcp =
      Text(Do("CreateTargetGroup", "Name=t&Protocol=TCP&Port=80&VpcId=vpc-1"), "TargetGroupArn");
  Do("ModifyTargetGroupAttributes", set(tcp, "source_ip"));
  Refused("ModifyTargetGroupAttributes", set(tcp, "lb_cookie"), "InvalidConfigurationRequest",
          "Stickiness type 'lb_cookie' is not supported for target groups with the TCP protocol");
  EXPECT_THAT(Do("DescribeTargetGroupAttributes", "TargetGroupArn=" + tcp),
              HasSubstr("<Key>preserve_client_ip.enabled</Key><Value>true</Value>"));
}

TEST_F(TargetGroupTest, TargetsTakeTheGroupsPortAndAreOneForEachPort) {
  const std::string group = CreateTargetGroup("tg", "&TargetType=ip");
  const std::string to = "TargetGroupArn=" + group;
  Do("RegisterTargets",
     to + "&Targets.member.1.Id=10.0.0.1&Targets.member.2.Id=10.0.0.1&Targets.member.2.Port=81");
  Do("RegisterTargets", to + "&Targets.member.1.Id=10.0.0.1");
  EXPECT_THAT(Texts(Do("DescribeTargetHealth", to), "Port"), ElementsAre("80", "81"));
  EXPECT_THAT(Texts(Do("DescribeTargetHealth", to), "Reason"),
              ElementsAre("Target.NotInUse", "Target.NotInUse"));
  const std::string unknown = Do("DescribeTargetHealth", to + "&Targets.member.1.Id=10.0.0.2");
  EXPECT_EQ(Text(unknown, "State"), "unused");
  EXPECT_EQ(Text(unknown, "Reason"), "Target.NotRegistered");
  Do("DeregisterTargets", to + "&Targets.member.1.Id=10.0.0.1");
  EXPECT_THAT(Texts(Do("DescribeTargetHealth", to), "Port"), ElementsAre("81"));
  Refused("RegisterTargets", to + "&Targets.member.1.Id=localhost", "ValidationError",
          "The IP address 'localhost' is not a valid IPv4 address");
}

TEST_F(TargetGroupTest, TargetsThatServeDrainFirst) {
  const std::string group = CreateTargetGroup("tg", "&TargetType=ip");
  CreateListener(CreateLoadBalancer("lb"), group);
  const std::string target = "TargetGroupArn=" + group + "&Targets.member.1.Id=10.0.0.1";
  Do("RegisterTargets", target);
  EXPECT_EQ(Text(Do("DescribeTargetHealth", "TargetGroupArn=" + group), "State"), "initial");
  Do("DeregisterTargets", target);
  const std::string draining = Do("DescribeTargetHealth", "TargetGroupArn=" + group);
  EXPECT_EQ(Text(draining, "State"), "draining");
  EXPECT_EQ(Text(draining, "Description"), "Target deregistration is in progress");
  Do("RegisterTargets", target);
  EXPECT_EQ(Text(Do("DescribeTargetHealth", "TargetGroupArn=" + group), "State"), "initial");
}

TEST_F(TargetGroupTest, DrainingEndsWithItsDelay) {
  const std::string group = CreateTargetGroup("tg", "&TargetType=ip");
  CreateListener(CreateLoadBalancer("lb"), group);
  const std::string target = "TargetGroupArn=" + group + "&Targets.member.1.Id=10.0.0.1";
  Do("RegisterTargets", target);
  Do("DeregisterTargets", target);
  const auto states = [&] { return Texts(Do("DescribeTargetHealth", "TargetGroupArn=" + group), "State"); };
  Request("POST", "/_cumulite/clock", R"({"advance":"299s"})");
  EXPECT_THAT(states(), ElementsAre("draining"));
  Request("POST", "/_cumulite/clock", R"({"advance":"1s"})");
  EXPECT_THAT(states(), IsEmpty());
}

TEST_F(TargetGroupTest, LimitsAreWithin) {
  const std::string more = "&Protocol=HTTP&VpcId=vpc-1&Port=";
  const std::string made = Do("CreateTargetGroup", "Name=a&HealthCheckPort=65535" + more + "65535");
  EXPECT_EQ(Text(made, "HealthCheckPort"), "65535");
  Refused("CreateTargetGroup", "Name=b&HealthCheckPort=65536" + more + "80", "ValidationError",
          "Health check port '65536' must be a value between 1 and 65535 or 'traffic-port'");
}

TEST_F(TargetGroupTest, AnAccountSeesItsOwnOnly) {
  const std::string group = CreateTargetGroup("tg");
  const Reply other =
      Request("POST", "/", "Action=DescribeTargetHealth&Version=2015-12-01&TargetGroupArn=" + group,
              {{"Content-Type", "application/x-www-form-urlencoded"},
               Signed("elasticloadbalancing", "us-east-1", "111111111111")});
  EXPECT_EQ(Text(other.body, "Code"), "TargetGroupNotFound");
}

TEST_F(TargetGroupTest, PoliciesKeepTheirOrder) {
  const std::string both =
      Do("DescribeSSLPolicies",
         "Names.member.1=ELBSecurityPolicy-2016-08&Names.member.2=ELBSecurityPolicy-TLS-1-2-2017-01");
  EXPECT_LT(both.find("ELBSecurityPolicy-TLS-1-2-2017-01"), both.find("ELBSecurityPolicy-2016-08"));
  EXPECT_THAT(both, HasSubstr("<SslProtocols><member>TLSv1.2</member></SslProtocols>"));
  EXPECT_THAT(Texts(Do("DescribeAccountLimits", ""), "Name"),
              ::testing::Contains("application-load-balancers"));
}

}  // namespace
}  // namespace cumulite::testing
