#pragma once
#include <cstdint>
#include <vector>

#include "services/dynamodb/partiql/partiql_reader.h"

namespace cumulite::dynamodb {

/// Reads a WHERE clause into a condition's tree, and the operands that SET shares with it.
class WhereParser {
 public:
  /// What operands are for: SET has functions that conditions have not, and the other way round.
  enum class Use : std::uint8_t { kCondition, kAssignment };

  WhereParser(PartiqlReader& reader, ClauseTree& clause, Use use = Use::kCondition)
      : reader_(reader), clause_(clause), use_(use) {}

  /// The condition becomes the tree's root.
  void Parse();
  /// A path, a constant, a function's outcome or a sum.
  std::uint32_t Operand();

 private:
  /// A part and what it may stand for.
  struct Term {
    std::uint32_t node = 0;
    bool is_condition = false;
  };
  using Rule = Term (WhereParser::*)();

  Term Or();
  Term And();
  Term Not();
  Term Predicate();
  Term Primary();
  Term Sum();
  Term Call();
  Term Join(NodeKind kind, std::string_view word, Rule part);
  Term Negated(bool negate, std::uint32_t condition);
  Term Between(std::uint32_t operand, bool negate);
  Term In(std::uint32_t operand, bool negate);
  Term Is(std::uint32_t operand);
  std::uint32_t Require(const Term& term, bool condition) const;
  bool AtNegated(std::string_view word);

  PartiqlReader& reader_;
  ClauseTree& clause_;
  Use use_;
};

}  // namespace cumulite::dynamodb
