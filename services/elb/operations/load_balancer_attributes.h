#pragma once
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/elb/shapes.h"

namespace cumulite::elb {
class ElbService;

struct DescribeLoadBalancerAttributesRequest {
  std::string load_balancer_arn;
  static protocol::Members Describe();
};

struct DescribeLoadBalancerAttributesResponse {
  std::vector<LoadBalancerAttribute> attributes;
  static protocol::Members Describe();
};

/// All attributes of a load balancer, those that nobody set with their defaults.
///
/// Errors: LoadBalancerNotFound.
/// Thread: any. Source: Elastic Load Balancing v2 API Reference "DescribeLoadBalancerAttributes".
runtime::Task<DescribeLoadBalancerAttributesResponse> DescribeLoadBalancerAttributes(
    ElbService& elb, const protocol::RequestContext& context, DescribeLoadBalancerAttributesRequest request);

struct ModifyLoadBalancerAttributesRequest {
  std::string load_balancer_arn;
  std::vector<LoadBalancerAttribute> attributes;
  static protocol::Members Describe();
};

struct ModifyLoadBalancerAttributesResponse {
  std::vector<LoadBalancerAttribute> attributes;
  static protocol::Members Describe();
};

/// Sets attributes; all of them, or none if one will not do.
///
/// Errors: LoadBalancerNotFound, InvalidConfigurationRequest.
/// Thread: any. Source: Elastic Load Balancing v2 API Reference "ModifyLoadBalancerAttributes".
runtime::Task<ModifyLoadBalancerAttributesResponse> ModifyLoadBalancerAttributes(
    ElbService& elb, const protocol::RequestContext& context, ModifyLoadBalancerAttributesRequest request);

}  // namespace cumulite::elb
