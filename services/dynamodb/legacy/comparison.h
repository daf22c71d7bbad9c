#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "services/dynamodb/expressions/tree_builder.h"
#include "services/dynamodb/items/attribute_value.h"

namespace cumulite::dynamodb {

/// The ComparisonOperators of the legacy parameters.
enum class Comparison : std::uint8_t {
  kEq,
  kNe,
  kLe,
  kLt,
  kGe,
  kGt,
  kNotNull,
  kNull,
  kContains,
  kNotContains,
  kBeginsWith,
  kIn,
  kBetween
};

/// The operator of this name; it must be one, as the request's table makes sure.
Comparison ComparisonOf(std::string_view name);
std::string_view NameOf(Comparison comparison);

/// Errors: ValidationException for a wrong number of values, types that the operator does not take or that
/// differ, bounds in the wrong order.
void CheckArguments(Comparison comparison, std::span<const AttributeValue* const> arguments);

/// Adds "attribute OPERATOR arguments" to a tree, the arguments as its next constants.
std::uint32_t AddComparison(TreeBuilder& builder, std::string_view attribute, Comparison comparison,
                            std::size_t arguments);

}  // namespace cumulite::dynamodb
