#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/elb/shapes.h"

namespace cumulite::elb {
class ElbService;

struct ModifyTargetGroupRequest {
  std::string target_group_arn;
  std::optional<std::string> health_check_protocol;
  std::optional<std::string> health_check_port;
  std::optional<std::string> health_check_path;
  std::optional<bool> health_check_enabled;
  std::optional<std::int32_t> health_check_interval_seconds;
  std::optional<std::int32_t> health_check_timeout_seconds;
  std::optional<std::int32_t> healthy_threshold_count;
  std::optional<std::int32_t> unhealthy_threshold_count;
  std::optional<Matcher> matcher;
  static protocol::Members Describe();
};

struct ModifyTargetGroupResponse {
  std::vector<TargetGroup> target_groups;
  static protocol::Members Describe();
};

/// Changes what is given of a target group's health checks.
///
/// Errors: TargetGroupNotFound, InvalidConfigurationRequest.
/// Thread: any. Source: Elastic Load Balancing v2 API Reference "ModifyTargetGroup".
runtime::Task<ModifyTargetGroupResponse> ModifyTargetGroup(ElbService& elb,
                                                           const protocol::RequestContext& context,
                                                           ModifyTargetGroupRequest request);

}  // namespace cumulite::elb
