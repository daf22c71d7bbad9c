#include "services/dynamodb/partiql/statement.h"

#include <algorithm>
#include <string>

#include "services/dynamodb/errors.h"
#include "services/dynamodb/partiql/statement_parser.h"
#include "services/dynamodb/partiql/where_parser.h"

namespace cumulite::dynamodb {

Statement ParseStatement(std::string_view text, std::span<const AttributeValue> parameters) {
  return StatementParser(text, parameters).Parse();
}

Statement StatementParser::Parse() {
  statement_.pool = reader_.pool();
  if (reader_.TakeWord("SELECT")) {
    Select();
  } else if (reader_.TakeWord("INSERT")) {
    Insert();
  } else if (reader_.TakeWord("UPDATE")) {
    UpdateItem();
  } else if (reader_.TakeWord("DELETE")) {
    Delete();
  } else if (reader_.TakeWord("EXISTS")) {
    reader_.ExpectSign("(");
    reader_.ExpectWord("SELECT");
    Select();
    reader_.ExpectSign(")");
    statement_.kind = StatementKind::kExists;
  } else {
    RefuseStatement("Expected data manipulation");
  }
  reader_.TakeSign(";");
  if (!reader_.AtEnd()) RefuseStatement("Unexpected token after expression");
  reader_.CheckParameters();
  return std::move(statement_);
}

void StatementParser::Source() {
  statement_.table = reader_.Name();
  if (reader_.TakeSign(".")) statement_.index = reader_.Name();
  if (reader_.AtSign(".")) throw Invalid("A path may contain at most 2 components in the FROM clause");
  if (reader_.AtSign(",")) throw Invalid("Only select from a single table or index is supported.");
  if (reader_.AtWord("AS")) throw Invalid("Aliasing is not supported");
}

void StatementParser::Select() {
  if (reader_.TakeSign("*")) {
    if (reader_.AtSign(",")) {
      throw Invalid("Other attributes should not be present in the projection when '*' is used.");
    }
  } else {
    ClauseTree shown;
    do {
      if (reader_.AtCall()) throw Invalid("Unsupported clause: function in projection");
      shown.tree->paths.push_back(reader_.Path(shown));
    } while (reader_.TakeSign(","));
    std::vector<std::uint32_t> paths = shown.tree->paths;
    statement_.projection.emplace(ExpressionKind::kProjection, shown.Bound(), std::move(paths));
  }
  reader_.ExpectWord("FROM");
  Source();
  Where();
  Order();
}

void StatementParser::Where() {
  if (!reader_.TakeWord("WHERE")) return;
  ClauseTree clause;
  WhereParser(reader_, clause).Parse();
  statement_.where = clause.Bound();
}

void StatementParser::Order() {
  if (!reader_.TakeWord("ORDER")) return;
  reader_.ExpectWord("BY");
  do {
    OrderKey key{.attribute = reader_.Name()};
    key.descending = reader_.TakeWord("DESC");
    if (!key.descending) reader_.TakeWord("ASC");
    statement_.order.push_back(std::move(key));
  } while (reader_.TakeSign(","));
  if (!statement_.where) throw Invalid("Must have WHERE clause in the statement when using ORDER BY clause.");
}

void StatementParser::Insert() {
  statement_.kind = StatementKind::kInsert;
  reader_.ExpectWord("INTO");
  Source();
  reader_.ExpectWord("VALUE");
  AttributeValue item = reader_.Value();
  if (!item.Is(AttributeType::kM)) {
    throw Invalid(
        "Unsupported format in item expression. Please use struct format {...} to express item values for "
        "insert "
        "statement.");
  }
  statement_.item = std::move(item.As<AttributeMap>());
  if (reader_.AtWord("RETURNING")) throw Invalid("RETURNING is not supported in INSERT");
}

void StatementParser::UpdateItem() {
  statement_.kind = StatementKind::kUpdate;
  Source();
  ClauseTree changes;
  while (reader_.AtWord("SET") || reader_.AtWord("REMOVE")) {
    const bool removes = reader_.AtWord("REMOVE");
    reader_.TakeText();
    do {
      if (removes) {
        changes.tree->actions.push_back({.section = Section::kRemove, .path = reader_.Path(changes)});
      } else {
        Assign(changes);
      }
    } while (reader_.TakeSign(","));
  }
  if (changes.tree->actions.empty()) RefuseStatement("Expected SET or REMOVE");
  Where();
  ReturningClause();
  statement_.update.emplace(changes.Bound(), Update::Wording::kExpression);
}

void StatementParser::Assign(ClauseTree& changes) {
  UpdateAction action{.section = Section::kSet, .path = reader_.Path(changes)};
  reader_.ExpectSign("=");
  if (reader_.AtCall() && reader_.AtWord("SET_ADD")) {
    action.section = Section::kAdd;
    action.value = SetMembers(changes, action, "SET_ADD");
  } else if (reader_.AtCall() && reader_.AtWord("SET_DELETE")) {
    action.section = Section::kDelete;
    action.value = SetMembers(changes, action, "SET_DELETE");
  } else {
    action.value = WhereParser(reader_, changes, WhereParser::Use::kAssignment).Operand();
  }
  changes.tree->actions.push_back(action);
}

/// "(path, <<members>>)" behind a function's name: the path must be what is assigned to.
std::uint32_t StatementParser::SetMembers(ClauseTree& changes, UpdateAction& action, std::string_view name) {
  reader_.TakeText();
  reader_.ExpectSign("(");
  const std::uint32_t path = reader_.Path(changes);
  const Binding names{.tree = changes.tree};
  if (!names.SamePath(changes.tree->nodes[path], changes.tree->nodes[action.path])) {
    throw Invalid("The first argument to " + std::string(name) + " must equal the assignment value");
  }
  if (!reader_.TakeSign(",")) throw Invalid(std::string(name) + " must have exactly two arguments");
  AttributeValue members = reader_.Value();
  if (!members.Is(AttributeType::kSS) && !members.Is(AttributeType::kNS) && !members.Is(AttributeType::kBS)) {
    throw Invalid("The second argument to " + std::string(name) + " must be a value with type SET");
  }
  if (reader_.AtSign(",")) throw Invalid(std::string(name) + " must have exactly two arguments");
  reader_.ExpectSign(")");
  return reader_.AddConstant(changes, std::move(members));
}

void StatementParser::Delete() {
  statement_.kind = StatementKind::kDelete;
  reader_.ExpectWord("FROM");
  Source();
  Where();
  ReturningClause();
  if (statement_.returning != Returning::kNone && statement_.returning != Returning::kAllOld) {
    throw Invalid("Invalid returning clause. Only RETURNING ALL OLD * is allowed in DELETE statements.");
  }
}

void StatementParser::ReturningClause() {
  if (!reader_.TakeWord("RETURNING")) return;
  const bool all = reader_.TakeWord("ALL");
  if (!all) reader_.ExpectWord("MODIFIED");
  const bool old = reader_.TakeWord("OLD");
  if (!old) reader_.ExpectWord("NEW");
  if (!reader_.TakeSign("*")) {
    throw Invalid("Expected '*' after ( MODIFIED | ALL ) ( NEW | OLD ) in RETURNING clause");
  }
  if (reader_.AtSign(",")) {
    throw Invalid("Invalid syntax with multiple returning elements in RETURNING clause");
  }
  statement_.returning = all ? (old ? Returning::kAllOld : Returning::kAllNew)
                             : (old ? Returning::kModifiedOld : Returning::kModifiedNew);
}

}  // namespace cumulite::dynamodb
