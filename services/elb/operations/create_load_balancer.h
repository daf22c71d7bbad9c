#pragma once
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/elb/shapes.h"

namespace cumulite::elb {
class ElbService;

struct CreateLoadBalancerRequest {
  std::string name;
  std::vector<std::string> subnets;
  std::vector<SubnetMapping> subnet_mappings;
  std::vector<std::string> security_groups;
  std::optional<std::string> scheme;
  std::vector<Tag> tags;
  std::optional<std::string> type;
  std::optional<std::string> ip_address_type;
  std::optional<std::string> customer_owned_ipv4_pool;
  std::optional<std::string> enable_prefix_for_ipv6_source_nat;
  std::optional<IpamPools> ipam_pools;
  static protocol::Members Describe();
};

struct CreateLoadBalancerResponse {
  std::vector<LoadBalancer> load_balancers;
  static protocol::Members Describe();
};

/// Makes a load balancer, or gives the one that is there with the same settings. It is shown as being
/// provisioned in this answer and as active from the next one on.
///
/// Errors: DuplicateLoadBalancerName, TooManyLoadBalancers, InvalidConfigurationRequest, SubnetNotFound,
/// InvalidSubnet, InvalidSecurityGroup, InvalidScheme, TooManyTags, DuplicateTagKeys, ResourceInUse,
/// AllocationIdNotFound, AvailabilityZoneNotSupported, OperationNotPermitted. Thread: any. Source: Elastic
/// Load Balancing v2 API Reference "CreateLoadBalancer".
runtime::Task<CreateLoadBalancerResponse> CreateLoadBalancer(ElbService& elb,
                                                             const protocol::RequestContext& context,
                                                             CreateLoadBalancerRequest request);

}  // namespace cumulite::elb
