#include "services/elb/network_rules.h"

#include <algorithm>

#include "protocol/pattern.h"
#include "services/elb/errors.h"
#include "services/resource/default_network.h"

namespace cumulite::elb {
std::vector<SubnetMapping> ReadSubnets(const std::vector<std::string>& subnets,
                                       const std::vector<SubnetMapping>& mappings,
                                       std::string_view load_balancer_type) {
  if (!subnets.empty() && !mappings.empty()) {
    throw Invalid("You must specify either subnets or subnet mappings, not both");
  }
  std::vector<SubnetMapping> read = mappings;
  for (const std::string& subnet : subnets) read.push_back({.subnet_id = subnet});
  std::vector<std::string_view> seen;
  for (const SubnetMapping& mapping : read) {
    if (!mapping.subnet_id || mapping.subnet_id->empty()) throw Invalid("A subnet ID must be specified");
    if (std::ranges::find(seen, *mapping.subnet_id) != seen.end()) {
      throw InvalidConfiguration(
          "A load balancer cannot be attached to multiple subnets in the same Availability Zone");
    }
    seen.push_back(*mapping.subnet_id);
    if (load_balancer_type == "application" && (mapping.allocation_id || mapping.private_ipv4_address)) {
      throw InvalidConfiguration(
          "Allocation IDs and private IPv4 addresses are not supported for load balancers with type "
          "'application'");
    }
  }
  if (read.empty() && load_balancer_type != "application") {
    throw Invalid("At least one subnet must be specified");
  }
  if (load_balancer_type == "application" && read.size() < 2) {
    throw Invalid("At least two subnets in two different Availability Zones must be specified");
  }
  return read;
}

std::vector<AvailabilityZone> ZonesOf(const std::vector<SubnetMapping>& subnets,
                                      const protocol::Identity& identity) {
  std::vector<AvailabilityZone> zones;
  for (const SubnetMapping& mapping : subnets) {
    const std::string& id = *mapping.subnet_id;
    if (!protocol::MatchesPattern("subnet-[0-9A-Za-z-]{1,40}", id)) {
      throw AwsError(kInvalidSubnet, "The subnet ID '" + id + "' is not valid");
    }
    AvailabilityZone zone;
    zone.zone_name = identity.region + static_cast<char>('a' + zones.size() % 6);
    zone.subnet_id = id;
    if (mapping.allocation_id || mapping.private_ipv4_address || mapping.ipv6_address) {
      zone.load_balancer_addresses.push_back({.ip_address = std::nullopt,
                                              .allocation_id = mapping.allocation_id,
                                              .private_ipv4_address = mapping.private_ipv4_address,
                                              .ipv6_address = mapping.ipv6_address});
    }
    zones.push_back(std::move(zone));
  }
  return zones;
}

std::string DefaultVpc(const protocol::Identity& identity) {
  return resource::DefaultVpcId(identity.account, identity.region);
}

std::string DefaultSecurityGroup(const protocol::Identity& identity) {
  return resource::DefaultSecurityGroupId(identity.account, identity.region);
}

void CheckSecurityGroups(const std::vector<std::string>& groups) {
  for (const std::string& group : groups) {
    if (!protocol::MatchesPattern("sg-[0-9A-Za-z-]{1,40}", group)) {
      throw AwsError(kInvalidSecurityGroup, "The security group '" + group + "' does not exist");
    }
  }
}

}  // namespace cumulite::elb
