#include "services/dynamodb/expressions/condition_parser.h"

#include <array>
#include <optional>

#include "services/dynamodb/expressions/parser.h"
#include "services/dynamodb/expressions/tree_checks.h"

namespace cumulite::dynamodb {
namespace {

std::optional<NodeKind> ComparisonOf(const Token& token) {
  if (token.kind != TokenKind::kSign) return std::nullopt;
  if (token.text == "=") return NodeKind::kEqual;
  if (token.text == "<>") return NodeKind::kNotEqual;
  if (token.text == "<") return NodeKind::kLess;
  if (token.text == "<=") return NodeKind::kLessOrEqual;
  if (token.text == ">") return NodeKind::kGreater;
  if (token.text == ">=") return NodeKind::kGreaterOrEqual;
  return std::nullopt;
}

}  // namespace

void ConditionParser::Parse() {
  const Term all = Or();
  RequireCondition(all);
  ExpectEnd();
  tree_.root = all.node;
}

/// A text within AWS's limits cannot nest so deep: each level has an operator or a redundant parenthesis.
void ConditionParser::Deeper() {
  if (++depth_ > 2 * kMaxOperators) RefuseTooDeep(kind_, tree_.text);
}

void ConditionParser::RequireCondition(const Term& term) const {
  if (!term.is_condition) Fail();
}

ConditionParser::Term ConditionParser::Join(NodeKind kind, std::string_view keyword, Rule part) {
  Term first = (this->*part)();
  if (!IsKeyword(Peek(), keyword)) return first;
  std::vector<std::uint32_t> parts;
  RequireCondition(first);
  parts.push_back(first.node);
  while (TakeKeyword(keyword)) {
    const Term next = (this->*part)();
    RequireCondition(next);
    parts.push_back(next.node);
  }
  return Condition(builder_.Add(kind, parts));
}

ConditionParser::Term ConditionParser::Or() { return Join(NodeKind::kOr, "OR", &ConditionParser::And); }
ConditionParser::Term ConditionParser::And() { return Join(NodeKind::kAnd, "AND", &ConditionParser::Not); }

ConditionParser::Term ConditionParser::Not() {
  if (!TakeKeyword("NOT")) return Comparison();
  Deeper();
  const Term inner = Not();
  --depth_;
  RequireCondition(inner);
  return Condition(builder_.Add(NodeKind::kNot, std::array{inner.node}));
}

ConditionParser::Term ConditionParser::Comparison() {
  const Term left = NextIs("(") ? InParentheses(&ConditionParser::Or) : Atom();
  if (!left.is_operand) return left;
  if (const auto comparison = ComparisonOf(Peek())) {
    Take();
    const std::uint32_t right = Operand();
    return Condition(builder_.Add(*comparison, std::array{left.node, right}));
  }
  if (TakeKeyword("BETWEEN")) return Between(left.node);
  if (TakeKeyword("IN")) return In(left.node);
  return left;
}

ConditionParser::Term ConditionParser::Between(std::uint32_t operand) {
  const std::uint32_t low = Operand();
  if (!TakeKeyword("AND")) Fail();
  const std::uint32_t high = Operand();
  return Condition(builder_.Add(NodeKind::kBetween, std::array{operand, low, high}));
}

ConditionParser::Term ConditionParser::In(std::uint32_t operand) {
  std::vector<std::uint32_t> operands = {operand};
  Operands(operands);
  if (operands.size() - 1 > kMaxInOperands && tree_.problem.empty()) {
    tree_.problem = "The IN operator is provided with too many operands; number of operands: " +
                    std::to_string(operands.size() - 1);
  }
  return Condition(builder_.Add(NodeKind::kIn, operands));
}

void ConditionParser::Operands(std::vector<std::uint32_t>& into) {
  Expect("(");
  do {
    into.push_back(Operand());
  } while (TakeIf(","));
  Expect(")");
}

ConditionParser::Term ConditionParser::InParentheses(Rule inside) {
  Deeper();
  Expect("(");
  const Term term = (this->*inside)();
  Expect(")");
  --depth_;
  MarkParentheses(tree_, term.node);
  return term;
}

ConditionParser::Term ConditionParser::OperandTerm() {
  Term term = NextIs("(") ? InParentheses(&ConditionParser::OperandTerm) : Atom();
  return term;
}

std::uint32_t ConditionParser::Operand() { return OperandTerm().node; }

ConditionParser::Term ConditionParser::Atom() {
  if (Peek().kind == TokenKind::kValue) return {Value(), true, false};
  if (AtCall()) return Call();
  return {Path(), true, false};
}

ConditionParser::Term ConditionParser::Call() {
  Deeper();
  const std::string_view name = Take().text;
  std::vector<std::uint32_t> operands;
  Operands(operands);
  --depth_;
  return {builder_.AddCall(FunctionOf(name), name, operands), true, true};
}

}  // namespace cumulite::dynamodb
