#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "services/ec2/ec2_store.h"

/// What EC2 makes by itself: the default network of an account, and what every VPC begins with.
namespace cumulite::ec2 {

/// "us-east-1a", "us-east-1b", "us-east-1c".
std::vector<std::string> ZonesOf(std::string_view region);
/// "use1-az1" of "us-east-1a".
std::string ZoneId(std::string_view zone);
/// An id of that kind that nothing has: "vpc-0" and sixteen more hexadecimal digits.
std::string NewId(std::string_view prefix);

/// Inside a job: the default VPC 172.31.0.0/16 with a subnet in each zone, its gateway and route to it,
/// unless they were made before. Source: Amazon VPC User Guide "Default VPC components".
void MakeDefaultNetwork(Ec2Store& store, const Owner& owner);

/// The settings of a new VPC.
Vpc MakeVpc(const Owner& owner, std::string id, std::string cidr_block);
Subnet MakeSubnet(const Owner& owner, std::string id, const std::string& vpc_id, std::string cidr_block,
                  std::string zone);
/// A group that lets everything out, and nothing in; its rules are resources of their own.
SecurityGroup MakeSecurityGroup(const Owner& owner, std::string id, const std::string& vpc_id,
                                std::string name, std::string description);
/// The rule of such a group that lets everything out.
SecurityGroupRule MakeEgressRule(const Owner& owner, const std::string& group_id);
/// Inside a job: the default security group (of that id) and the main route table that every VPC has.
void MakeVpcParts(Ec2Store& store, const Owner& owner, const Vpc& vpc, std::string security_group_id,
                  std::string route_table_id, const std::string& gateway_id);

}  // namespace cumulite::ec2
