#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "protocol/context.h"
#include "services/elb/shapes.h"

/// Where a load balancer stands: subnets, zones, VPC, security groups.
namespace cumulite::elb {

/// What Subnets and SubnetMappings say, in their order. Errors: ValidationError, InvalidConfigurationRequest.
std::vector<SubnetMapping> ReadSubnets(const std::vector<std::string>& subnets,
                                       const std::vector<SubnetMapping>& mappings,
                                       std::string_view load_balancer_type);

/// The zones of subnets, in their order. A subnet that nobody created stands in the region's next zone.
/// Errors: InvalidSubnet.
std::vector<AvailabilityZone> ZonesOf(const std::vector<SubnetMapping>& subnets,
                                      const protocol::Identity& identity);

/// The VPC that an account has in a region from the beginning.
std::string DefaultVpc(const protocol::Identity& identity);
/// The security group of that VPC.
std::string DefaultSecurityGroup(const protocol::Identity& identity);

/// Errors: InvalidSecurityGroup for what is no id of one.
void CheckSecurityGroups(const std::vector<std::string>& groups);

}  // namespace cumulite::elb
