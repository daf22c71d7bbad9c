#include "services/dynamodb/legacy/comparison.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string>

#include "services/dynamodb/errors.h"
#include "services/dynamodb/expressions/operand_checks.h"
#include "services/dynamodb/expressions/type_set.h"

namespace cumulite::dynamodb {
namespace {

struct Rule {
  std::string_view name;
  std::size_t min_arguments;
  std::size_t max_arguments;
  TypeSet types;
  NodeKind node;
  Function function = Function::kUnknown;
};

constexpr std::size_t kAny = std::numeric_limits<std::size_t>::max();
constexpr TypeSet kBeginnings = TypeSet::Of(AttributeType::kS, AttributeType::kB);

/// In the order of Comparison.
constexpr std::array<Rule, 13> kRules = {{
    {"EQ", 1, 1, TypeSet::All(), NodeKind::kEqual},
    {"NE", 1, 1, TypeSet::All(), NodeKind::kNotEqual},
    {"LE", 1, 1, kOrderedTypes, NodeKind::kLessOrEqual},
    {"LT", 1, 1, kOrderedTypes, NodeKind::kLess},
    {"GE", 1, 1, kOrderedTypes, NodeKind::kGreaterOrEqual},
    {"GT", 1, 1, kOrderedTypes, NodeKind::kGreater},
    {"NOT_NULL", 0, 0, TypeSet::All(), NodeKind::kCall, Function::kAttributeExists},
    {"NULL", 0, 0, TypeSet::All(), NodeKind::kCall, Function::kAttributeNotExists},
    {"CONTAINS", 1, 1, kOrderedTypes, NodeKind::kCall, Function::kContains},
    {"NOT_CONTAINS", 1, 1, kOrderedTypes, NodeKind::kCall, Function::kContains},
    {"BEGINS_WITH", 1, 1, kBeginnings, NodeKind::kCall, Function::kBeginsWith},
    {"IN", 1, kAny, kOrderedTypes, NodeKind::kIn},
    {"BETWEEN", 2, 2, kOrderedTypes, NodeKind::kBetween},
}};

const Rule& RuleOf(Comparison comparison) { return kRules[static_cast<std::size_t>(comparison)]; }

}  // namespace

Comparison ComparisonOf(std::string_view name) {
  return static_cast<Comparison>(std::ranges::find(kRules, name, &Rule::name) - kRules.begin());
}

std::string_view NameOf(Comparison comparison) { return RuleOf(comparison).name; }

void CheckArguments(Comparison comparison, std::span<const AttributeValue* const> arguments) {
  const Rule& rule = RuleOf(comparison);
  const std::string name(rule.name);
  if (arguments.size() < rule.min_arguments || arguments.size() > rule.max_arguments) {
    throw InvalidValue("Invalid number of argument(s) for the " + name + " ComparisonOperator");
  }
  for (const AttributeValue* argument : arguments) {
    if (argument->type() != arguments.front()->type()) {
      throw InvalidValue("AttributeValues inside AttributeValueList must be of same type");
    }
    if (!rule.types.Has(argument->type())) {
      throw InvalidValue("ComparisonOperator " + name + " is not valid for " +
                         std::string(TypeName(argument->type())) + " AttributeValue type");
    }
  }
  if (comparison == Comparison::kBetween && IsLess(*arguments[1], *arguments[0])) {
    throw InvalidValue(
        "The BETWEEN condition was provided a range where the lower bound is greater than the upper bound");
  }
}

std::uint32_t AddComparison(TreeBuilder& builder, std::string_view attribute, Comparison comparison,
                            std::size_t arguments) {
  const Rule& rule = RuleOf(comparison);
  const std::array path = {PathStep{.name = attribute}};
  std::vector<std::uint32_t> operands = {builder.AddPath(path)};
  for (std::size_t i = 0; i < arguments; ++i) operands.push_back(builder.AddConstant());
  if (rule.node != NodeKind::kCall) return builder.Add(rule.node, operands);
  const std::uint32_t call = builder.AddCall(rule.function, NameOf(rule.function), operands);
  if (comparison != Comparison::kNotContains) return call;
  // NOT_CONTAINS is false where there is nothing to look into.
  const std::uint32_t exists = builder.AddCall(Function::kAttributeExists, NameOf(Function::kAttributeExists),
                                               std::array{builder.AddPath(path)});
  return builder.Add(NodeKind::kAnd, std::array{exists, builder.Add(NodeKind::kNot, std::array{call})});
}

}  // namespace cumulite::dynamodb
