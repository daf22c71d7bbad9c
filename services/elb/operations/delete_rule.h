#pragma once
#include <string>

#include "protocol/operation.h"

namespace cumulite::elb {
class ElbService;

struct DeleteRuleRequest {
  std::string rule_arn;
  static protocol::Members Describe();
};

struct DeleteRuleResponse {
  static protocol::Members Describe() { return {}; }
};

/// Deletes a rule; a listener's default rule goes with the listener only.
///
/// Errors: RuleNotFound, OperationNotPermitted.
/// Thread: any. Source: Elastic Load Balancing v2 API Reference "DeleteRule".
runtime::Task<DeleteRuleResponse> DeleteRule(ElbService& elb, const protocol::RequestContext& context,
                                             DeleteRuleRequest request);

}  // namespace cumulite::elb
