#pragma once
#include <string>

#include "protocol/operation.h"

namespace cumulite::elb {
class ElbService;

struct DeleteTargetGroupRequest {
  std::string target_group_arn;
  static protocol::Members Describe();
};

struct DeleteTargetGroupResponse {
  static protocol::Members Describe() { return {}; }
};

/// Deletes a target group that no rule forwards to. One that is not there is no error.
///
/// Errors: ResourceInUse.
/// Thread: any. Source: Elastic Load Balancing v2 API Reference "DeleteTargetGroup".
runtime::Task<DeleteTargetGroupResponse> DeleteTargetGroup(ElbService& elb,
                                                           const protocol::RequestContext& context,
                                                           DeleteTargetGroupRequest request);

}  // namespace cumulite::elb
