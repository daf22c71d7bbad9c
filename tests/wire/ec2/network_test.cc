#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/wire/wire_test.h"
#include "tests/support/wire/xml_texts.h"

namespace cumulite::testing {
namespace {
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using ::testing::SizeIs;

/// Requests to EC2 as clients make them: forms in its dialect, answered in XML.
class Ec2WireTest : public WireTest {
 protected:
  Reply Call(const std::string& action, const std::string& form, const std::string& service = "ec2",
             const std::string& version = "2016-11-15") const {
    const std::string body = "Action=" + action + "&Version=" + version + (form.empty() ? "" : "&") + form;
    return Request("POST", "/", body,
                   {{"Content-Type", "application/x-www-form-urlencoded"}, Signed(service)});
  }
  std::string Do(const std::string& action, const std::string& form) const {
    const Reply reply = Call(action, form);
    EXPECT_EQ(reply.status, 200) << action << " " << form << ": " << reply.body;
    return reply.body;
  }
  void Refused(const std::string& action, const std::string& form, const std::string& code,
               const std::string& message) const {
    const Reply reply = Call(action, form);
    EXPECT_EQ(reply.status, 400) << action << " " << form << ": " << reply.body;
    EXPECT_EQ(XmlText(reply.body, "Code"), code) << form;
    EXPECT_EQ(XmlText(reply.body, "Message"), message) << form;
  }
  std::string CreateVpc(const std::string& block = "10.0.0.0/16") const {
    return XmlText(Do("CreateVpc", "CidrBlock=" + block), "vpcId");
  }
  std::string CreateSubnet(const std::string& vpc, const std::string& block, const std::string& zone) const {
    return XmlText(Do("CreateSubnet", "VpcId=" + vpc + "&CidrBlock=" + block + "&AvailabilityZone=" + zone),
                   "subnetId");
  }
};

TEST_F(Ec2WireTest, EveryRegionHasADefaultNetwork) {
  const std::string vpcs = Do("DescribeVpcs", "Filter.1.Name=is-default&Filter.1.Value.1=true");
  EXPECT_THAT(
      vpcs,
      HasSubstr("<DescribeVpcsResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\"><requestId>"));
  EXPECT_EQ(XmlText(vpcs, "cidrBlock"), "172.31.0.0/16");
  const std::string vpc = XmlText(vpcs, "vpcId");
  const std::string subnets = Do("DescribeSubnets", "Filter.1.Name=vpc-id&Filter.1.Value.1=" + vpc);
  EXPECT_THAT(XmlTexts(subnets, "availabilityZone"), ElementsAre("us-east-1a", "us-east-1b", "us-east-1c"));
  EXPECT_THAT(XmlTexts(subnets, "availabilityZoneId"), ElementsAre("use1-az1", "use1-az2", "use1-az3"));
  const std::string groups = Do("DescribeSecurityGroups", "GroupName.1=default");
  EXPECT_EQ(XmlText(groups, "groupDescription"), "default VPC security group");
  RestartServer();
  EXPECT_EQ(XmlText(Do("DescribeVpcs", ""), "vpcId"), vpc);
}

TEST_F(Ec2WireTest, ErrorsHaveEc2sOwnEnvelope) {
  const Reply reply = Call("DescribeVpcs", "VpcId.1=vpc-0");
  EXPECT_EQ(reply.status, 400);
  EXPECT_THAT(reply.body,
              HasSubstr("<Response><Errors><Error><Code>InvalidVpcID.NotFound</Code><Message>The vpc ID"));
  EXPECT_THAT(reply.body, HasSubstr("</Error></Errors><RequestID>"));
  Refused("CreateSubnet", "CidrBlock=10.0.0.0/24", "MissingParameter",
          "The request must contain the parameter VpcId");
  Refused("DescribeVpcs", "Filter.1.Name=no-such&Filter.1.Value.1=x", "InvalidParameterValue",
          "The filter 'no-such' is invalid");
  EXPECT_EQ(Call("RunInstances", "").status, 501);
}

TEST_F(Ec2WireTest, ADryRunChangesNothing) {
  const Reply reply = Call("CreateVpc", "CidrBlock=10.0.0.0/16&DryRun=true");
  EXPECT_EQ(reply.status, 412);
  EXPECT_EQ(XmlText(reply.body, "Code"), "DryRunOperation");
  EXPECT_THAT(XmlTexts(Do("DescribeVpcs", ""), "vpcId"), SizeIs(1));
}

TEST_F(Ec2WireTest, SubnetsStayInsideTheirVpcAndApart) {
  const std::string vpc = CreateVpc("10.0.0.1/16");
  EXPECT_EQ(XmlText(Do("DescribeVpcs", "VpcId.1=" + vpc), "cidrBlock"), "10.0.0.0/16")
      << "the bits behind it cleared";
  const std::string subnet = CreateSubnet(vpc, "10.0.1.0/24", "us-east-1b");
  EXPECT_EQ(XmlText(Do("DescribeSubnets", "SubnetId.1=" + subnet), "availableIpAddressCount"), "251");
  const std::string to = "VpcId=" + vpc + "&CidrBlock=";
  Refused("CreateSubnet", to + "10.0.1.128/25", "InvalidSubnet.Conflict",
          "The CIDR '10.0.1.128/25' conflicts with another subnet");
  Refused("CreateSubnet", to + "10.1.0.0/24", "InvalidSubnet.Range", "The CIDR '10.1.0.0/24' is invalid.");
  Refused("DeleteVpc", "VpcId=" + vpc, "DependencyViolation",
          "The vpc '" + vpc + "' has dependencies and cannot be deleted.");
  Do("DeleteSubnet", "SubnetId=" + subnet);
  Do("DeleteVpc", "VpcId=" + vpc);
  Refused("DescribeVpcs", "VpcId.1=" + vpc, "InvalidVpcID.NotFound",
          "The vpc ID '" + vpc + "' does not exist");
}

TEST_F(Ec2WireTest, SecurityGroupRulesAreShownTogetherAndOneByOne) {
  const std::string group = XmlText(Do("CreateSecurityGroup", "GroupName=web&GroupDescription=d"), "groupId");
  const std::string rule =
      "GroupId=" + group +
      "&IpPermissions.1.IpProtocol=tcp&IpPermissions.1.FromPort=80&IpPermissions.1.ToPort=80"
      "&IpPermissions.1.IpRanges.1.CidrIp=0.0.0.0/0&IpPermissions.1.IpRanges.2.CidrIp=10.0.0.0/8";
  EXPECT_THAT(XmlTexts(Do("AuthorizeSecurityGroupIngress", rule), "securityGroupRuleId"), SizeIs(2));
  Refused("AuthorizeSecurityGroupIngress", rule, "InvalidPermission.Duplicate",
          "the specified rule \"peer: 0.0.0.0/0, TCP, from port: 80, to port: 80, ALLOW\" already exists");
  const std::string shown = Do("DescribeSecurityGroups", "GroupId.1=" + group);
  EXPECT_THAT(
      shown, HasSubstr("<ipPermissions><item><ipProtocol>tcp</ipProtocol><fromPort>80</fromPort><toPort>80"));
  EXPECT_THAT(XmlTexts(shown, "cidrIp"), ElementsAre("0.0.0.0/0", "0.0.0.0/0", "10.0.0.0/8"))
      << "egress comes first";
  Do("RevokeSecurityGroupIngress", rule);
  EXPECT_THAT(Do("DescribeSecurityGroups", "GroupId.1=" + group), HasSubstr("<ipPermissions/>"));
  Refused("RevokeSecurityGroupIngress", rule, "InvalidPermission.NotFound",
          "The specified rule does not exist in this security group.");
  Refused(
      "CreateSecurityGroup", "GroupName=web&GroupDescription=d", "InvalidGroup.Duplicate",
      "The security group 'web' already exists for VPC '" + XmlText(Do("DescribeVpcs", ""), "vpcId") + "'");
  Do("DeleteSecurityGroup", "GroupId=" + group);
}

TEST_F(Ec2WireTest, GatewaysAndRoutesMakeASubnetPublic) {
  const std::string vpc = CreateVpc();
  const std::string subnet = CreateSubnet(vpc, "10.0.0.0/24", "us-east-1a");
  const std::string gateway = XmlText(Do("CreateInternetGateway", ""), "internetGatewayId");
  const std::string attach = "InternetGatewayId=" + gateway + "&VpcId=" + vpc;
  Do("AttachInternetGateway", attach);
  Refused("AttachInternetGateway", attach, "Resource.AlreadyAssociated",
          "resource " + gateway + " is already attached to network " + vpc);
  const std::string table = XmlText(Do("CreateRouteTable", "VpcId=" + vpc), "routeTableId");
  const std::string route = "RouteTableId=" + table + "&DestinationCidrBlock=0.0.0.0/0&GatewayId=" + gateway;
  Do("CreateRoute", route);
  Refused("CreateRoute", route, "RouteAlreadyExists", "The route identified by 0.0.0.0/0 already exists.");
  const std::string association =
      XmlText(Do("AssociateRouteTable", "RouteTableId=" + table + "&SubnetId=" + subnet), "associationId");
  EXPECT_THAT(
      XmlTexts(Do("DescribeRouteTables", "Filter.1.Name=association.subnet-id&Filter.1.Value.1=" + subnet),
               "gatewayId"),
      ElementsAre("local", gateway));
  Refused("DeleteRouteTable", "RouteTableId=" + table, "DependencyViolation",
          "The routeTable '" + table + "' has dependencies and cannot be deleted.");
  Do("DisassociateRouteTable", "AssociationId=" + association);
  Do("DeleteRouteTable", "RouteTableId=" + table);
  Do("DetachInternetGateway", attach);
  Do("DeleteInternetGateway", "InternetGatewayId=" + gateway);
}

TEST_F(Ec2WireTest, TagsAreGivenFoundAndTakenAway) {
  const std::string vpc =
      XmlText(Do("CreateVpc",
                 "CidrBlock=10.0.0.0/16&TagSpecification.1.ResourceType=vpc"
                 "&TagSpecification.1.Tag.1.Key=Name&TagSpecification.1.Tag.1.Value=main"),
              "vpcId");
  const std::string by_name = "Filter.1.Name=tag%3AName&Filter.1.Value.1=ma%2A";
  EXPECT_THAT(XmlTexts(Do("DescribeVpcs", by_name), "vpcId"), ElementsAre(vpc));
  Do("CreateTags", "ResourceId.1=" + vpc + "&Tag.1.Key=Name&Tag.1.Value=other&Tag.2.Key=k&Tag.2.Value=");
  EXPECT_THAT(XmlTexts(Do("DescribeVpcs", by_name), "vpcId"), IsEmpty());
  Do("DeleteTags", "ResourceId.1=" + vpc + "&Tag.1.Key=Name&Tag.2.Key=k&Tag.2.Value=another");
  const std::string tags = Do("DescribeTags", "Filter.1.Name=resource-id&Filter.1.Value.1=" + vpc);
  EXPECT_THAT(XmlTexts(tags, "key"), ElementsAre("k"));
  EXPECT_EQ(XmlText(tags, "resourceType"), "vpc");
  Refused("CreateTags", "ResourceId.1=" + vpc + "&ResourceId.2=subnet-0&Tag.1.Key=x",
          "InvalidSubnetID.NotFound", "The subnet ID 'subnet-0' does not exist");
  EXPECT_THAT(XmlTexts(Do("DescribeVpcs", "Filter.1.Name=tag-key&Filter.1.Value.1=x"), "vpcId"), IsEmpty())
      << "all or none";
}

TEST_F(Ec2WireTest, LoadBalancersStandWhereTheirSubnetsDo) {
  const std::string vpc = CreateVpc();
  const std::string subnets = "Name=lb&Subnets.member.1=" + CreateSubnet(vpc, "10.0.0.0/24", "us-east-1c") +
                              "&Subnets.member.2=" + CreateSubnet(vpc, "10.0.1.0/24", "us-east-1b");
  const Reply made = Call("CreateLoadBalancer", subnets, "elasticloadbalancing", "2015-12-01");
  EXPECT_EQ(made.status, 200) << made.body;
  EXPECT_EQ(XmlText(made.body, "VpcId"), vpc);
  EXPECT_THAT(XmlTexts(made.body, "ZoneName"), ElementsAre("us-east-1c", "us-east-1b"));
}

TEST_F(Ec2WireTest, SecurityGroupRulesAreRefusedInTheWordsOfEc2) {
  const std::string group = XmlText(Do("CreateSecurityGroup", "GroupName=web&GroupDescription=d"), "groupId");
  const auto rule = [&](const std::string& from, const std::string& to, const std::string& block) {
    return "GroupId=" + group + "&IpPermissions.1.IpProtocol=tcp&IpPermissions.1.FromPort=" + from +
           "&IpPermissions.1.ToPort=" + to + "&IpPermissions.1.IpRanges.1.CidrIp=" + block;
  };
  const std::string all = "0.0.0.0/0";
  Refused("AuthorizeSecurityGroupIngress", rule("81", "80", all), "InvalidParameterValue",
          "Invalid TCP/UDP port range (81:80)");
  Refused("AuthorizeSecurityGroupIngress", rule("0", "65536", all), "InvalidParameterValue",
          "Invalid TCP/UDP port range (0:65536)");
  Refused("AuthorizeSecurityGroupIngress", rule("80", "80", "2001:db8::/32"), "InvalidParameterValue",
          "CIDR block 2001:db8::/32 is malformed");
  Do("AuthorizeSecurityGroupEgress", rule("0", "65535", all));
  Do("AuthorizeSecurityGroupIngress", rule("0", "65535", all));  // the same in the other direction
}

TEST_F(Ec2WireTest, AGroupGoesWithItsRulesWhenNobodyNamesIt) {
  const auto create = [&](const std::string& name) {
    return XmlText(Do("CreateSecurityGroup", "GroupDescription=d&GroupName=" + name), "groupId");
  };
  const std::string named = create("named");
  const std::string naming = create("naming");
  const auto rules = [&](const std::string& group) {
    return XmlTexts(Do("DescribeSecurityGroupRules", "Filter.1.Name=group-id&Filter.1.Value.1=" + group),
                    "securityGroupRuleId");
  };
  Do("AuthorizeSecurityGroupIngress", "GroupId=" + naming +
                                          "&IpPermissions.1.IpProtocol=-1"
                                          "&IpPermissions.1.Groups.1.GroupId=" +
                                          named);
  Refused("DeleteSecurityGroup", "GroupId=" + named, "DependencyViolation",
          "resource " + named + " has a dependent object");
  EXPECT_THAT(rules(naming), SizeIs(2));
  Do("DeleteSecurityGroup", "GroupId=" + naming);
  EXPECT_THAT(rules(naming), IsEmpty());
  Do("DeleteSecurityGroup", "GroupId=" + named);
}

TEST_F(Ec2WireTest, ARuleIsRevokedByTheIdOfItsOwnGroupAndDirection) {
  const auto create = [&](const std::string& name) {
    return XmlText(Do("CreateSecurityGroup", "GroupDescription=d&GroupName=" + name), "groupId");
  };
  const std::string group = create("web");
  const std::string other = create("other");
  const std::string all = "&IpPermissions.1.IpProtocol=-1&IpPermissions.1.";
  const std::string rule =
      XmlText(Do("AuthorizeSecurityGroupIngress", "GroupId=" + group + all + "IpRanges.1.CidrIp=10.0.0.0/8"),
              "securityGroupRuleId");
  const std::string by_id = "&SecurityGroupRuleId.1=" + rule;
  for (const auto& [operation, of] :
       {std::pair{"RevokeSecurityGroupIngress", other}, std::pair{"RevokeSecurityGroupEgress", group}}) {
    Refused(operation, "GroupId=" + of + by_id, "InvalidSecurityGroupRuleId.NotFound",
            "The security group rule ID '" + rule + "' does not exist");
  }
  Do("RevokeSecurityGroupIngress", "GroupId=" + group + by_id);
  Refused("AuthorizeSecurityGroupIngress", "GroupId=" + group + all + "Groups.1.GroupId=sg-0",
          "InvalidGroup.NotFound", "The security group 'sg-0' does not exist");
}

TEST_F(Ec2WireTest, InterfacesHaveAddressesOfTheirSubnetThatNobodyElseHas) {
  const std::string in = "SubnetId=" + CreateSubnet(CreateVpc(), "10.0.1.0/24", "us-east-1a");
  const auto create = [&](const std::string& address) {
    return XmlText(Do("CreateNetworkInterface", in + address), "privateIpAddress");
  };
  EXPECT_EQ(create(""), "10.0.1.4") << "the first four are AWS's own";
  EXPECT_EQ(create("&PrivateIpAddress=10.0.1.5"), "10.0.1.5");
  EXPECT_EQ(create(""), "10.0.1.6");
  for (const std::string address : {"10.0.1.5", "10.0.2.9"}) {
    Refused("CreateNetworkInterface", in + "&PrivateIpAddress=" + address, "InvalidParameterValue",
            "Address " + address + " is in use or does not fall within the subnet's address range");
  }
}

TEST_F(Ec2WireTest, WhatAVpcStandsOnIsNotTakenAway) {
  const std::string vpc = CreateVpc();
  const std::string subnet = CreateSubnet(vpc, "10.0.0.0/24", "us-east-1a");
  const std::string of_vpc = "Filter.1.Name=vpc-id&Filter.1.Value.1=" + vpc;
  const std::string tables = Do("DescribeRouteTables", of_vpc);
  const std::string main = XmlText(tables, "routeTableId");
  Refused("DeleteRoute", "RouteTableId=" + main + "&DestinationCidrBlock=10.0.0.0/16",
          "InvalidParameterValue", "cannot remove local route 10.0.0.0/16");
  const std::string association = XmlText(tables, "routeTableAssociationId");
  Refused("DisassociateRouteTable", "AssociationId=" + association, "InvalidParameterValue",
          "cannot disassociate the main route table association " + association);
  Refused("CreateRoute", "RouteTableId=" + main + "&DestinationCidrBlock=0.0.0.0/0&GatewayId=igw-0",
          "InvalidInternetGatewayID.NotFound", "The internetGateway ID 'igw-0' does not exist");
  const std::string table = XmlText(Do("CreateRouteTable", "VpcId=" + vpc), "routeTableId");
  Do("AssociateRouteTable", "RouteTableId=" + table + "&SubnetId=" + subnet);
  Refused("AssociateRouteTable", "RouteTableId=" + main + "&SubnetId=" + subnet, "Resource.AlreadyAssociated",
          "the specified association for route table " + table + " conflicts with an existing association");
}

TEST_F(Ec2WireTest, AVpcHasOneGatewayAndNeitherGoesWhileTheyAreJoined) {
  const std::string vpc = CreateVpc();
  const auto create = [&] { return XmlText(Do("CreateInternetGateway", ""), "internetGatewayId"); };
  const std::string gateway = create();
  Do("AttachInternetGateway", "InternetGatewayId=" + gateway + "&VpcId=" + vpc);
  Refused("AttachInternetGateway", "InternetGatewayId=" + create() + "&VpcId=" + vpc,
          "Resource.AlreadyAssociated", "resource " + gateway + " is already attached to network " + vpc);
  Refused("DeleteInternetGateway", "InternetGatewayId=" + gateway, "DependencyViolation",
          "The internetGateway '" + gateway + "' has dependencies and cannot be deleted.");
  Refused("DeleteVpc", "VpcId=" + vpc, "DependencyViolation",
          "The vpc '" + vpc + "' has dependencies and cannot be deleted.");
  const std::string group =
      XmlText(Do("DescribeSecurityGroups", "Filter.1.Name=vpc-id&Filter.1.Value.1=" + vpc), "groupId");
  Do("DetachInternetGateway", "InternetGatewayId=" + gateway + "&VpcId=" + vpc);
  Do("DeleteVpc", "VpcId=" + vpc);
  EXPECT_THAT(XmlTexts(Do("DescribeSecurityGroupRules", "Filter.1.Name=group-id&Filter.1.Value.1=" + group),
                       "securityGroupRuleId"),
              IsEmpty());
}

TEST_F(Ec2WireTest, AVpcHasABlockOfAllowedSizeAndKeepsEachAttribute) {
  for (const std::string block : {"10.0.0.0/15", "10.0.0.0/29"}) {
    Refused("CreateVpc", "CidrBlock=" + block, "InvalidVpc.Range", "The CIDR '" + block + "' is invalid.");
  }
  const std::string vpc = "VpcId=" + CreateVpc();
  Do("ModifyVpcAttribute", vpc + "&EnableDnsHostnames.Value=true");
  Do("ModifyVpcAttribute", vpc + "&EnableDnsSupport.Value=false");
  for (const auto& [attribute, value] :
       {std::pair{"enableDnsHostnames", "true"}, std::pair{"enableDnsSupport", "false"}}) {
    EXPECT_EQ(XmlText(Do("DescribeVpcAttribute", vpc + "&Attribute=" + attribute), "value"), value);
  }
}

TEST_F(Ec2WireTest, AReleasedAddressIsGone) {
  const std::string id = XmlText(Do("AllocateAddress", ""), "allocationId");
  Do("ReleaseAddress", "AllocationId=" + id);
  Refused("ReleaseAddress", "AllocationId=" + id, "InvalidAllocationID.NotFound",
          "The allocation ID '" + id + "' does not exist");
}

TEST_F(Ec2WireTest, AResetBringsTheDefaultNetworkBack) {
  const std::string vpc = XmlText(Do("DescribeVpcs", ""), "vpcId");
  CreateVpc();
  EXPECT_EQ(Request("POST", "/_cumulite/reset").status, 200);
  EXPECT_THAT(XmlTexts(Do("DescribeVpcs", ""), "vpcId"), ElementsAre(vpc));
}

TEST_F(Ec2WireTest, ARegionKnowsItsOwnOnly) {
  const std::string vpc = CreateVpc();
  const Reply elsewhere =
      Request("POST", "/", "Action=DescribeVpcs&Version=2016-11-15&VpcId.1=" + vpc,
              {{"Content-Type", "application/x-www-form-urlencoded"}, Signed("ec2", "eu-west-1")});
  EXPECT_EQ(XmlText(elsewhere.body, "Code"), "InvalidVpcID.NotFound");
}

TEST_F(Ec2WireTest, PagesGoOnWhereTheLastEnded) {
  const std::string first = Do("DescribeSubnets", "MaxResults=5");
  EXPECT_THAT(XmlTexts(first, "subnetId"), SizeIs(3));
  Refused("DescribeSubnets", "MaxResults=5&NextToken=x", "InvalidParameterValue",
          "Invalid value 'x' for nextToken");
}

}  // namespace
}  // namespace cumulite::testing
