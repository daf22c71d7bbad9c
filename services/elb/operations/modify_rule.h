#pragma once
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/elb/shapes.h"

namespace cumulite::elb {
class ElbService;

struct ModifyRuleRequest {
  std::string rule_arn;
  std::vector<RuleCondition> conditions;
  std::vector<Action> actions;
  std::vector<RuleTransform> transforms;
  std::optional<bool> reset_transforms;
  static protocol::Members Describe();
};

struct ModifyRuleResponse {
  std::vector<Rule> rules;
  static protocol::Members Describe();
};

/// Replaces the conditions, actions or transforms of a rule, whichever are given.
///
/// Errors: TargetGroupAssociationLimit, IncompatibleProtocols, RuleNotFound, OperationNotPermitted,
/// TooManyRegistrationsForTargetId, TooManyTargets, TargetGroupNotFound, UnsupportedProtocol, TooManyActions,
/// InvalidLoadBalancerAction, TooManyUniqueTargetGroupsPerLoadBalancer. Thread: any. Source: Elastic Load
/// Balancing v2 API Reference "ModifyRule".
runtime::Task<ModifyRuleResponse> ModifyRule(ElbService& elb, const protocol::RequestContext& context,
                                             ModifyRuleRequest request);

}  // namespace cumulite::elb
