#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/elb/shapes.h"

namespace cumulite::elb {
class ElbService;

struct DescribeTargetGroupsRequest {
  std::optional<std::string> load_balancer_arn;
  std::vector<std::string> target_group_arns;
  std::vector<std::string> names;
  std::optional<std::string> marker;
  std::optional<std::int32_t> page_size;
  static protocol::Members Describe();
};

struct DescribeTargetGroupsResponse {
  std::vector<TargetGroup> target_groups;
  std::optional<std::string> next_marker;
  static protocol::Members Describe();
};

/// The target groups of the caller's account and region: those named, those of ARNs, those that a load
/// balancer forwards to, or all, by name.
///
/// Errors: LoadBalancerNotFound, TargetGroupNotFound.
/// Thread: any. Source: Elastic Load Balancing v2 API Reference "DescribeTargetGroups".
runtime::Task<DescribeTargetGroupsResponse> DescribeTargetGroups(ElbService& elb,
                                                                 const protocol::RequestContext& context,
                                                                 DescribeTargetGroupsRequest request);

}  // namespace cumulite::elb
