#pragma once
#include <vector>

#include "services/elb/shapes.h"

/// What the conditions and transforms of rules may be. Pure.
namespace cumulite::elb {

/// Checks the conditions of a rule and gives them as AWS shows them: hosts and paths in both their forms.
///
/// Errors: ValidationError.
/// Source: ELB API Reference "RuleCondition"; Application Load Balancers User Guide "Condition types for
/// listener rules", "Quotas".
std::vector<RuleCondition> ReadConditions(std::vector<RuleCondition> conditions);

/// Errors: ValidationError. Source: the same guide, "Transforms for listener rules".
void CheckTransforms(const std::vector<RuleTransform>& transforms);

}  // namespace cumulite::elb
