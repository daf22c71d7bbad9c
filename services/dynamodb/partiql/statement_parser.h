#pragma once
#include "services/dynamodb/partiql/partiql_reader.h"
#include "services/dynamodb/partiql/statement.h"

namespace cumulite::dynamodb {

/// Reads a whole statement; ParseStatement is its only user.
class StatementParser {
 public:
  StatementParser(std::string_view text, std::span<const AttributeValue> parameters)
      : reader_(text, parameters) {}

  Statement Parse();

 private:
  void Select();
  void Insert();
  void UpdateItem();
  void Delete();
  void Source();
  void Where();
  void Order();
  void ReturningClause();
  void Assign(ClauseTree& changes);
  std::uint32_t SetMembers(ClauseTree& changes, UpdateAction& action, std::string_view name);

  PartiqlReader reader_;
  Statement statement_;
};

}  // namespace cumulite::dynamodb
