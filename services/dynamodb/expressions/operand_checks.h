#pragma once
#include "services/dynamodb/expressions/binding.h"

namespace cumulite::dynamodb {

/// What AWS asks of operands, in its order, each rule over the whole expression: their number, the types of
/// values, paths where only paths make sense, a first operand that differs from the others. Values that
/// items will bring are not asked about.
/// Errors: ValidationException "Invalid X: ...".
void CheckOperands(ExpressionKind kind, const Binding& binding);

/// What BETWEEN asks of two bounds that are values; empty: nothing is wrong.
std::string BoundsProblem(const AttributeValue& low, const AttributeValue& high);

/// Whether a < b; both of one type, S, N or B.
bool IsLess(const AttributeValue& a, const AttributeValue& b);

/// "AttributeValue: {S:x}", as messages show a string, number or binary.
std::string Shown(const AttributeValue& value);

}  // namespace cumulite::dynamodb
