#pragma once
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/elb/shapes.h"

namespace cumulite::elb {
class ElbService;

struct DescribeTargetGroupAttributesRequest {
  std::string target_group_arn;
  static protocol::Members Describe();
};

struct DescribeTargetGroupAttributesResponse {
  std::vector<TargetGroupAttribute> attributes;
  static protocol::Members Describe();
};

/// All attributes of a target group, those that nobody set with their defaults.
///
/// Errors: TargetGroupNotFound.
/// Thread: any. Source: Elastic Load Balancing v2 API Reference "DescribeTargetGroupAttributes".
runtime::Task<DescribeTargetGroupAttributesResponse> DescribeTargetGroupAttributes(
    ElbService& elb, const protocol::RequestContext& context, DescribeTargetGroupAttributesRequest request);

struct ModifyTargetGroupAttributesRequest {
  std::string target_group_arn;
  std::vector<TargetGroupAttribute> attributes;
  static protocol::Members Describe();
};

struct ModifyTargetGroupAttributesResponse {
  std::vector<TargetGroupAttribute> attributes;
  static protocol::Members Describe();
};

/// Sets attributes; all of them, or none if one will not do.
///
/// Errors: TargetGroupNotFound, InvalidConfigurationRequest.
/// Thread: any. Source: Elastic Load Balancing v2 API Reference "ModifyTargetGroupAttributes".
runtime::Task<ModifyTargetGroupAttributesResponse> ModifyTargetGroupAttributes(
    ElbService& elb, const protocol::RequestContext& context, ModifyTargetGroupAttributesRequest request);

}  // namespace cumulite::elb
