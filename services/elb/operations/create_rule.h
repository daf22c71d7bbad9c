#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/elb/shapes.h"

namespace cumulite::elb {
class ElbService;

struct CreateRuleRequest {
  std::string listener_arn;
  std::vector<RuleCondition> conditions;
  std::int32_t priority = 0;
  std::vector<Action> actions;
  std::vector<Tag> tags;
  std::vector<RuleTransform> transforms;
  static protocol::Members Describe();
};

struct CreateRuleResponse {
  std::vector<Rule> rules;
  static protocol::Members Describe();
};

/// Makes a rule of an application load balancer's listener.
///
/// Errors: PriorityInUse, TooManyTargetGroups, TooManyRules, TargetGroupAssociationLimit,
/// IncompatibleProtocols, ListenerNotFound, TargetGroupNotFound, InvalidConfigurationRequest,
/// TooManyRegistrationsForTargetId, TooManyTargets, UnsupportedProtocol, TooManyActions,
/// InvalidLoadBalancerAction, TooManyUniqueTargetGroupsPerLoadBalancer, TooManyTags. Thread: any. Source:
/// Elastic Load Balancing v2 API Reference "CreateRule".
runtime::Task<CreateRuleResponse> CreateRule(ElbService& elb, const protocol::RequestContext& context,
                                             CreateRuleRequest request);

}  // namespace cumulite::elb
