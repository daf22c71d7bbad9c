#include "services/dynamodb/partiql/where_parser.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "base/text.h"
#include "services/dynamodb/errors.h"
#include "services/dynamodb/expressions/parser.h"

namespace cumulite::dynamodb {
namespace {

constexpr std::pair<std::string_view, NodeKind> kComparisons[] = {
    {"=", NodeKind::kEqual},           {"<>", NodeKind::kNotEqual}, {"<=", NodeKind::kLessOrEqual},
    {">=", NodeKind::kGreaterOrEqual}, {"<", NodeKind::kLess},      {">", NodeKind::kGreater}};

/// What IS calls a type, and the name that attribute_type knows it by.
constexpr std::pair<std::string_view, std::string_view> kTypes[] = {
    {"NULL", "NULL"}, {"BOOLEAN", "BOOL"}, {"BLOB", "B"},  {"STRING", "S"},
    {"NUMERIC", "N"}, {"STRUCT", "M"},     {"TUPLE", "M"}, {"LIST", "L"}};

std::size_t OperandsOf(Function function) { return function == Function::kSize ? 1 : 2; }

bool IsCondition(Function function) {
  return function == Function::kBeginsWith || function == Function::kContains ||
         function == Function::kAttributeType;
}

}  // namespace

void WhereParser::Parse() { clause_.tree->root = Require(Or(), true); }

std::uint32_t WhereParser::Operand() { return Require(Sum(), false); }

std::uint32_t WhereParser::Require(const Term& term, bool condition) const {
  if (term.is_condition == condition) return term.node;
  throw Invalid(condition ? "WHERE clause must contain an expression that resolves to a boolean"
                          : "Unsupported operator in Condition Expression.");
}

WhereParser::Term WhereParser::Join(NodeKind kind, std::string_view word, Rule part) {
  const Term first = (this->*part)();
  if (!reader_.AtWord(word)) return first;
  std::vector<std::uint32_t> parts = {Require(first, true)};
  while (reader_.TakeWord(word)) parts.push_back(Require((this->*part)(), true));
  return {clause_.builder.Add(kind, parts), true};
}

WhereParser::Term WhereParser::Or() { return Join(NodeKind::kOr, "OR", &WhereParser::And); }
WhereParser::Term WhereParser::And() { return Join(NodeKind::kAnd, "AND", &WhereParser::Not); }

WhereParser::Term WhereParser::Not() {
  if (!reader_.TakeWord("NOT")) return Predicate();
  const PartiqlReader::Level level(reader_);
  return Negated(true, Require(Not(), true));
}

WhereParser::Term WhereParser::Negated(bool negate, std::uint32_t condition) {
  return {negate ? clause_.builder.Add(NodeKind::kNot, std::array{condition}) : condition, true};
}

bool WhereParser::AtNegated(std::string_view word) {
  if (!reader_.AtWord("NOT") || !reader_.AtWord(word, 1)) return false;
  reader_.TakeText();
  return true;
}

WhereParser::Term WhereParser::Predicate() {
  const Term left = Sum();
  for (const auto& [sign, kind] : kComparisons) {
    if (!reader_.TakeSign(sign)) continue;
    if (reader_.AtWord("MISSING")) throw Invalid("MISSING must be compared using IS operator");
    const std::uint32_t operand = Require(left, false);
    return {clause_.builder.Add(kind, std::array{operand, Operand()}), true};
  }
  const bool not_between = AtNegated("BETWEEN");
  if (reader_.TakeWord("BETWEEN")) return Between(Require(left, false), not_between);
  const bool not_in = AtNegated("IN");
  if (reader_.TakeWord("IN")) return In(Require(left, false), not_in);
  if (reader_.TakeWord("IS")) return Is(Require(left, false));
  return left;
}

WhereParser::Term WhereParser::Between(std::uint32_t operand, bool negate) {
  const std::uint32_t low = Operand();
  reader_.ExpectWord("AND");
  const std::uint32_t high = Operand();
  return Negated(negate, clause_.builder.Add(NodeKind::kBetween, std::array{operand, low, high}));
}

WhereParser::Term WhereParser::In(std::uint32_t operand, bool negate) {
  std::vector<std::uint32_t> operands = {operand};
  if (reader_.TakeSign("(")) {
    do {
      operands.push_back(Operand());
    } while (reader_.TakeSign(","));
    reader_.ExpectSign(")");
  } else {
    const AttributeValue list = reader_.Value();
    const List* members = list.If<List>();
    if (members == nullptr || members->empty()) {
      throw Invalid(
          "IN operator must have a left hand argument of type Variable Reference and right hand argument of "
          "type "
          "Seq with at least one member");
    }
    for (const AttributeValue& member : *members) operands.push_back(reader_.AddConstant(clause_, member));
  }
  if (operands.size() - 1 > kMaxInOperands) {
    throw Invalid("The IN operator is provided with too many operands; number of operands: " +
                  std::to_string(operands.size() - 1));
  }
  return Negated(negate, clause_.builder.Add(NodeKind::kIn, operands));
}

WhereParser::Term WhereParser::Is(std::uint32_t operand) {
  const bool negate = reader_.TakeWord("NOT");
  if (reader_.TakeWord("MISSING")) {
    const Function function = Function::kAttributeNotExists;
    return Negated(negate, clause_.builder.AddCall(function, NameOf(function), std::array{operand}));
  }
  for (const auto& [word, type] : kTypes) {
    if (!reader_.TakeWord(word)) continue;
    const Function function = Function::kAttributeType;
    const std::uint32_t name = reader_.AddConstant(clause_, AttributeValue::OfString(std::string(type)));
    return Negated(negate, clause_.builder.AddCall(function, NameOf(function), std::array{operand, name}));
  }
  throw Invalid(
      "Unsupported data type for IS operator: " + reader_.TakeText() +
      ". Supported data types are [MISSING, NULL, BOOLEAN, BLOB, STRING, NUMERIC, STRUCT, TUPLE, LIST]");
}

WhereParser::Term WhereParser::Sum() {
  Term left = Primary();
  while (reader_.AtSign("+") || reader_.AtSign("-")) {
    if (clause_.tree->operators == kMaxOperators) {  // they nest, however flat they are written
      throw Invalid("The expression contains too many operators; operator count: " +
                    std::to_string(kMaxOperators + 1));
    }
    const NodeKind kind = reader_.TakeText() == "+" ? NodeKind::kSum : NodeKind::kDifference;
    const std::uint32_t operand = Require(left, false);
    left = {clause_.builder.Add(kind, std::array{operand, Require(Primary(), false)}), false};
  }
  return left;
}

WhereParser::Term WhereParser::Primary() {
  if (reader_.AtValue()) return {reader_.Constant(clause_), false};
  if (reader_.AtCall()) return Call();
  if (reader_.AtName()) return {reader_.Path(clause_), false};
  if (!reader_.TakeSign("(")) RefuseStatement("Unexpected term");
  const PartiqlReader::Level level(reader_);
  const Term inside = Or();
  reader_.ExpectSign(")");
  return inside;
}

WhereParser::Term WhereParser::Call() {
  const PartiqlReader::Level level(reader_);
  const std::string name = reader_.TakeText();
  const Function function = FunctionOf(base::ToLower(name));
  const bool known = use_ == Use::kCondition
                         ? IsCondition(function) || function == Function::kSize
                         : function == Function::kIfNotExists || function == Function::kListAppend;
  if (!known) throw Invalid("Unrecognized function: " + name);
  reader_.ExpectSign("(");
  std::vector<std::uint32_t> operands;
  do {
    operands.push_back(Operand());
  } while (reader_.TakeSign(","));
  reader_.ExpectSign(")");
  if (operands.size() != OperandsOf(function)) {
    throw Invalid("Incorrect number of operands for operator or function; operator or function: " +
                  std::string(NameOf(function)) + ", number of operands: " + std::to_string(operands.size()));
  }
  return {clause_.builder.AddCall(function, NameOf(function), operands), IsCondition(function)};
}

}  // namespace cumulite::dynamodb
