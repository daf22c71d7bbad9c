#include "services/ec2/ec2_service.h"
#include "tests/support/operation_table.h"
#include "tests/support/wire/xml_texts.h"

namespace cumulite::ec2 {
namespace {
using test::OperationRow;
using testing::XmlText;

constexpr auto kCommitted = test::Promise::kCommitted;
constexpr auto kNothing = test::Promise::kNothing;

constexpr OperationRow kRows[] = {
    {"AllocateAddress", kCommitted, ""},
    {"AssociateRouteTable", kCommitted, "RouteTableId=$free-table&SubnetId=$subnet"},
    {"AttachInternetGateway", kCommitted, "InternetGatewayId=$free-gateway&VpcId=$free-vpc"},
    {"AuthorizeSecurityGroupEgress", kCommitted, "GroupId=$group&$permission&IpPermissions.1.ToPort=81"},
    {"AuthorizeSecurityGroupIngress", kCommitted, "GroupId=$group&$permission&IpPermissions.1.ToPort=81"},
    {"CreateInternetGateway", kCommitted, ""},
    {"CreateNetworkInterface", kCommitted, "SubnetId=$subnet"},
    {"CreateRoute", kCommitted,
     "RouteTableId=$table&DestinationCidrBlock=192.0.2.0/24&NetworkInterfaceId=$interface"},
    {"CreateRouteTable", kCommitted, "VpcId=$vpc"},
    {"CreateSecurityGroup", kCommitted, "GroupName=new&GroupDescription=d"},
    {"CreateSubnet", kCommitted, "VpcId=$vpc&CidrBlock=10.0.2.0/24"},
    {"CreateTags", kCommitted, "ResourceId.1=$vpc&Tag.1.Key=k"},
    {"CreateVpc", kCommitted, "CidrBlock=10.1.0.0/16"},
    {"DeleteInternetGateway", kCommitted, "InternetGatewayId=$free-gateway"},
    {"DeleteNetworkInterface", kCommitted, "NetworkInterfaceId=$interface"},
    {"DeleteRoute", kCommitted, "RouteTableId=$table&DestinationCidrBlock=0.0.0.0/0"},
    {"DeleteRouteTable", kCommitted, "RouteTableId=$free-table"},
    {"DeleteSecurityGroup", kCommitted, "GroupId=$group"},
    {"DeleteSubnet", kCommitted, "SubnetId=$free-subnet"},
    {"DeleteTags", kCommitted, "ResourceId.1=$vpc"},
    {"DeleteVpc", kCommitted, "VpcId=$free-vpc"},
    {"DescribeAccountAttributes", kNothing, ""},
    {"DescribeAddresses", kNothing, ""},
    {"DescribeAvailabilityZones", kNothing, ""},
    {"DescribeInternetGateways", kNothing, ""},
    {"DescribeNetworkAcls", kNothing, ""},
    {"DescribeNetworkInterfaces", kNothing, ""},
    {"DescribeRegions", kNothing, ""},
    {"DescribeRouteTables", kNothing, ""},
    {"DescribeSecurityGroupRules", kNothing, ""},
    {"DescribeSecurityGroups", kNothing, ""},
    {"DescribeSubnets", kNothing, ""},
    {"DescribeTags", kNothing, ""},
    {"DescribeVpcAttribute", kNothing, "VpcId=$vpc&Attribute=enableDnsSupport"},
    {"DescribeVpcs", kNothing, ""},
    {"DetachInternetGateway", kCommitted, "InternetGatewayId=$gateway&VpcId=$vpc"},
    {"DisassociateRouteTable", kCommitted, "AssociationId=$association"},
    {"ModifySubnetAttribute", kCommitted, "SubnetId=$subnet&MapPublicIpOnLaunch.Value=true"},
    {"ModifyVpcAttribute", kCommitted, "VpcId=$vpc&EnableDnsHostnames.Value=true"},
    {"ReleaseAddress", kCommitted, "AllocationId=$address"},
    {"RevokeSecurityGroupEgress", kCommitted,
     "GroupId=$group&IpPermissions.1.IpProtocol=-1&IpPermissions.1.IpRanges.1.CidrIp=0.0.0.0/0"},
    {"RevokeSecurityGroupIngress", kCommitted, "GroupId=$group&$permission&IpPermissions.1.ToPort=80"},
};

/// A VPC with one of everything, and some that is free to go.
class EveryEc2OperationTest : public test::OperationTableTest {
 protected:
  EveryEc2OperationTest() {
    made_["permission"] =
        "IpPermissions.1.IpProtocol=tcp&IpPermissions.1.FromPort=80"
        "&IpPermissions.1.IpRanges.1.CidrIp=10.0.0.0/8";
    Keep("vpc", "vpcId", "CreateVpc", "CidrBlock=10.0.0.0/16");
    Keep("free-vpc", "vpcId", "CreateVpc", "CidrBlock=10.2.0.0/16");
    Keep("subnet", "subnetId", "CreateSubnet", "VpcId=$vpc&CidrBlock=10.0.0.0/24");
    Keep("free-subnet", "subnetId", "CreateSubnet", "VpcId=$vpc&CidrBlock=10.0.1.0/24");
    Keep("gateway", "internetGatewayId", "CreateInternetGateway", "");
    Keep("free-gateway", "internetGatewayId", "CreateInternetGateway", "");
    Do("AttachInternetGateway", "InternetGatewayId=$gateway&VpcId=$vpc");
    Keep("table", "routeTableId", "CreateRouteTable", "VpcId=$vpc");
    Keep("free-table", "routeTableId", "CreateRouteTable", "VpcId=$vpc");
    Do("CreateRoute", "RouteTableId=$table&DestinationCidrBlock=0.0.0.0/0&GatewayId=$gateway");
    Keep("association", "associationId", "AssociateRouteTable", "RouteTableId=$table&SubnetId=$free-subnet");
    Keep("interface", "networkInterfaceId", "CreateNetworkInterface", "SubnetId=$subnet");
    Keep("group", "groupId", "CreateSecurityGroup", "GroupName=g&GroupDescription=d");
    Do("AuthorizeSecurityGroupIngress", "GroupId=$group&$permission&IpPermissions.1.ToPort=80");
    Keep("address", "allocationId", "AllocateAddress", "");
  }
  std::string Do(std::string_view operation, std::string_view form) {
    return Make(ec2_, kModel, operation, form);
  }
  void Keep(const std::string& name, const std::string& element, std::string_view operation,
            std::string_view form) {
    made_[name] = XmlText(Do(operation, form), element);
  }

  Ec2Service ec2_{directory_, options_, clock_};
};

TEST(EveryEc2OperationTableTest, HasEachOperationOfTheModel) {
  EXPECT_THAT(test::WithoutRow(kModel, kRows), ::testing::IsEmpty());
}

TEST_P(EveryEc2OperationTest, AnswersWhenItsCommitIsThrough) { ExpectPromise(ec2_, kModel); }

TEST_P(EveryEc2OperationTest, IsUnavailableWhenItsCommitFails) { ExpectFullDiskAnswer(ec2_, kModel); }

INSTANTIATE_TEST_SUITE_P(Ec2, EveryEc2OperationTest, ::testing::ValuesIn(kRows), test::NameOf);

}  // namespace
}  // namespace cumulite::ec2
