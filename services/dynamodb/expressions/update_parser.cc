#include "services/dynamodb/expressions/update_parser.h"

#include <array>
#include <vector>

#include "services/dynamodb/expressions/parser.h"
#include "services/dynamodb/expressions/tree_checks.h"

namespace cumulite::dynamodb {

void UpdateParser::Parse() {
  std::array<bool, 4> seen = {};
  do {
    std::size_t section = 0;
    while (section < seen.size() && !TakeKeyword(NameOf(static_cast<Section>(section)))) ++section;
    if (section == seen.size()) Fail();
    if (seen[section] && tree_.problem.empty()) {
      tree_.problem = "The \"";
      tree_.problem.append(NameOf(static_cast<Section>(section)));
      tree_.problem += "\" section can only be used once in an update expression;";
    }
    seen[section] = true;
    Actions(static_cast<Section>(section));
  } while (Peek().kind != TokenKind::kEnd);
}

void UpdateParser::Actions(Section section) {
  do {
    tree_.actions.push_back(Action(section));
  } while (TakeIf(","));
}

UpdateAction UpdateParser::Action(Section section) {
  UpdateAction action{.section = section, .path = Path()};
  if (section == Section::kSet) {
    Expect("=");
    action.value = SetValue().node;
  } else if (section != Section::kRemove) {
    if (Peek().kind != TokenKind::kValue) Fail();
    action.value = Value();
  }
  return action;
}

void UpdateParser::Deeper() {
  if (++depth_ > 2 * kMaxOperators) RefuseTooDeep(kind_, tree_.text);
}

UpdateParser::Term UpdateParser::SetValue() {
  const Term left = Part();
  if (left.is_sum) return left;
  const NodeKind kind = NextIs("+") ? NodeKind::kSum : NodeKind::kDifference;
  if (!TakeIf("+") && !TakeIf("-")) return left;
  const Term right = Operand();
  return {builder_.Add(kind, std::array{left.node, right.node}), true};
}

/// As an operand, but its parentheses may hold a sum.
UpdateParser::Term UpdateParser::Part() {
  if (!NextIs("(")) return Operand();
  Deeper();
  Take();
  const Term term = SetValue();
  Expect(")");
  --depth_;
  MarkParentheses(tree_, term.node);
  return term;
}

UpdateParser::Term UpdateParser::Operand() {
  if (NextIs("(")) {
    Deeper();
    Take();
    const Term term = Operand();
    Expect(")");
    --depth_;
    MarkParentheses(tree_, term.node);
    return term;
  }
  if (Peek().kind == TokenKind::kValue) return {Value()};
  if (AtCall()) return Call();
  return {Path()};
}

UpdateParser::Term UpdateParser::Call() {
  Deeper();
  const std::string_view name = Take().text;
  std::vector<std::uint32_t> operands;
  Expect("(");
  do {
    operands.push_back(Operand().node);
  } while (TakeIf(","));
  Expect(")");
  --depth_;
  return {builder_.AddCall(FunctionOf(name), name, operands)};
}

}  // namespace cumulite::dynamodb
