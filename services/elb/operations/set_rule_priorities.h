#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/elb/shapes.h"

namespace cumulite::elb {
class ElbService;

struct RulePriorityPair {
  std::optional<std::string> rule_arn;
  std::optional<std::int32_t> priority;
  static protocol::Members Describe();
};

struct SetRulePrioritiesRequest {
  std::vector<RulePriorityPair> rule_priorities;
  static protocol::Members Describe();
};

struct SetRulePrioritiesResponse {
  std::vector<Rule> rules;
  static protocol::Members Describe();
};

/// Gives rules other priorities, all at once: rules may change places. Rules that are not named keep theirs.
///
/// Errors: RuleNotFound, PriorityInUse, OperationNotPermitted.
/// Thread: any. Source: Elastic Load Balancing v2 API Reference "SetRulePriorities".
runtime::Task<SetRulePrioritiesResponse> SetRulePriorities(ElbService& elb,
                                                           const protocol::RequestContext& context,
                                                           SetRulePrioritiesRequest request);

}  // namespace cumulite::elb
