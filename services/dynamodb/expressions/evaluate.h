#pragma once
#include "services/dynamodb/expressions/binding.h"

namespace cumulite::dynamodb {

/// What the path leads to in the item; null when there is nothing.
const AttributeValue* FindPath(const Binding& binding, const Node& path, const AttributeMap& item);

/// An operand's value: a path's, a given one, size() or a sum. `room` holds what is computed. Null when there
/// is none: a missing path, or a type without size.
const AttributeValue* ValueOf(const Binding& binding, const Node& operand, const AttributeMap& item,
                              AttributeValue& room);

/// Whether the node, a condition, is true of the item. Depth is bounded by the operators that a tree may
/// have.
bool IsTrue(const Binding& binding, const Node& condition, const AttributeMap& item);

}  // namespace cumulite::dynamodb
