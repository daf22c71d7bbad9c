#include "services/dynamodb/partiql/statement_plan.h"

#include <algorithm>
#include <string>

#include "services/dynamodb/errors.h"
#include "services/dynamodb/expressions/operand_checks.h"

namespace cumulite::dynamodb {
namespace {

using Values = std::vector<const AttributeValue*>;

/// Reads a WHERE clause's tree for what it says of keys.
class KeyReader {
 public:
  explicit KeyReader(const Binding& where) : where_(where), tree_(*where.tree) {}

  /// The conditions that all have to hold.
  std::vector<const Node*> Conjuncts(const Node& node) const {
    std::vector<const Node*> parts;
    AddConjuncts(node, parts);
    return parts;
  }

  /// The values that a condition allows to an attribute: by =, IN or an OR of those; empty when it is
  /// another.
  Values Allowed(const Node& condition, std::string_view attribute) const {
    Values values;
    if (!AddAllowed(condition, attribute, values)) values.clear();
    return values;
  }

  /// The condition as one on a key attribute, if an index serves it.
  std::optional<KeyTerm> TermOn(const Node& condition, std::string_view attribute) const {
    const auto op = OperatorOfNode(condition);
    if (!op) return std::nullopt;
    KeyTerm term{.attribute = attribute, .op = *op};
    if (const Node* value = MirroredValue(condition, attribute)) {
      term.op = Mirrored(*op);
      term.value = &where_.ValueOf(*value);
      return term;
    }
    if (!IsAttribute(tree_.Child(condition, 0), attribute)) return std::nullopt;
    for (std::size_t i = 1; i < condition.count; ++i) {
      const Node& operand = tree_.Child(condition, i);
      if (operand.kind != NodeKind::kValue) return std::nullopt;
      (i == 1 ? term.value : term.high) = &where_.ValueOf(operand);
    }
    return term;
  }

 private:
  void AddConjuncts(const Node& node, std::vector<const Node*>& parts) const {
    if (node.kind != NodeKind::kAnd) {
      parts.push_back(&node);
      return;
    }
    for (std::size_t i = 0; i < node.count; ++i) AddConjuncts(tree_.Child(node, i), parts);
  }

  /// The value of `'x' < attribute`; null for other conditions.
  const Node* MirroredValue(const Node& condition, std::string_view attribute) const {
    const bool compares = condition.kind >= NodeKind::kEqual && condition.kind <= NodeKind::kGreaterOrEqual;
    if (!compares || condition.count != 2) return nullptr;
    const Node& value = tree_.Child(condition, 0);
    const bool mirrored = value.kind == NodeKind::kValue && IsAttribute(tree_.Child(condition, 1), attribute);
    return mirrored ? &value : nullptr;
  }

  static KeyOperator Mirrored(KeyOperator op) {
    switch (op) {
      case KeyOperator::kLess:
        return KeyOperator::kGreater;
      case KeyOperator::kLessOrEqual:
        return KeyOperator::kGreaterOrEqual;
      case KeyOperator::kGreater:
        return KeyOperator::kLess;
      case KeyOperator::kGreaterOrEqual:
        return KeyOperator::kLessOrEqual;
      default:
        return op;
    }
  }

  bool IsAttribute(const Node& node, std::string_view attribute) const {
    return node.kind == NodeKind::kPath && node.count == 1 && where_.NameOf(*tree_.Steps(node)) == attribute;
  }

  bool AddAllowed(const Node& condition, std::string_view attribute, Values& values) const {
    if (condition.kind == NodeKind::kOr) {
      for (std::size_t i = 0; i < condition.count; ++i) {
        const auto parts = Conjuncts(tree_.Child(condition, i));
        const auto one = std::ranges::find_if(
            parts, [&](const Node* part) { return AddAllowed(*part, attribute, values); });
        if (one == parts.end()) return false;
      }
      return true;
    }
    if (condition.kind != NodeKind::kEqual && condition.kind != NodeKind::kIn) return false;
    if (const Node* value = MirroredValue(condition, attribute)) {
      values.push_back(&where_.ValueOf(*value));
      return true;
    }
    if (!IsAttribute(tree_.Child(condition, 0), attribute)) return false;
    for (std::size_t i = 1; i < condition.count; ++i) {
      if (tree_.Child(condition, i).kind != NodeKind::kValue) return false;
    }
    for (std::size_t i = 1; i < condition.count; ++i)
      values.push_back(&where_.ValueOf(tree_.Child(condition, i)));
    return true;
  }

  static std::optional<KeyOperator> OperatorOfNode(const Node& node) {
    switch (node.kind) {
      case NodeKind::kEqual:
        return KeyOperator::kEqual;
      case NodeKind::kLess:
        return KeyOperator::kLess;
      case NodeKind::kLessOrEqual:
        return KeyOperator::kLessOrEqual;
      case NodeKind::kGreater:
        return KeyOperator::kGreater;
      case NodeKind::kGreaterOrEqual:
        return KeyOperator::kGreaterOrEqual;
      case NodeKind::kBetween:
        return KeyOperator::kBetween;
      case NodeKind::kCall:
        if (node.function == Function::kBeginsWith) return KeyOperator::kBeginsWith;
        return std::nullopt;
      default:
        return std::nullopt;
    }
  }

