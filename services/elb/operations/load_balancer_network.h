#pragma once
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/elb/shapes.h"

namespace cumulite::elb {
class ElbService;

struct SetSubnetsRequest {
  std::string load_balancer_arn;
  std::vector<std::string> subnets;
  std::vector<SubnetMapping> subnet_mappings;
  std::optional<std::string> ip_address_type;
  std::optional<std::string> enable_prefix_for_ipv6_source_nat;
  static protocol::Members Describe();
};

struct SetSubnetsResponse {
  std::vector<AvailabilityZone> availability_zones;
  std::optional<std::string> ip_address_type;
  std::optional<std::string> enable_prefix_for_ipv6_source_nat;
  static protocol::Members Describe();
};

/// Replaces the subnets, and with them the zones, of a load balancer.
///
/// Errors: LoadBalancerNotFound, InvalidConfigurationRequest, SubnetNotFound, InvalidSubnet,
/// AllocationIdNotFound, AvailabilityZoneNotSupported, CapacityReservationPending. Thread: any. Source:
/// Elastic Load Balancing v2 API Reference "SetSubnets".
runtime::Task<SetSubnetsResponse> SetSubnets(ElbService& elb, const protocol::RequestContext& context,
                                             SetSubnetsRequest request);

struct SetSecurityGroupsRequest {
  std::string load_balancer_arn;
  std::vector<std::string> security_groups;
  std::optional<std::string> enforce_security_group_inbound_rules_on_private_link_traffic;
  static protocol::Members Describe();
};

struct SetSecurityGroupsResponse {
  std::vector<std::string> security_group_ids;
  std::optional<std::string> enforce_security_group_inbound_rules_on_private_link_traffic;
  static protocol::Members Describe();
};

/// Replaces the security groups of a load balancer.
///
/// Errors: LoadBalancerNotFound, InvalidConfigurationRequest, InvalidSecurityGroup.
/// Thread: any. Source: Elastic Load Balancing v2 API Reference "SetSecurityGroups".
runtime::Task<SetSecurityGroupsResponse> SetSecurityGroups(ElbService& elb,
                                                           const protocol::RequestContext& context,
                                                           SetSecurityGroupsRequest request);

struct SetIpAddressTypeRequest {
  std::string load_balancer_arn;
  std::string ip_address_type;
  static protocol::Members Describe();
};

struct SetIpAddressTypeResponse {
  std::optional<std::string> ip_address_type;
  static protocol::Members Describe();
};

/// Sets the kinds of addresses that a load balancer has.
///
/// Errors: LoadBalancerNotFound, InvalidConfigurationRequest, InvalidSubnet.
/// Thread: any. Source: Elastic Load Balancing v2 API Reference "SetIpAddressType".
runtime::Task<SetIpAddressTypeResponse> SetIpAddressType(ElbService& elb,
                                                         const protocol::RequestContext& context,
                                                         SetIpAddressTypeRequest request);

struct ModifyIpPoolsRequest {
  std::string load_balancer_arn;
  std::optional<IpamPools> ipam_pools;
  std::vector<std::string> remove_ipam_pools;
  static protocol::Members Describe();
};

struct ModifyIpPoolsResponse {
  std::optional<IpamPools> ipam_pools;
  static protocol::Members Describe();
};

/// Sets or removes the IPAM pool that an application load balancer takes its addresses from.
///
/// Errors: LoadBalancerNotFound.
/// Thread: any. Source: Elastic Load Balancing v2 API Reference "ModifyIpPools".
runtime::Task<ModifyIpPoolsResponse> ModifyIpPools(ElbService& elb, const protocol::RequestContext& context,
                                                   ModifyIpPoolsRequest request);

}  // namespace cumulite::elb
