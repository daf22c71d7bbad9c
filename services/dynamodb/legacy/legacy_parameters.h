#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/dynamodb/expressions/condition.h"
#include "services/dynamodb/expressions/key_condition.h"
#include "services/dynamodb/expressions/update.h"
#include "services/dynamodb/shapes.h"

namespace cumulite::dynamodb {
struct ValueInputUpdate;

using Expected = std::map<std::string, ExpectedAttributeValue>;
/// KeyConditions, QueryFilter or ScanFilter.
using AttributeConditions = std::map<std::string, LegacyCondition>;
using AttributeUpdates = std::map<std::string, ValueInputUpdate>;

// The parameters from before expressions, translated into the same plans. What they give looks into the
// request.
// Source: DynamoDB Developer Guide "Legacy conditional parameters" and the pages of each.

/// Errors: ValidationException for a ConditionalOperator without conditions to join.
void CheckConditionalOperator(const std::optional<std::string>& conditional_operator, bool has_conditions);

/// Conditions joined by `conditional_operator`, AND when absent.
/// Errors: ValidationException for entries that contradict themselves, and as CheckArguments.
Condition ConditionOf(const Expected& expected, const std::optional<std::string>& conditional_operator);
/// A QueryFilter or ScanFilter.
Condition ConditionOf(const AttributeConditions& filter,
                      const std::optional<std::string>& conditional_operator);

/// Errors: ValidationException "Conditions can be of length 1 or 2 only", operators that no index serves.
KeyCondition KeyConditionOf(const AttributeConditions& key_conditions);

/// Errors: ValidationException for values that the action does not take or lacks.
Update UpdateOf(const AttributeUpdates& updates);

/// Errors: ValidationException "QueryFilter can only contain non-primary key attributes: ...".
void RefuseKeysInQueryFilter(const AttributeConditions& filter, const std::vector<std::string_view>& keys);

}  // namespace cumulite::dynamodb
