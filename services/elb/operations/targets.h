#pragma once
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/elb/shapes.h"

namespace cumulite::elb {
class ElbService;

struct RegisterTargetsRequest {
  std::string target_group_arn;
  std::vector<TargetDescription> targets;
  static protocol::Members Describe();
};

struct RegisterTargetsResponse {
  static protocol::Members Describe() { return {}; }
};

/// Adds targets to a group; those that are registered already stay as they are, those that drain begin anew.
///
/// Errors: TargetGroupNotFound, TooManyTargets, InvalidTarget, TooManyRegistrationsForTargetId.
/// Thread: any. Source: Elastic Load Balancing v2 API Reference "RegisterTargets".
runtime::Task<RegisterTargetsResponse> RegisterTargets(ElbService& elb,
                                                       const protocol::RequestContext& context,
                                                       RegisterTargetsRequest request);

struct DeregisterTargetsRequest {
  std::string target_group_arn;
  std::vector<TargetDescription> targets;
  static protocol::Members Describe();
};

struct DeregisterTargetsResponse {
  static protocol::Members Describe() { return {}; }
};

/// Takes targets out of a group. Where rules forward to it they drain first; others are gone at once.
///
/// Errors: TargetGroupNotFound, InvalidTarget.
/// Thread: any. Source: Elastic Load Balancing v2 API Reference "DeregisterTargets".
runtime::Task<DeregisterTargetsResponse> DeregisterTargets(ElbService& elb,
                                                           const protocol::RequestContext& context,
                                                           DeregisterTargetsRequest request);

}  // namespace cumulite::elb
