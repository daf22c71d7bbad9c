#pragma once
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/elb/shapes.h"

namespace cumulite::elb {
class ElbService;

struct TargetHealth {
  std::optional<std::string> state;
  std::optional<std::string> reason;
  std::optional<std::string> description;
  static protocol::Members Describe();
};

struct AnomalyDetection {
  std::optional<std::string> result;
  std::optional<std::string> mitigation_in_effect;
  static protocol::Members Describe();
};

struct AdministrativeOverride {
  std::optional<std::string> state;
  std::optional<std::string> reason;
  std::optional<std::string> description;
  static protocol::Members Describe();
};

struct TargetHealthDescription {
  std::optional<TargetDescription> target;
  std::optional<std::string> health_check_port;
  std::optional<TargetHealth> target_health;
  std::optional<AnomalyDetection> anomaly_detection;
  std::optional<AdministrativeOverride> administrative_override;
  static protocol::Members Describe();
};

struct DescribeTargetHealthRequest {
  std::string target_group_arn;
  std::vector<TargetDescription> targets;
  std::vector<std::string> include;
  static protocol::Members Describe();
};

struct DescribeTargetHealthResponse {
  std::vector<TargetHealthDescription> target_health_descriptions;
  static protocol::Members Describe();
};

/// How the targets of a group are: all of them, or those asked for, registered or not.
///
/// Errors: InvalidTarget, TargetGroupNotFound, HealthUnavailable.
/// Thread: any. Source: Elastic Load Balancing v2 API Reference "DescribeTargetHealth".
runtime::Task<DescribeTargetHealthResponse> DescribeTargetHealth(ElbService& elb,
                                                                 const protocol::RequestContext& context,
                                                                 DescribeTargetHealthRequest request);

}  // namespace cumulite::elb
