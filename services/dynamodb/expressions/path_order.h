#pragma once
#include <cstdint>
#include <vector>

#include "services/dynamodb/expressions/binding.h"

namespace cumulite::dynamodb {

/// Paths in the order of their steps, list elements by index, so that those with a common beginning follow
/// each other. `paths` are nodes of the tree.
/// Errors: ValidationException when one path is the beginning of another ("overlap") or two take one value
/// for a list and for a map ("conflict").
std::vector<std::uint32_t> InOrder(ExpressionKind kind, const Binding& binding,
                                   std::vector<std::uint32_t> paths);

/// Whether two paths begin with the same `count` steps.
bool SameBeginning(const Binding& binding, const Node& a, const Node& b, std::size_t count);

}  // namespace cumulite::dynamodb
