#pragma once
#include <cstdint>
#include <vector>

#include "services/dynamodb/expressions/token_reader.h"

namespace cumulite::dynamodb {

/// Reads conditions, filters and key conditions: comparisons bind tightest, then NOT, AND, OR.
class ConditionParser : private TokenReader {
 public:
  ConditionParser(ExpressionKind kind, SyntaxTree& tree) : TokenReader(kind, tree) {}

  void Parse();

 private:
  /// A part of the text and what it may stand for; a call can be either until something needs it.
  struct Term {
    std::uint32_t node = 0;
    bool is_operand = false;
    bool is_condition = false;
  };
  using Rule = Term (ConditionParser::*)();

  Term Or();
  Term And();
  Term Not();
  Term Comparison();
  Term Atom();
  std::uint32_t Operand();
  Term Call();
  Term InParentheses(Rule inside);
  Term OperandTerm();
  Term Join(NodeKind kind, std::string_view keyword, Rule part);
  Term Between(std::uint32_t operand);
  Term In(std::uint32_t operand);
  void Operands(std::vector<std::uint32_t>& into);
  void Deeper();
  static Term Condition(std::uint32_t node) { return {node, false, true}; }
  void RequireCondition(const Term& term) const;

  std::size_t depth_ = 0;
};

}  // namespace cumulite::dynamodb
