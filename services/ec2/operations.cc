#include <array>

#include "services/ec2/ec2_service.h"
#include "services/ec2/errors.h"
#include "services/ec2/not_built.h"
#include "services/ec2/operations/addresses.h"
#include "services/ec2/operations/internet_gateways.h"
#include "services/ec2/operations/network_acls.h"
#include "services/ec2/operations/network_interfaces.h"
#include "services/ec2/operations/route_tables.h"
#include "services/ec2/operations/security_group_rules.h"
#include "services/ec2/operations/security_groups.h"
#include "services/ec2/operations/subnets.h"
#include "services/ec2/operations/tags.h"
#include "services/ec2/operations/vpcs.h"
#include "services/ec2/operations/zones.h"

namespace cumulite::ec2 {
namespace {
using protocol::Operation;

constexpr std::array kOperations{
    Operation::Of<&AllocateAddress>("AllocateAddress"),
    Operation::Of<&AssociateRouteTable>("AssociateRouteTable"),
    Operation::Of<&AttachInternetGateway>("AttachInternetGateway"),
    Operation::Of<&AuthorizeSecurityGroupEgress>("AuthorizeSecurityGroupEgress"),
    Operation::Of<&AuthorizeSecurityGroupIngress>("AuthorizeSecurityGroupIngress"),
    Operation::Of<&CreateInternetGateway>("CreateInternetGateway"),
    Operation::Of<&CreateNetworkInterface>("CreateNetworkInterface"),
    Operation::Of<&CreateRoute>("CreateRoute"),
    Operation::Of<&CreateRouteTable>("CreateRouteTable"),
    Operation::Of<&CreateSecurityGroup>("CreateSecurityGroup"),
    Operation::Of<&CreateSubnet>("CreateSubnet"),
    Operation::Of<&CreateTags>("CreateTags"),
    Operation::Of<&CreateVpc>("CreateVpc"),
    Operation::Of<&DeleteInternetGateway>("DeleteInternetGateway"),
    Operation::Of<&DeleteNetworkInterface>("DeleteNetworkInterface"),
    Operation::Of<&DeleteRoute>("DeleteRoute"),
    Operation::Of<&DeleteRouteTable>("DeleteRouteTable"),
    Operation::Of<&DeleteSecurityGroup>("DeleteSecurityGroup"),
    Operation::Of<&DeleteSubnet>("DeleteSubnet"),
    Operation::Of<&DeleteTags>("DeleteTags"),
    Operation::Of<&DeleteVpc>("DeleteVpc"),
    Operation::Of<&DescribeAccountAttributes>("DescribeAccountAttributes"),
    Operation::Of<&DescribeAddresses>("DescribeAddresses"),
    Operation::Of<&DescribeAvailabilityZones>("DescribeAvailabilityZones"),
    Operation::Of<&DescribeInternetGateways>("DescribeInternetGateways"),
    Operation::Of<&DescribeNetworkAcls>("DescribeNetworkAcls"),
    Operation::Of<&DescribeNetworkInterfaces>("DescribeNetworkInterfaces"),
    Operation::Of<&DescribeRegions>("DescribeRegions"),
    Operation::Of<&DescribeRouteTables>("DescribeRouteTables"),
    Operation::Of<&DescribeSecurityGroupRules>("DescribeSecurityGroupRules"),
    Operation::Of<&DescribeSecurityGroups>("DescribeSecurityGroups"),
    Operation::Of<&DescribeSubnets>("DescribeSubnets"),
    Operation::Of<&DescribeTags>("DescribeTags"),
    Operation::Of<&DescribeVpcAttribute>("DescribeVpcAttribute"),
    Operation::Of<&DescribeVpcs>("DescribeVpcs"),
    Operation::Of<&DetachInternetGateway>("DetachInternetGateway"),
    Operation::Of<&DisassociateRouteTable>("DisassociateRouteTable"),
    Operation::Of<&ModifySubnetAttribute>("ModifySubnetAttribute"),
    Operation::Of<&ModifyVpcAttribute>("ModifyVpcAttribute"),
    Operation::Of<&ReleaseAddress>("ReleaseAddress"),
    Operation::Of<&RevokeSecurityGroupEgress>("RevokeSecurityGroupEgress"),
    Operation::Of<&RevokeSecurityGroupIngress>("RevokeSecurityGroupIngress"),
};

constexpr std::size_t kBodyLimit = 1U << 20U;

}  // namespace

const protocol::RpcModel kModel{
    .service = "ec2",
    .json_target = {},
    .json_version = {},
    .json_namespace = {},
    .query_version = "2016-11-15",
    .xml_namespace = "http://ec2.amazonaws.com/doc/2016-11-15/",
    .operations = kOperations,
    .not_built = NotBuilt(),
    .body_limit = kBodyLimit,
    .missing = &RefuseMissing,
    .invalid = &RefuseValue,
    .explain = &Explain,
};

}  // namespace cumulite::ec2
