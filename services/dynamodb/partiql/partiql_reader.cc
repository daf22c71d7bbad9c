#include "services/dynamodb/partiql/partiql_reader.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "services/dynamodb/errors.h"
#include "services/dynamodb/expressions/parser.h"

namespace cumulite::dynamodb {
namespace {

constexpr std::size_t kMaxLevels = 100;

constexpr std::string_view kKeywords[] = {
    "SELECT", "FROM",  "WHERE", "INSERT", "INTO", "VALUE",   "UPDATE", "SET",      "REMOVE",
    "DELETE", "AND",   "OR",    "NOT",    "IN",   "BETWEEN", "IS",     "NULL",     "MISSING",
    "TRUE",   "FALSE", "ORDER", "BY",     "ASC",  "DESC",    "EXISTS", "RETURNING"};

bool SameWord(std::string_view text, std::string_view capitals) {
  return std::ranges::equal(
      text, capitals, [](char a, char b) { return a == b || (a >= 'a' && a <= 'z' && a - 'a' + 'A' == b); });
}

/// As PartiQL's errors name it: "Expected RIGHT_PAREN".
std::string_view NameOfSign(std::string_view sign) {
  if (sign == "(") return "LEFT_PAREN";
  if (sign == ")") return "RIGHT_PAREN";
  if (sign == "[") return "LEFT_BRACKET";
  if (sign == "]") return "RIGHT_BRACKET";
  if (sign == "{") return "LEFT_CURLY";
  if (sign == "}") return "RIGHT_CURLY";
  if (sign == ">>") return "RIGHT_DOUBLE_ANGLE_BRACKET";
  if (sign == ":") return "COLON";
  if (sign == "*") return "STAR";
  return "OPERATOR";
}

Number Parsed(const std::string& text) {
  const auto number = Number::Parse(text);
  if (const auto* problem = std::get_if<NumberProblem>(&number)) throw Invalid(Explain(*problem, text));
  return std::get<Number>(number);
}

/// Members in order, each once.
template <typename Set, typename Member>
AttributeValue SetOf(const List& members) {
  Set set;
  for (const AttributeValue& member : members) set.members.push_back(member.As<Member>());
  std::ranges::sort(set.members);
  if (std::ranges::adjacent_find(set.members) != set.members.end()) {
    throw InvalidValue("Input collection contains duplicates.");
  }
  return AttributeValue(std::move(set));
}

}  // namespace

PartiqlReader::Level::Level(PartiqlReader& reader) : reader_(reader) {
  if (++reader_.depth_ > kMaxLevels) RefuseStatement("Nesting is too deep");
}

PartiqlReader::PartiqlReader(std::string_view text, std::span<const AttributeValue> parameters)
    : tokens_(TokenizePartiql(text)), parameters_(parameters) {}

const PartiqlToken& PartiqlReader::Peek(std::size_t ahead) const {
  return tokens_[std::min(next_ + ahead, tokens_.size() - 1)];
}

bool PartiqlReader::AtWord(std::string_view word, std::size_t ahead) const {
  return Peek(ahead).kind == PartiqlTokenKind::kWord && SameWord(Peek(ahead).text, word);
}

bool PartiqlReader::AtSign(std::string_view sign, std::size_t ahead) const {
  return Peek(ahead).kind == PartiqlTokenKind::kSign && Peek(ahead).text == sign;
}

bool PartiqlReader::AtEnd() const { return Peek().kind == PartiqlTokenKind::kEnd; }

bool PartiqlReader::TakeWord(std::string_view word) {
  if (!AtWord(word)) return false;
  ++next_;
  return true;
}

bool PartiqlReader::TakeSign(std::string_view sign) {
  if (!AtSign(sign)) return false;
  ++next_;
  return true;
}

void PartiqlReader::ExpectWord(std::string_view word) {
  if (!TakeWord(word)) RefuseStatement("Expected " + std::string(word));
}

void PartiqlReader::ExpectSign(std::string_view sign) {
  if (!TakeSign(sign)) RefuseStatement("Expected " + std::string(NameOfSign(sign)));
}

bool PartiqlReader::AtName() const {
  if (Peek().kind == PartiqlTokenKind::kIdentifier) return true;
  return Peek().kind == PartiqlTokenKind::kWord &&
         std::ranges::none_of(kKeywords, [&](std::string_view word) { return SameWord(Peek().text, word); });
}

bool PartiqlReader::AtCall() const {
  return Peek().kind == PartiqlTokenKind::kWord && AtName() && AtSign("(", 1);
}

std::string PartiqlReader::TakeText() {
  std::string text = Peek().text;
  if (!AtEnd()) ++next_;
  return text;
}

std::string PartiqlReader::Name() {
  if (!AtName()) RefuseStatement("Expected identifier");
  std::string name = TakeText();
  if (name.empty()) throw Invalid("Path component cannot be an empty string");
  return name;
}

std::uint32_t PartiqlReader::Path(ClauseTree& clause) {
  const auto named = [this] { return PathStep{.name = pool_->names.emplace_back(Name())}; };
  std::vector<PathStep> steps = {named()};
  for (;;) {
    if (TakeSign(".")) {
      if (AtSign("*")) throw Invalid("Unpivot path component like a.*.b are not supported");
      steps.push_back(named());
    } else if (TakeSign("[")) {
      if (AtSign("*")) throw Invalid("Wildcard path component like a[*].b are not supported");
      if (Peek().kind == PartiqlTokenKind::kString) {
        steps.push_back({.name = pool_->names.emplace_back(TakeText())});
      } else {
        const std::string digits = TakeText();
        std::int32_t index = -1;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
        if (error != std::errc() || end != digits.data() + digits.size()) {
          throw Invalid("List index is not within the allowable range; index: [" + digits + "]");
        }
        steps.push_back(TreeBuilder::Index(index));
      }
      ExpectSign("]");
    } else {
      break;
    }
  }
  if (steps.size() > kMaxPathSteps) {
    throw Invalid("The document path has too many nesting levels; nesting levels: " +
                  std::to_string(steps.size()));
  }
  return clause.builder.AddPath(steps);
}

bool PartiqlReader::AtValue() const {
  if (Peek().kind == PartiqlTokenKind::kString || Peek().kind == PartiqlTokenKind::kNumber) return true;
  if (AtSign("-")) return Peek(1).kind == PartiqlTokenKind::kNumber;
  return AtSign("?") || AtSign("[") || AtSign("{") || AtSign("<<") || AtWord("TRUE") || AtWord("FALSE") ||
         AtWord("NULL");
}

AttributeValue PartiqlReader::Value() {
  const Level level(*this);
  if (Peek().kind == PartiqlTokenKind::kString) return AttributeValue::OfString(TakeText());
  if (Peek().kind == PartiqlTokenKind::kNumber) return NumberValue(false);
  if (TakeSign("-")) return NumberValue(true);
  if (TakeSign("?")) return Parameter();
  if (TakeSign("[")) return ListValue();
  if (TakeSign("{")) return MapValue();
  if (TakeSign("<<")) return SetValue();
  if (TakeWord("TRUE")) return AttributeValue(true);
  if (TakeWord("FALSE")) return AttributeValue(false);
  if (TakeWord("NULL")) return AttributeValue(Null());
  RefuseStatement("Unexpected term");
}

AttributeValue PartiqlReader::NumberValue(bool negative) {
  if (Peek().kind != PartiqlTokenKind::kNumber) RefuseStatement("Unexpected term");
  return AttributeValue(Parsed((negative ? "-" : "") + TakeText()));
}

AttributeValue PartiqlReader::ListValue() {
  List list;
  if (TakeSign("]")) return AttributeValue(std::move(list));
  do {
    list.push_back(Value());
  } while (TakeSign(","));
  ExpectSign("]");
  return AttributeValue(std::move(list));
}

AttributeValue PartiqlReader::MapValue() {
  AttributeMap map;
  if (TakeSign("}")) return AttributeValue(std::move(map));
  do {
    if (Peek().kind != PartiqlTokenKind::kString) throw Invalid("Tuple keys must be of type String.");
    std::string name = TakeText();
    ExpectSign(":");
    AttributeValue value = Value();
    if (map.Contains(name)) throw Invalid("Duplicate keys in tuple. Key: " + name);
    map.Set(std::move(name), std::move(value));
  } while (TakeSign(","));
  ExpectSign("}");
  return AttributeValue(std::move(map));
}

AttributeValue PartiqlReader::SetValue() {
  List members;
  if (TakeSign(">>")) throw Invalid("Empty bags are not supported");
  do {
    members.push_back(Value());
    if (members.back().type() != members.front().type()) {
      throw Invalid("Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags");
    }
  } while (TakeSign(","));
  ExpectSign(">>");
  if (members.front().Is(AttributeType::kS)) return SetOf<StringSet, std::string>(members);
  if (members.front().Is(AttributeType::kN)) return SetOf<NumberSet, Number>(members);
  if (members.front().Is(AttributeType::kB)) return SetOf<BinarySet, Binary>(members);
  throw Invalid("Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags");
}

AttributeValue PartiqlReader::Parameter() {
  if (used_parameters_ == parameters_.size()) {
    throw Invalid("Number of parameters in request and statement don't match.");
  }
  return parameters_[used_parameters_++];
}

void PartiqlReader::CheckParameters() const {
  if (used_parameters_ < parameters_.size()) {
    throw Invalid("Number of parameters in request and statement don't match.");
  }
}

std::uint32_t PartiqlReader::Constant(ClauseTree& clause) { return AddConstant(clause, Value()); }

std::uint32_t PartiqlReader::AddConstant(ClauseTree& clause, AttributeValue value) {
  clause.values.push_back(&pool_->constants.emplace_back(std::move(value)));
  return clause.builder.AddConstant();
}

}  // namespace cumulite::dynamodb
