#include "tests/wire/elb/elb_wire_test.h"

namespace cumulite::testing {
namespace {
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;
using ::testing::Not;

class LoadBalancerTest : public ElbWireTest {};

TEST_F(LoadBalancerTest, IsShownAsAwsShowsIt) {
  const std::string made = Do("CreateLoadBalancer",
                              "Name=my-lb&Subnets.member.1=subnet-aaa&Subnets.member.2=subnet-bbb"
                              "&SecurityGroups.member.1=sg-a");
  EXPECT_EQ(Text(made, "Code"), "provisioning");
  EXPECT_THAT(
      Text(made, "LoadBalancerArn"),
      MatchesRegex("arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/app/my-lb/[0-9a-f]+"));
  const std::string shown = Do("DescribeLoadBalancers", "Names.member.1=my-lb");
  EXPECT_EQ(Text(shown, "Code"), "active");
  EXPECT_THAT(Text(shown, "DNSName"), MatchesRegex("my-lb-[0-9a-f]+\\.us-east-1\\.elb\\.localhost"));
  EXPECT_EQ(Text(shown, "CanonicalHostedZoneId"), "Z35SXDOTRQ7X7K");
  EXPECT_EQ(Text(shown, "Scheme"), "internet-facing");
  EXPECT_EQ(Text(shown, "Type"), "application");
  EXPECT_EQ(Text(shown, "IpAddressType"), "ipv4");
  EXPECT_EQ(Text(shown, "CreatedTime"), "2026-01-02T03:04:05Z");
  EXPECT_THAT(Texts(shown, "SubnetId"), ElementsAre("subnet-aaa", "subnet-bbb"));
  EXPECT_THAT(Texts(shown, "ZoneName"), ElementsAre("us-east-1a", "us-east-1b"));
  EXPECT_THAT(shown, HasSubstr("<SecurityGroups><member>sg-a</member></SecurityGroups>"));
}

TEST_F(LoadBalancerTest, CreatingAgainGivesTheSameOneUnlessSomethingDiffers) {
  const std::string arn = CreateLoadBalancer("lb");
  EXPECT_EQ(CreateLoadBalancer("lb"), arn);
  Refused("CreateLoadBalancer",
          "Name=lb&Scheme=internal&Subnets.member.1=subnet-aaa&Subnets.member.2=subnet-bbb",
          "DuplicateLoadBalancerName",
          "A load balancer with the same name 'lb' exists, but with different settings");
}

TEST_F(LoadBalancerTest, WhatAwsRefusesIsRefused) {
  Refused("CreateLoadBalancer", "Name=lb&Subnets.member.1=subnet-a", "ValidationError",
          "At least two subnets in two different Availability Zones must be specified");
  Refused("CreateLoadBalancer", "Name=internal-x&Subnets.member.1=subnet-a&Subnets.member.2=subnet-b",
          "ValidationError", "Load balancer name 'internal-x' cannot begin with 'internal-'");
  Refused("CreateLoadBalancer",
          "Name=lb&IpAddressType=invalid&Subnets.member.1=subnet-a&Subnets.member.2=subnet-b",
          "ValidationError",
          "1 validation error detected: Value 'invalid' at 'ipAddressType' failed to satisfy constraint: "
          "Member must satisfy enum value set: [ipv4, dualstack, dualstack-without-public-ipv4]");
  Refused("DescribeLoadBalancers", "Names.member.1=no", "LoadBalancerNotFound",
          "Load balancers '[no]' not found");
  Refused("DescribeLoadBalancerAttributes", "LoadBalancerArn=no", "ValidationError",
          "'no' is not a valid load balancer ARN");
  EXPECT_THAT(Texts(Do("DescribeLoadBalancers", ""), "LoadBalancerArn"), IsEmpty());
}

TEST_F(LoadBalancerTest, PagesGoOnBehindTheNameOfTheLast) {
  for (const char* name : {"c", "a", "b"}) CreateLoadBalancer(name);
  const std::string first = Do("DescribeLoadBalancers", "PageSize=2");
  EXPECT_THAT(Texts(first, "LoadBalancerName"), ElementsAre("a", "b"));
  EXPECT_EQ(Text(first, "NextMarker"), "b");
  const std::string second = Do("DescribeLoadBalancers", "PageSize=2&Marker=b");
  EXPECT_THAT(Texts(second, "LoadBalancerName"), ElementsAre("c"));
  EXPECT_THAT(second, Not(HasSubstr("NextMarker")));
}

TEST_F(LoadBalancerTest, ARegionSeesItsOwnOnly) {
  const std::string arn = CreateLoadBalancer("lb");
  EXPECT_THAT(Texts(Do("DescribeLoadBalancers", "", "eu-west-1"), "LoadBalancerArn"), IsEmpty());
  EXPECT_EQ(Call("DescribeLoadBalancers", "LoadBalancerArns.member.1=" + arn, "eu-west-1").status, 400);
}

TEST_F(LoadBalancerTest, AttributesHaveDefaultsAndAreCheckedAllOrNone) {
  const std::string arn = CreateLoadBalancer("lb");
  const std::string set = "Attributes.member.1.Key=idle_timeout.timeout_seconds&Attributes.member.1.Value=";
  EXPECT_THAT(Do("DescribeLoadBalancerAttributes", "LoadBalancerArn=" + arn),
              HasSubstr("<Key>idle_timeout.timeout_seconds</Key><Value>60</Value>"));
  EXPECT_THAT(Do("ModifyLoadBalancerAttributes", "LoadBalancerArn=" + arn + "&" + set + "61"),
              HasSubstr("<Key>idle_timeout.timeout_seconds</Key><Value>61</Value>"));
  Refused(
      "ModifyLoadBalancerAttributes",
      "LoadBalancerArn=" + arn + "&" + set + "62&Attributes.member.2.Key=no.such&Attributes.member.2.Value=1",
      "ValidationError", "Load balancer attribute key 'no.such' is not recognized");
  EXPECT_EQ(Call("ModifyLoadBalancerAttributes", "LoadBalancerArn=" + arn + "&" + set + "4001").status, 400);
  EXPECT_THAT(Do("DescribeLoadBalancerAttributes", "LoadBalancerArn=" + arn),
              HasSubstr("<Key>idle_timeout.timeout_seconds</Key><Value>61</Value>"));
  Refused("ModifyLoadBalancerAttributes",
          "LoadBalancerArn=" + arn +
              "&Attributes.member.1.Key=dns_record.client_routing_policy&Attributes.member.1.Value=x",
          "InvalidConfigurationRequest",
          "Load balancer attribute key 'dns_record.client_routing_policy' is not supported on load balancers "
          "with type 'application'");
}

TEST_F(LoadBalancerTest, DeletionTakesListenersAndRulesUnlessItIsProtected) {
  const std::string arn = CreateLoadBalancer("lb");
  const std::string group = CreateTargetGroup("tg");
  const std::string listener = CreateListener(arn, group);
  const std::string rule = Text(
      Do("CreateRule", "ListenerArn=" + listener + "&Priority=1" + Path("/a") + Forward("Actions", group)),
      "RuleArn");
  const std::string protect =
      "LoadBalancerArn=" + arn +
      "&Attributes.member.1.Key=deletion_protection.enabled&Attributes.member.1.Value=";
  Do("ModifyLoadBalancerAttributes", protect + "true");
  Refused("DeleteLoadBalancer", "LoadBalancerArn=" + arn, "OperationNotPermitted",
          "Load balancer '" + arn + "' cannot be deleted because deletion protection is enabled");
  Do("ModifyLoadBalancerAttributes", protect + "false");
  Do("DeleteLoadBalancer", "LoadBalancerArn=" + arn);
  Do("DeleteLoadBalancer", "LoadBalancerArn=" + arn);  // no error the second time
  Refused("DescribeListeners", "ListenerArns.member.1=" + listener, "ListenerNotFound",
          "One or more listeners not found");
  Refused("DescribeRules", "RuleArns.member.1=" + rule, "RuleNotFound", "One or more rules not found");
  Do("DeleteTargetGroup", "TargetGroupArn=" + group);
}

TEST_F(LoadBalancerTest, EverythingSurvivesARestart) {
  const std::string arn = CreateLoadBalancer("lb", "&Tags.member.1.Key=k&Tags.member.1.Value=v");
  const std::string group = CreateTargetGroup("tg");
  const std::string listener = CreateListener(arn, group);
  Do("RegisterTargets", "TargetGroupArn=" + group + "&Targets.member.1.Id=i-0123456789abcdef0");
  RestartServer();
  EXPECT_EQ(Text(Do("DescribeListeners", "LoadBalancerArn=" + arn), "ListenerArn"), listener);
  EXPECT_EQ(Text(Do("DescribeTargetHealth", "TargetGroupArn=" + group), "Id"), "i-0123456789abcdef0");
  EXPECT_THAT(Do("DescribeTags", "ResourceArns.member.1=" + arn),
              HasSubstr("<Tags><member><Key>k</Key><Value>v</Value></member></Tags>"));
}

TEST_F(LoadBalancerTest, TagsKeepTheirOrderAndAreLimited) {
  const std::string arn = CreateLoadBalancer("lb");
  const std::string to = "ResourceArns.member.1=" + arn;
  Do("AddTags", to + "&Tags.member.1.Key=b&Tags.member.1.Value=1&Tags.member.2.Key=a&Tags.member.2.Value=2");
  Do("AddTags", to + "&Tags.member.1.Key=b&Tags.member.1.Value=3");
  EXPECT_THAT(Texts(Do("DescribeTags", to), "Key"), ElementsAre("b", "a"));
  EXPECT_THAT(Texts(Do("DescribeTags", to), "Value"), ElementsAre("3", "2"));
  Do("RemoveTags", to + "&TagKeys.member.1=b");
  EXPECT_THAT(Texts(Do("DescribeTags", to), "Key"), ElementsAre("a"));
  Refused("AddTags", to + "&Tags.member.1.Key=c&Tags.member.2.Key=c", "DuplicateTagKeys",
          "Tag key 'c' was specified more than once");
  Refused("AddTags", "ResourceArns.member.1=" + arn + "0&Tags.member.1.Key=c", "LoadBalancerNotFound",
          "One or more load balancers not found");
}

}  // namespace
}  // namespace cumulite::testing
