#include "tests/wire/elb/elb_wire_test.h"

namespace cumulite::testing {
namespace {

/// elb_check_network: what nobody made is refused.
class CheckNetworkTest : public ElbWireTest {
 protected:
  void Configure(config::Settings& settings) override {
    settings.elb_listen = "";
    settings.elb_check_network = true;
  }
  std::string Ec2(const std::string& form) const {
    return Request("POST", "/", form + "&Version=2016-11-15",
                   {{"Content-Type", "application/x-www-form-urlencoded"}, Signed("ec2")})
        .body;
  }
};

TEST_F(CheckNetworkTest, SubnetsAndGroupsAndVpcsMustBeThere) {
  Refused("CreateLoadBalancer", "Name=lb&Subnets.member.1=subnet-aaa&Subnets.member.2=subnet-bbb",
          "SubnetNotFound", "The subnet ID 'subnet-aaa' does not exist");
  const auto subnets = Texts(Ec2("Action=DescribeSubnets"), "subnetId");
  ASSERT_GE(subnets.size(), 2u);
  const std::string form = "Name=lb&Subnets.member.1=" + subnets[0] + "&Subnets.member.2=" + subnets[1];
  Refused("CreateLoadBalancer", form + "&SecurityGroups.member.1=sg-aaa", "InvalidSecurityGroup",
          "The security group 'sg-aaa' does not exist");
  const std::string vpc = Text(Ec2("Action=CreateVpc&CidrBlock=10.9.0.0/16"), "vpcId");
  const std::string other =
      Text(Ec2("Action=CreateSecurityGroup&GroupName=g&GroupDescription=d&VpcId=" + vpc), "groupId");
  Refused("CreateLoadBalancer", form + "&SecurityGroups.member.1=" + other, "InvalidConfigurationRequest",
          "One or more security groups are invalid");
  const std::string balancer = Text(Do("CreateLoadBalancer", form), "LoadBalancerArn");
  Refused("SetSecurityGroups", "LoadBalancerArn=" + balancer + "&SecurityGroups.member.1=sg-aaa",
          "InvalidSecurityGroup", "The security group 'sg-aaa' does not exist");
  Refused("CreateTargetGroup", "Name=tg&Protocol=HTTP&Port=80&VpcId=vpc-00000001", "ValidationError",
          "The VPC ID 'vpc-00000001' is not found");
  Do("CreateTargetGroup", "Name=tg&Protocol=HTTP&Port=80&VpcId=" + vpc);
}

TEST_F(CheckNetworkTest, CertificatesMustBeThere) {
  const auto subnets = Texts(Ec2("Action=DescribeSubnets"), "subnetId");
  const std::string balancer = Text(
      Do("CreateLoadBalancer", "Name=lb&Subnets.member.1=" + subnets[0] + "&Subnets.member.2=" + subnets[1]),
      "LoadBalancerArn");
  const std::string arn = "arn:aws:acm:us-east-1:000000000000:certificate/none";
  Refused("CreateListener",
          "LoadBalancerArn=" + balancer +
              "&Protocol=HTTPS&Port=8443&DefaultActions.member.1.Type=fixed-response"
              "&DefaultActions.member.1.FixedResponseConfig.StatusCode=200"
              "&Certificates.member.1.CertificateArn=" +
              arn,
          "CertificateNotFound", "Certificate '" + arn + "' not found");
}

}  // namespace
}  // namespace cumulite::testing
