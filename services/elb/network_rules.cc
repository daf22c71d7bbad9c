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

Place PlaceOf(const std::vector<SubnetMapping>& subnets,
              const std::vector<std::optional<services::NetworkLookup::Subnet>>& found,
              const protocol::Identity& identity) {
  Place place;
  std::vector<std::string> known;  // zones of subnets that EC2 knows
  for (std::size_t i = 0; i < subnets.size(); ++i) {
    const SubnetMapping& mapping = subnets[i];
    const std::string& id = *mapping.subnet_id;
    if (!protocol::MatchesPattern("subnet-[0-9A-Za-z-]{1,40}", id)) {
      throw AwsError(kInvalidSubnet, "The subnet ID '" + id + "' is not valid");
    }
    AvailabilityZone zone;
    zone.subnet_id = id;
    zone.zone_name = identity.region + static_cast<char>('a' + i % 6);
    if (found[i]) {
      if (std::ranges::find(known, found[i]->zone) != known.end()) {
        throw InvalidConfiguration(
            "A load balancer cannot be attached to multiple subnets in the same Availability Zone");
      }
      known.push_back(found[i]->zone);
      zone.zone_name = found[i]->zone;
      if (place.vpc_id.empty()) place.vpc_id = found[i]->vpc_id;
      if (place.vpc_id != found[i]->vpc_id) {
        throw InvalidConfiguration("All subnets must belong to the same VPC: '" + place.vpc_id + "'");
      }
    }
    if (mapping.allocation_id || mapping.private_ipv4_address || mapping.ipv6_address) {
      zone.load_balancer_addresses.push_back({.ip_address = std::nullopt,
                                              .allocation_id = mapping.allocation_id,
                                              .private_ipv4_address = mapping.private_ipv4_address,
                                              .ipv6_address = mapping.ipv6_address});
    }
    place.zones.push_back(std::move(zone));
  }
  if (place.vpc_id.empty()) place.vpc_id = resource::DefaultVpcId(identity.account, identity.region);
  return place;
}

runtime::Task<Place> FindPlace(services::NetworkLookup& network, std::vector<SubnetMapping> subnets,
                               protocol::Identity identity, bool must_exist) {
  std::vector<std::string> ids;
  std::vector<std::string> addresses;
  for (const SubnetMapping& mapping : subnets) {
    ids.push_back(*mapping.subnet_id);
    if (mapping.allocation_id) addresses.push_back(*mapping.allocation_id);
  }
  auto lookup = network.FindSubnets(identity.account, identity.region, ids);
  const auto found = co_await lookup;
  if (must_exist) {
    for (std::size_t i = 0; i < ids.size(); ++i) {
      if (!found[i]) throw AwsError(kSubnetNotFound, "The subnet ID '" + ids[i] + "' does not exist");
    }
    auto asking = network.FindVpcs(identity.account, identity.region, addresses);
    const auto known = co_await asking;
    for (std::size_t i = 0; i < addresses.size(); ++i) {
      if (known[i]) continue;
      throw AwsError(kAllocationIdNotFound, "The allocation ID '" + addresses[i] + "' does not exist");
    }
  }
  co_return PlaceOf(subnets, found, identity);
}

runtime::Task<void> FindSecurityGroups(services::NetworkLookup& network, std::vector<std::string> groups,
                                       std::string vpc_id, protocol::Identity identity) {
  auto asking = network.FindVpcs(identity.account, identity.region, groups);
  const auto found = co_await asking;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (!found[i]) {
      throw AwsError(kInvalidSecurityGroup, "The security group '" + groups[i] + "' does not exist");
    }
    if (*found[i] != vpc_id) throw InvalidConfiguration("One or more security groups are invalid");
  }
}

runtime::Task<void> FindVpc(services::NetworkLookup& network, std::string vpc_id,
                            protocol::Identity identity) {
  const std::vector<std::string> ids{vpc_id};
  auto asking = network.FindVpcs(identity.account, identity.region, ids);
  const auto found = co_await asking;
  if (!found[0]) throw Invalid("The VPC ID '" + vpc_id + "' is not found");
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
