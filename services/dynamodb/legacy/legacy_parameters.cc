#include "services/dynamodb/legacy/legacy_parameters.h"

#include <algorithm>
#include <array>
#include <memory>

#include "services/dynamodb/errors.h"
#include "services/dynamodb/legacy/comparison.h"
#include "services/dynamodb/operations/expression_inputs.h"
#include "services/dynamodb/operations/update_item.h"

namespace cumulite::dynamodb {
namespace {

using Arguments = std::vector<const AttributeValue*>;

const AttributeValue* Checked(const ValueInput& input) {
  if (!input.problem.empty()) throw Invalid(input.problem);
  return &input.value;
}

Arguments ListOf(const std::optional<std::vector<ValueInput>>& list) {
  Arguments arguments;
  if (!list) return arguments;
  arguments.reserve(list->size());
  for (const ValueInput& input : *list) arguments.push_back(Checked(input));
  return arguments;
}

/// Conditions on attributes, one after the other, into one tree.
class ConditionBuilder {
 public:
  void Add(std::string_view attribute, Comparison comparison, const Arguments& arguments) {
    CheckArguments(comparison, arguments);
    conditions_.push_back(AddComparison(builder_, attribute, comparison, arguments.size()));
    values_.insert(values_.end(), arguments.begin(), arguments.end());
  }

  Condition Build(const std::optional<std::string>& conditional_operator) {
    const bool any = conditional_operator == "OR" && !conditions_.empty();
    tree_->root = conditions_.size() == 1 ? conditions_.front()
                                          : builder_.Add(any ? NodeKind::kOr : NodeKind::kAnd, conditions_);
    return Condition(Binding{.tree = tree_, .values = std::move(values_)});
  }

