#include "services/dynamodb/expressions/key_condition.h"

#include <algorithm>
#include <array>
#include <string>

#include "services/dynamodb/errors.h"

namespace cumulite::dynamodb {
namespace {

constexpr std::size_t kMaxTerms = 8;  // four HASH and four RANGE attributes

[[noreturn]] void RefuseOperator(std::string_view name) {
  throw Invalid("Invalid operator used in KeyConditionExpression: " + std::string(name));
}

[[noreturn]] void RefuseCondition(std::string_view problem) {
  throw Invalid("Invalid condition in KeyConditionExpression: " + std::string(problem));
}

KeyOperator OperatorOfNode(const Node& node, bool mirrored) {
  switch (node.kind) {
    case NodeKind::kLess:
      return mirrored ? KeyOperator::kGreater : KeyOperator::kLess;
    case NodeKind::kLessOrEqual:
      return mirrored ? KeyOperator::kGreaterOrEqual : KeyOperator::kLessOrEqual;
    case NodeKind::kGreater:
      return mirrored ? KeyOperator::kLess : KeyOperator::kGreater;
    case NodeKind::kGreaterOrEqual:
      return mirrored ? KeyOperator::kLessOrEqual : KeyOperator::kGreaterOrEqual;
    case NodeKind::kBetween:
      return KeyOperator::kBetween;
    case NodeKind::kCall:
      return KeyOperator::kBeginsWith;
    default:
      return KeyOperator::kEqual;
  }
}

/// Only comparisons, BETWEEN and begins_with, joined by AND.
void CheckOperators(const SyntaxTree& tree) {
  for (const Node& node : tree.nodes) {
    if (node.kind == NodeKind::kOr || node.kind == NodeKind::kNot || node.kind == NodeKind::kNotEqual ||
        node.kind == NodeKind::kIn) {
      RefuseOperator(OperatorOf(node.kind));
    }
    if (node.kind == NodeKind::kCall && node.function != Function::kBeginsWith) {
      RefuseOperator(NameOf(node.function));
    }
  }
}

KeyTerm TermOf(const Binding& binding, const Node& node) {
  const SyntaxTree& tree = *binding.tree;
  std::size_t paths = 0;
  std::size_t path_at = 0;
  for (std::size_t i = 0; i < node.count; ++i) {
    const Node& operand = tree.Child(node, i);
    if (operand.kind != NodeKind::kPath && operand.kind != NodeKind::kValue) {
      throw Invalid("KeyConditionExpressions cannot contain nested operations");
    }
    if (operand.kind != NodeKind::kPath) continue;
    if (operand.count > 1)
      throw Invalid("KeyConditionExpressions cannot have conditions on nested attributes");
    path_at = i;
    ++paths;
  }
  if (paths == 0) RefuseCondition("No key attribute specified");
  if (paths > 1) RefuseCondition("Multiple attribute names used in one condition");
  if (path_at > 0 && (node.kind == NodeKind::kBetween || node.kind == NodeKind::kCall)) {
    RefuseCondition(
        std::string(node.kind == NodeKind::kBetween ? "BETWEEN operator" : "begins_with function") +
        " must have the key attribute as its first operand");
  }
  KeyTerm term{.attribute = binding.NameOf(*tree.Steps(tree.Child(node, path_at))),
               .op = OperatorOfNode(node, path_at > 0),
               .value = &binding.ValueOf(tree.Child(node, path_at > 0 ? 0 : 1))};
  if (node.kind == NodeKind::kBetween) term.high = &binding.ValueOf(tree.Child(node, 2));
  return term;
}

void AddTerms(const Binding& binding, const Node& node, std::vector<KeyTerm>& terms) {
  if (node.kind == NodeKind::kAnd) {
    for (std::size_t i = 0; i < node.count; ++i) AddTerms(binding, binding.tree->Child(node, i), terms);
    return;
  }
  const KeyTerm term = TermOf(binding, node);
  if (std::ranges::find(terms, term.attribute, &KeyTerm::attribute) != terms.end() ||
      terms.size() == kMaxTerms) {
    throw Invalid("KeyConditionExpressions must only contain one condition per key");
  }
  terms.push_back(term);
}

bool IsEmpty(const AttributeValue& value) {
  if (const auto* text = value.If<std::string>()) return text->empty();
  const auto* binary = value.If<Binary>();
  return binary != nullptr && binary->bytes.empty();
}

void CheckValue(const KeyTerm& term, const KeyPart& part, const AttributeValue* value) {
  if (value == nullptr) return;
  if (!value->Is(part.type)) throw InvalidValue("Condition parameter type does not match schema type");
  if (!IsEmpty(*value)) return;
  throw Invalid(
      "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an "
      "empty " +
      std::string(part.type == AttributeType::kS ? "string" : "binary") +
      " value. Key: " + std::string(term.attribute));
}

void CheckValues(const KeyTerm& term, const KeyPart& part) {
  CheckValue(term, part, term.value);
  CheckValue(term, part, term.high);
}

[[noreturn]] void RefuseMissing(std::string_view attribute) {
  throw Invalid("Query condition missed key schema element: " + std::string(attribute));
}

[[noreturn]] void RefuseOpenHash(std::string_view attribute) {
  throw Invalid("Query key condition must give every HASH key attribute by equality; key attribute: " +
                std::string(attribute));
}

/// A range operator ends the list, which has no gaps.
[[noreturn]] void RefuseRangeGap() {
  throw Invalid(
      "Query key condition must give RANGE key attributes in the order of the key, all but the last by "
      "equality");
}

[[noreturn]] void RefuseUnsupported() { throw Invalid("Query key condition not supported"); }

}  // namespace

KeyCondition KeyCondition::Compile(ExpressionCache& cache, std::string_view text,
                                   Substitutions& substitutions) {
  constexpr auto kKind = ExpressionKind::kKeyCondition;
  const Binding binding = Bind(kKind, cache.Parse(kKind, text), substitutions);
  CheckOperators(*binding.tree);
  std::vector<KeyTerm> terms;
  AddTerms(binding, binding.tree->nodes[binding.tree->root], terms);
  KeyCondition condition(std::move(terms));
  condition.tree_ = binding.tree;
  return condition;
}

const KeyTerm* KeyCondition::Find(std::string_view attribute) const {
  const auto found = std::ranges::find(terms_, attribute, &KeyTerm::attribute);
  return found == terms_.end() ? nullptr : &*found;
}

KeyRange KeyCondition::Resolve(const KeyShape& keys) const {
  KeyRange range;
  std::size_t used = 0;
  const bool composite = keys.hash.size() > 1 || keys.range.size() > 1;
  for (const KeyPart& part : keys.hash) {
    const KeyTerm* term = Find(part.name);
    if (composite && (term == nullptr || term->op != KeyOperator::kEqual)) RefuseOpenHash(part.name);
    if (term == nullptr) RefuseMissing(part.name);
    if (term->op != KeyOperator::kEqual) RefuseUnsupported();
    CheckValues(*term, part);
    range.hash.push_back(term->value);
    ++used;
  }
  for (const KeyPart& part : keys.range) {
    if (used == terms_.size()) break;
    const KeyTerm* term = Find(part.name);
    if (composite && (term == nullptr || range.bound != nullptr)) RefuseRangeGap();
    if (term == nullptr) RefuseMissing(part.name);
    CheckValues(*term, part);
    ++used;
    if (term->op == KeyOperator::kEqual) {
      range.range.push_back(term->value);
    } else {
      range.bound = term;
    }
  }
  if (used < terms_.size()) RefuseUnsupported();
  return range;
}

}  // namespace cumulite::dynamodb
