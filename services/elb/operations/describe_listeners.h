#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/elb/shapes.h"

namespace cumulite::elb {
class ElbService;

struct DescribeListenersRequest {
  std::optional<std::string> load_balancer_arn;
  std::vector<std::string> listener_arns;
  std::optional<std::string> marker;
  std::optional<std::int32_t> page_size;
  static protocol::Members Describe();
};

struct DescribeListenersResponse {
  std::vector<Listener> listeners;
  std::optional<std::string> next_marker;
  static protocol::Members Describe();
};

/// The listeners of a load balancer in the order of their ports, or those of ARNs.
///
/// Errors: ListenerNotFound, LoadBalancerNotFound, UnsupportedProtocol.
/// Thread: any. Source: Elastic Load Balancing v2 API Reference "DescribeListeners".
runtime::Task<DescribeListenersResponse> DescribeListeners(ElbService& elb,
                                                           const protocol::RequestContext& context,
                                                           DescribeListenersRequest request);

}  // namespace cumulite::elb
