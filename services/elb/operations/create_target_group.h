#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/elb/shapes.h"

namespace cumulite::elb {
class ElbService;

struct CreateTargetGroupRequest {
  std::string name;
  std::optional<std::string> protocol;
  std::optional<std::string> protocol_version;
  std::optional<std::int32_t> port;
  std::optional<std::string> vpc_id;
  std::optional<std::string> health_check_protocol;
  std::optional<std::string> health_check_port;
  std::optional<bool> health_check_enabled;
  std::optional<std::string> health_check_path;
  std::optional<std::int32_t> health_check_interval_seconds;
  std::optional<std::int32_t> health_check_timeout_seconds;
  std::optional<std::int32_t> healthy_threshold_count;
  std::optional<std::int32_t> unhealthy_threshold_count;
  std::optional<Matcher> matcher;
  std::optional<std::string> target_type;
  std::vector<Tag> tags;
  std::optional<std::string> ip_address_type;
  std::optional<std::int32_t> target_control_port;
  static protocol::Members Describe();
};

struct CreateTargetGroupResponse {
  std::vector<TargetGroup> target_groups;
  static protocol::Members Describe();
};

/// Makes a target group, or gives the one that is there with the same settings.
///
/// Errors: DuplicateTargetGroupName, TooManyTargetGroups, InvalidConfigurationRequest, TooManyTags.
/// Thread: any. Source: Elastic Load Balancing v2 API Reference "CreateTargetGroup".
runtime::Task<CreateTargetGroupResponse> CreateTargetGroup(ElbService& elb,
                                                           const protocol::RequestContext& context,
                                                           CreateTargetGroupRequest request);

}  // namespace cumulite::elb
