#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/context.h"
#include "services/elb/shapes.h"
#include "services/network.h"

/// Where a load balancer stands: subnets, zones, VPC, security groups.
namespace cumulite::elb {

/// What Subnets and SubnetMappings say, in their order. Errors: ValidationError, InvalidConfigurationRequest.
std::vector<SubnetMapping> ReadSubnets(const std::vector<std::string>& subnets,
                                       const std::vector<SubnetMapping>& mappings,
                                       std::string_view load_balancer_type);

/// Where subnets stand.
struct Place {
  std::vector<AvailabilityZone> zones;  // in the order of the subnets
  std::string vpc_id;
};

/// `found`: what EC2 knows of each subnet. One that nobody created stands in the default VPC, in the region's
/// next zone. Errors: InvalidSubnet; InvalidConfigurationRequest for two in one zone, or in several VPCs.
Place PlaceOf(const std::vector<SubnetMapping>& subnets,
              const std::vector<std::optional<services::NetworkLookup::Subnet>>& found,
              const protocol::Identity& identity);
/// Asks EC2 first. With `must_exist`, subnets and addresses that nobody made are refused.
/// Errors: also SubnetNotFound, AllocationIdNotFound.
runtime::Task<Place> FindPlace(services::NetworkLookup& network, std::vector<SubnetMapping> subnets,
                               protocol::Identity identity, bool must_exist);

/// The security group of that VPC.
std::string DefaultSecurityGroup(const protocol::Identity& identity);

/// Errors: InvalidSecurityGroup for what is no id of one.
void CheckSecurityGroups(const std::vector<std::string>& groups);

/// That EC2 knows these security groups, and that they are the VPC's.
/// Errors: InvalidSecurityGroup, InvalidConfigurationRequest.
runtime::Task<void> FindSecurityGroups(services::NetworkLookup& network, std::vector<std::string> groups,
                                       std::string vpc_id, protocol::Identity identity);
/// That EC2 knows this VPC. Errors: ValidationError.
runtime::Task<void> FindVpc(services::NetworkLookup& network, std::string vpc_id,
                            protocol::Identity identity);

}  // namespace cumulite::elb
