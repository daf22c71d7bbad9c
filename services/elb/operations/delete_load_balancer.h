#pragma once
#include <string>

#include "protocol/operation.h"

namespace cumulite::elb {
class ElbService;

struct DeleteLoadBalancerRequest {
  std::string load_balancer_arn;
  static protocol::Members Describe();
};

struct DeleteLoadBalancerResponse {
  static protocol::Members Describe() { return {}; }
};

/// Deletes a load balancer with its listeners and rules; its target groups stay. One that is not there is
/// no error.
///
/// Errors: LoadBalancerNotFound, OperationNotPermitted, ResourceInUse.
/// Thread: any. Source: Elastic Load Balancing v2 API Reference "DeleteLoadBalancer".
runtime::Task<DeleteLoadBalancerResponse> DeleteLoadBalancer(ElbService& elb,
                                                             const protocol::RequestContext& context,
                                                             DeleteLoadBalancerRequest request);

}  // namespace cumulite::elb