  const Binding& where_;
  const SyntaxTree& tree_;
};

void CheckType(const KeyPart& part, const AttributeValue& value) {
  if (value.Is(part.type)) return;
  throw Invalid("Key attribute's data type should match its data type in table's schema: Key " +
                std::string(part.name));
}

Values Distinct(Values values) {
  std::ranges::stable_sort(values, [](const auto* a, const auto* b) { return IsLess(*a, *b); });
  const auto repeated = std::ranges::unique(values, [](const auto* a, const auto* b) { return *a == *b; });
  values.erase(repeated.begin(), repeated.end());
  return values;
}

/// The values of a HASH attribute that a clause asks for, in order and each once; empty: it asks for all.
Values HashValues(const KeyReader& reader, const std::vector<const Node*>& conjuncts, const KeyPart& part) {
  for (const Node* condition : conjuncts) {
    Values values = reader.Allowed(*condition, part.name);
    if (values.empty()) continue;
    for (const AttributeValue* value : values) CheckType(part, *value);
    return Distinct(std::move(values));
  }
  return {};
}

/// The conditions on RANGE attributes that a Query takes: = from the left, then one of another kind.
std::vector<KeyTerm> RangeTerms(const KeyReader& reader, const std::vector<const Node*>& conjuncts,
                                const KeyShape& keys) {
  std::vector<KeyTerm> terms;
  for (const KeyPart& part : keys.range) {
    std::optional<KeyTerm> found;
    for (const Node* condition : conjuncts) {
      if (found) break;
      found = reader.TermOn(*condition, part.name);
    }
    if (!found) break;
    CheckType(part, *found->value);
    if (found->high != nullptr) CheckType(part, *found->high);
    terms.push_back(*found);
    if (found->op != KeyOperator::kEqual) break;
  }
  return terms;
}

/// One KeyCondition for each combination of HASH values.
std::vector<KeyCondition> Partitions(const KeyReader& reader, const Node& root, const KeyShape& keys) {
  const auto conjuncts = reader.Conjuncts(root);
  std::vector<std::vector<KeyTerm>> partitions = {{}};
  for (const KeyPart& part : keys.hash) {
    const Values values = HashValues(reader, conjuncts, part);
    if (values.empty()) return {};
    std::vector<std::vector<KeyTerm>> combined;
    for (const auto& partition : partitions) {
      for (const AttributeValue* value : values) {
        combined.push_back(partition);
        combined.back().push_back({.attribute = part.name, .value = value});
      }
    }
    partitions = std::move(combined);
    // AWS takes 50 values of a HASH attribute.
    if (partitions.size() > 50) throw Invalid("Too many decomposed read operations for a given query.");
  }
  const std::vector<KeyTerm> range = RangeTerms(reader, conjuncts, keys);
  std::vector<KeyCondition> conditions;
  for (auto& partition : partitions) {
    partition.insert(partition.end(), range.begin(), range.end());
    conditions.emplace_back(std::move(partition));
  }
  return conditions;
}

bool IsOneOf(const std::vector<KeyPart>& parts, std::string_view attribute) {
  return std::ranges::find(parts, attribute, &KeyPart::name) != parts.end();
}

void Arrange(const std::vector<OrderKey>& order, const KeyShape& keys, ReadPlan& plan) {
  if (order.empty()) return;
  if (plan.partitions.empty()) {
    throw Invalid(
        "Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.");
  }
  bool has_hash = false;
  for (const OrderKey& key : order) {
    const bool is_hash = IsOneOf(keys.hash, key.attribute);
    has_hash = has_hash || is_hash;
    if (is_hash && key.descending) std::ranges::reverse(plan.partitions);
    if (is_hash) continue;
    if (!IsOneOf(keys.range, key.attribute)) {
      throw Invalid("Variable reference " + key.attribute +
                    " in ORDER BY clause must be part of the primary key");
    }
    plan.forward = !key.descending;
  }
  if (!has_hash && plan.partitions.size() > 1) {
    throw Invalid(
        "Must have hash key in ORDER BY clause when more than one hash key condition specified in WHERE "
        "clause.");
  }
}

}  // namespace

ReadPlan PlanRead(const Statement& statement, const KeyShape& keys) {
  ReadPlan plan;
  if (statement.where) {
    const KeyReader reader(*statement.where);
    plan.partitions = Partitions(reader, statement.where->tree->nodes[statement.where->tree->root], keys);
    plan.filter.emplace(*statement.where);
  }
  Arrange(statement.order, keys, plan);
  return plan;
}

namespace {

/// The key that a clause names; nothing when it leaves some of it open.
std::optional<AttributeMap> KeyOf(const Statement& statement, const KeyShape& keys) {
  if (!statement.where) return std::nullopt;
  const KeyReader reader(*statement.where);
  const auto conjuncts = reader.Conjuncts(statement.where->tree->nodes[statement.where->tree->root]);
  AttributeMap key;
  for (const auto* parts : {&keys.hash, &keys.range}) {
    for (const KeyPart& part : *parts) {
      const Values values = HashValues(reader, conjuncts, part);
      if (values.size() != 1) return std::nullopt;
      key.Set(std::string(part.name), *values.front());
    }
  }
  return key;
}

}  // namespace

bool NamesItem(const Statement& statement, const KeyShape& keys) {
  return KeyOf(statement, keys).has_value();
}

ItemPlan PlanItem(const Statement& statement, const KeyShape& keys) {
  auto key = KeyOf(statement, keys);
  if (!key) throw Invalid("Where clause does not contain a mandatory equality on all key attributes");
  return {.key = *std::move(key), .condition = Condition(*statement.where)};
}

}  // namespace cumulite::dynamodb
