#pragma once
#include <initializer_list>
#include <string_view>
#include <vector>

#include "services/dynamodb/expressions/expression_kind.h"
#include "services/dynamodb/expressions/lexer.h"
#include "services/dynamodb/expressions/tree_builder.h"

namespace cumulite::dynamodb {

/// What the parsers of all expressions share: a position in the tokens, syntax errors, paths and calls.
class TokenReader {
 public:
  TokenReader(ExpressionKind kind, SyntaxTree& tree);

 protected:
  const Token& Peek(std::size_t ahead = 0) const;
  Token Take();
  bool NextIs(std::string_view sign) const;
  bool TakeIf(std::string_view sign);
  bool TakeKeyword(std::string_view keyword);
  void Expect(std::string_view sign);
  void ExpectEnd() const;
  /// Throws for the token at hand: AWS shows it with its neighbours.
  [[noreturn]] void Fail() const;

  /// Whether a word here names an attribute or a function.
  bool AtName() const;
  bool AtCall() const;
  std::uint32_t Path();
  std::uint32_t Value();

  ExpressionKind kind_;
  SyntaxTree& tree_;
  TreeBuilder builder_{tree_};

 private:
  bool IsOwnKeyword(const Token& token) const;
  PathStep Step();
  PathStep ListIndex();

  std::vector<Token> tokens_;
  std::size_t next_ = 0;
  std::vector<PathStep> steps_;  // of the path being read
};

}  // namespace cumulite::dynamodb
