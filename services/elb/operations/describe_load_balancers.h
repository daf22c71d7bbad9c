#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/elb/shapes.h"

namespace cumulite::elb {
class ElbService;

struct DescribeLoadBalancersRequest {
  std::vector<std::string> load_balancer_arns;
  std::vector<std::string> names;
  std::optional<std::string> marker;
  std::optional<std::int32_t> page_size;
  static protocol::Members Describe();
};

struct DescribeLoadBalancersResponse {
  std::vector<LoadBalancer> load_balancers;
  std::optional<std::string> next_marker;
  static protocol::Members Describe();
};

/// The load balancers of the caller's account and region: those named, those of ARNs, or all by name. A
/// marker is the name of the last one of the page before.
///
/// Errors: LoadBalancerNotFound.
/// Thread: any. Source: Elastic Load Balancing v2 API Reference "DescribeLoadBalancers".
runtime::Task<DescribeLoadBalancersResponse> DescribeLoadBalancers(ElbService& elb,
                                                                   const protocol::RequestContext& context,
                                                                   DescribeLoadBalancersRequest request);

}  // namespace cumulite::elb
