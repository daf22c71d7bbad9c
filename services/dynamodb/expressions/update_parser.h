#pragma once
#include <cstdint>

#include "services/dynamodb/expressions/token_reader.h"

namespace cumulite::dynamodb {

/// Reads update expressions: SET, REMOVE, ADD and DELETE sections in any order, each once.
class UpdateParser : private TokenReader {
 public:
  explicit UpdateParser(SyntaxTree& tree) : TokenReader(ExpressionKind::kUpdate, tree) {}

  void Parse();

 private:
  struct Term {
    std::uint32_t node = 0;
    bool is_sum = false;
  };

  void Actions(Section section);
  UpdateAction Action(Section section);
  Term SetValue();
  Term Part();
  Term Operand();
  Term Call();
  void Deeper();

  std::size_t depth_ = 0;
};

}  // namespace cumulite::dynamodb
