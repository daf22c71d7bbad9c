#pragma once
#include <initializer_list>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "services/dynamodb/expressions/tree_builder.h"
#include "services/dynamodb/partiql/partiql_lexer.h"
#include "services/dynamodb/partiql/statement.h"

namespace cumulite::dynamodb {

/// A tree that a statement's clause becomes, with the values of its constants.
struct ClauseTree {
  std::shared_ptr<SyntaxTree> tree = std::make_shared<SyntaxTree>();
  TreeBuilder builder{*tree};
  std::vector<const AttributeValue*> values;

  Binding Bound() { return Binding{.tree = tree, .values = std::move(values)}; }
};

/// What the parsers of all clauses share: the tokens, names, paths and values.
class PartiqlReader {
 public:
  PartiqlReader(std::string_view text, std::span<const AttributeValue> parameters);

  bool AtWord(std::string_view word, std::size_t ahead = 0) const;  // in capitals
  bool AtSign(std::string_view sign, std::size_t ahead = 0) const;
  bool AtEnd() const;
  bool TakeWord(std::string_view word);
  bool TakeSign(std::string_view sign);
  void ExpectWord(std::string_view word);
  void ExpectSign(std::string_view sign);
  /// Whether a name, not a keyword, is at hand.
  bool AtName() const;
  bool AtCall() const;
  std::string TakeText();

  std::string Name();
  std::uint32_t Path(ClauseTree& clause);
  /// Whether a constant is at hand: a literal, a list, a map, a set or a parameter.
  bool AtValue() const;
  AttributeValue Value();
  std::uint32_t Constant(ClauseTree& clause);
  std::uint32_t AddConstant(ClauseTree& clause, AttributeValue value);

  /// Counts levels of nesting while it lives.
  class Level {
   public:
    explicit Level(PartiqlReader& reader);
    ~Level() { --reader_.depth_; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;

   private:
    PartiqlReader& reader_;
  };

  /// Errors: ValidationException when not all parameters were used.
  void CheckParameters() const;
  std::shared_ptr<StatementPool> pool() const { return pool_; }

 private:
  const PartiqlToken& Peek(std::size_t ahead = 0) const;
  AttributeValue NumberValue(bool negative);
  AttributeValue ListValue();
  AttributeValue MapValue();
  AttributeValue SetValue();
  AttributeValue Parameter();

  std::vector<PartiqlToken> tokens_;
  std::size_t next_ = 0;
  std::span<const AttributeValue> parameters_;
  std::size_t used_parameters_ = 0;
  std::size_t depth_ = 0;
  std::shared_ptr<StatementPool> pool_ = std::make_shared<StatementPool>();
};

}  // namespace cumulite::dynamodb