 private:
  std::shared_ptr<SyntaxTree> tree_ = std::make_shared<SyntaxTree>();
  TreeBuilder builder_{*tree_};
  Arguments values_;
  std::vector<std::uint32_t> conditions_;
};

[[noreturn]] void RefuseExpected(std::string problem, const std::string& attribute) {
  throw InvalidValue(problem.append(" for Attribute: ").append(attribute));
}

void AddByOperator(ConditionBuilder& builder, const std::string& attribute,
                   const ExpectedAttributeValue& expected) {
  const Comparison comparison = ComparisonOf(*expected.comparison_operator);
  if (expected.exists) RefuseExpected("Exists and ComparisonOperator cannot be used together", attribute);
  if (expected.value && expected.attribute_value_list) {
    RefuseExpected("Value and AttributeValueList cannot be used together", attribute);
  }
  const bool wants_none = comparison == Comparison::kNull || comparison == Comparison::kNotNull;
  if (!expected.value && !expected.attribute_value_list && !wants_none) {
    RefuseExpected(
        "Value or AttributeValueList must be used with ComparisonOperator: " + *expected.comparison_operator,
        attribute);
  }
  builder.Add(attribute, comparison,
              expected.value ? Arguments{Checked(*expected.value)} : ListOf(expected.attribute_value_list));
}

void AddByExistence(ConditionBuilder& builder, const std::string& attribute,
                    const ExpectedAttributeValue& expected) {
  if (expected.attribute_value_list) {
    RefuseExpected("AttributeValueList can only be used with a ComparisonOperator", attribute);
  }
  if (!expected.exists.value_or(true)) {
    if (expected.value) RefuseExpected("Value cannot be used when Exists is false", attribute);
    builder.Add(attribute, Comparison::kNull, {});
    return;
  }
  if (!expected.value) {
    RefuseExpected(
        std::string("Value must be provided when Exists is ") + (expected.exists ? "true" : "null"),
        attribute);
  }
  builder.Add(attribute, Comparison::kEq, {Checked(*expected.value)});
}

std::optional<KeyOperator> KeyOperatorOf(Comparison comparison) {
  switch (comparison) {
    case Comparison::kEq:
      return KeyOperator::kEqual;
    case Comparison::kLe:
      return KeyOperator::kLessOrEqual;
    case Comparison::kLt:
      return KeyOperator::kLess;
    case Comparison::kGe:
      return KeyOperator::kGreaterOrEqual;
    case Comparison::kGt:
      return KeyOperator::kGreater;
    case Comparison::kBeginsWith:
      return KeyOperator::kBeginsWith;
    case Comparison::kBetween:
      return KeyOperator::kBetween;
    default:
      return std::nullopt;
  }
}

Section SectionOf(const ValueInputUpdate& update) {
  const std::string_view action = update.action ? std::string_view(*update.action) : "PUT";
  if (action == "DELETE") return update.value ? Section::kDelete : Section::kRemove;
  if (!update.value) throw InvalidValue("Only DELETE action is allowed when no attribute value is specified");
  return action == "ADD" ? Section::kAdd : Section::kSet;
}

void CheckUpdate(Section section, const AttributeValue& value) {
  const bool is_set =
      value.Is(AttributeType::kSS) || value.Is(AttributeType::kNS) || value.Is(AttributeType::kBS);
  const std::string type(TypeName(value.type()));
  if (section == Section::kDelete && !is_set) {
    throw InvalidValue("DELETE action with value is not supported for the type " + type);
  }
  const bool adds = is_set || value.Is(AttributeType::kN) || value.Is(AttributeType::kL);
  if (section == Section::kAdd && !adds)
    throw InvalidValue("ADD action is not supported for the type " + type);
}

}  // namespace

void CheckConditionalOperator(const std::optional<std::string>& conditional_operator, bool has_conditions) {
  if (conditional_operator && !has_conditions) {
    throw InvalidValue("ConditionalOperator cannot be used without Filter or Expected");
  }
}

Condition ConditionOf(const Expected& expected, const std::optional<std::string>& conditional_operator) {
  ConditionBuilder builder;
  for (const auto& [attribute, entry] : expected) {
    if (entry.comparison_operator) {
      AddByOperator(builder, attribute, entry);
    } else {
      AddByExistence(builder, attribute, entry);
    }
  }
  return builder.Build(conditional_operator);
}

Condition ConditionOf(const AttributeConditions& filter,
                      const std::optional<std::string>& conditional_operator) {
  ConditionBuilder builder;
  for (const auto& [attribute, condition] : filter) {
    builder.Add(attribute, ComparisonOf(condition.comparison_operator),
                ListOf(condition.attribute_value_list));
  }
  return builder.Build(conditional_operator);
}

KeyCondition KeyConditionOf(const AttributeConditions& key_conditions) {
  std::vector<KeyTerm> terms;
  for (const auto& [attribute, condition] : key_conditions) {
    const Comparison comparison = ComparisonOf(condition.comparison_operator);
    const Arguments arguments = ListOf(condition.attribute_value_list);
    CheckArguments(comparison, arguments);
    const auto op = KeyOperatorOf(comparison);
    if (!op) throw Invalid("Attempted conditional constraint is not an indexable operation");
    terms.push_back({attribute, *op, arguments.front(), arguments.size() > 1 ? arguments[1] : nullptr});
  }
  if (terms.empty() || terms.size() > 2) throw Invalid("Conditions can be of length 1 or 2 only");
  return KeyCondition(std::move(terms));
}

Update UpdateOf(const AttributeUpdates& updates) {
  const auto tree = std::make_shared<SyntaxTree>();
  TreeBuilder builder(*tree);
  Arguments values;
  for (const auto& [attribute, update] : updates) {
    CheckAttributeName(attribute);
    UpdateAction action{.section = SectionOf(update)};
    action.path = builder.AddPath(std::array{PathStep{.name = attribute}});
    if (update.value) {
      values.push_back(Checked(*update.value));
      CheckUpdate(action.section, *values.back());
      action.value = builder.AddConstant();
    }
    tree->actions.push_back(action);
  }
  return Update(Binding{.tree = tree, .values = std::move(values)}, Update::Wording::kAttributeUpdates);
}

void RefuseKeysInQueryFilter(const AttributeConditions& filter, const std::vector<std::string_view>& keys) {
  for (const auto& [attribute, condition] : filter) {
    if (std::ranges::find(keys, attribute) == keys.end()) continue;
    throw Invalid("QueryFilter can only contain non-primary key attributes: Primary key attribute: " +
                  attribute);
  }
}

}  // namespace cumulite::dynamodb
