#include <algorithm>
#include <array>

#include "services/s3/select/errors.h"
#include "services/s3/select/lexer.h"
#include "services/s3/select/sql.h"

namespace cumulite::s3::select {
namespace {

using Kind = Expression::Kind;

constexpr std::size_t kMaxBytes = 256 * 1024;
constexpr int kMaxDepth = 64;
constexpr std::array<std::string_view, 6> kComparisons{"=", "<>", "<", "<=", ">", ">="};
constexpr std::array<std::string_view, 17> kReserved{"FROM", "WHERE",   "LIMIT", "AS",   "AND",   "OR",
                                                     "NOT",  "BETWEEN", "IN",    "LIKE", "IS",    "ESCAPE",
                                                     "WHEN", "THEN",    "ELSE",  "END",  "SELECT"};
constexpr std::array<std::string_view, 10> kUnsupported{"GROUP", "ORDER", "HAVING", "JOIN",   "UNION",
                                                        "INTO",  "WITH",  "OFFSET", "EXISTS", "DISTINCT"};

struct FunctionRow {
  std::string_view name;
  std::size_t least;
  std::size_t most;
};
constexpr FunctionRow kFunctions[] = {
    {"COALESCE", 1, 64},        {"NULLIF", 2, 2},       {"CHAR_LENGTH", 1, 1},
    {"CHARACTER_LENGTH", 1, 1}, {"LOWER", 1, 1},        {"UPPER", 1, 1},
    {"TO_STRING", 2, 2},        {"TO_TIMESTAMP", 1, 1}, {"UTCNOW", 0, 0},
};
constexpr std::array<std::pair<std::string_view, Aggregate::Kind>, 5> kAggregates{
    {{"COUNT", Aggregate::Kind::kCount},
     {"SUM", Aggregate::Kind::kSum},
     {"AVG", Aggregate::Kind::kAverage},
     {"MIN", Aggregate::Kind::kMin},
     {"MAX", Aggregate::Kind::kMax}}};
constexpr std::array<std::string_view, 9> kTypes{"BOOL",    "INT",     "INTEGER",   "STRING", "FLOAT",
                                                 "DECIMAL", "NUMERIC", "TIMESTAMP", "VARCHAR"};
constexpr std::array<std::string_view, 8> kDateParts{"YEAR",   "MONTH",  "DAY",           "HOUR",
                                                     "MINUTE", "SECOND", "TIMEZONE_HOUR", "TIMEZONE_MINUTE"};

template <class List>
bool Holds(const List& list, std::string_view text) {
  return std::find(std::begin(list), std::end(list), text) != std::end(list);
}

class Parser {
 public:
  explicit Parser(std::string_view text) : tokens_(Tokenize(text)) {}

  Query Run() {
    ExpectWord("SELECT");
    ReadColumns();
    ExpectWord("FROM");
    ReadFrom();
    if (TakeWord("WHERE")) {
      may_aggregate_ = false;
      query_.where = Any();
    }
    if (TakeWord("LIMIT")) {
      if (Peek().kind != Token::Kind::kNumber || Peek().value.kind != Value::Kind::kInt) Unexpected();
      query_.limit = static_cast<std::uint64_t>(Take().value.integer);
    }
    TakeSymbol(";");
    if (Peek().kind == Token::Kind::kWord && Holds(kUnsupported, Peek().upper)) {
      throw AwsError(kUnsupportedSqlOperation, "Encountered an unsupported SQL operation: " + Peek().upper);
    }
    if (Peek().kind != Token::Kind::kEnd) Unexpected();
    Finish();
    return std::move(query_);
  }

 private:
  /// Counts how deep the grammar has gone.
  class Level {
   public:
    explicit Level(int& depth) : depth_(depth) {
      if (++depth_ > kMaxDepth) {
        --depth_;
        throw AwsError(kParseUnsupportedSyntax, "The SQL expression is nested too deeply.");
      }
    }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;
    ~Level() { --depth_; }

   private:
    int& depth_;
  };

  const Token& Peek(std::size_t ahead = 0) const {
    return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
  }
  const Token& Take() {
    const Token& token = Peek();
    if (at_ + 1 < tokens_.size()) ++at_;
    return token;
  }
  [[noreturn]] void Unexpected() const {
    throw AwsError(kParseUnexpectedToken,
                   "Unexpected token found at line 1, column " + std::to_string(Peek().column) + ".");
  }
  bool IsWord(std::string_view word, std::size_t ahead = 0) const {
    return Peek(ahead).kind == Token::Kind::kWord && Peek(ahead).upper == word;
  }
  bool IsSymbol(std::string_view symbol, std::size_t ahead = 0) const {
    return Peek(ahead).kind == Token::Kind::kSymbol && Peek(ahead).text == symbol;
  }
  bool TakeWord(std::string_view word) {
    if (!IsWord(word)) return false;
    Take();
    return true;
  }
  bool TakeSymbol(std::string_view symbol) {
    if (!IsSymbol(symbol)) return false;
    Take();
    return true;
  }
  void ExpectWord(std::string_view word) {
    if (!TakeWord(word)) Unexpected();
  }
  void ExpectSymbol(std::string_view symbol) {
    if (!TakeSymbol(symbol)) Unexpected();
  }
  bool IsName() const {
    return Peek().kind == Token::Kind::kQuoted ||
           (Peek().kind == Token::Kind::kWord && !Holds(kReserved, Peek().upper) &&
            !Holds(kUnsupported, Peek().upper));
  }

  void ReadColumns() {
    if (TakeSymbol("*")) {
      query_.everything = true;
      return;
    }
    do {
      Query::Column& column = query_.columns.emplace_back();
      column.expression = Any();
      if (TakeWord("AS") || IsName()) {
        if (!IsName()) Unexpected();
        column.name = Take().text;
      } else if (column.expression->kind == Kind::kPath && !column.expression->path.empty() &&
                 column.expression->path.back().kind == PathStep::Kind::kName) {
        column.name = column.expression->path.back().name;
      } else {
        column.name = "_" + std::to_string(query_.columns.size());
      }
    } while (TakeSymbol(","));
  }

  void ReadFrom() {
    if (!IsWord("S3OBJECT")) Unexpected();
    Take();
    query_.from = Steps();
    if (TakeWord("AS")) {
      if (!IsName()) Unexpected();
      alias_ = Take().text;
    } else if (IsName()) {
      alias_ = Take().text;
    }
  }

  /// ".name", "[1]" and "[*]", as many as there are.
  Path Steps() {
    Path path;
    for (;;) {
      PathStep step;
      if (IsSymbol(".") && IsSymbol("*", 1)) return path;
      if (TakeSymbol(".")) {
        step = NameStep();
      } else if (TakeSymbol("[")) {
        step.kind = PathStep::Kind::kEach;
        if (!TakeSymbol("*")) step = IndexStep();
        ExpectSymbol("]");
      } else {
        return path;
      }
      if (path.size() == kMaxDepth) throw AwsError(kParseUnsupportedSyntax, "A path has too many steps.");
      path.push_back(std::move(step));
    }
  }
  PathStep NameStep() {
    const Token& token = Peek();
    if (token.kind != Token::Kind::kWord && token.kind != Token::Kind::kQuoted) Unexpected();
    PathStep step{.name = token.text, .exact = token.kind == Token::Kind::kQuoted};
    Take();
    return step;
  }
  PathStep IndexStep() {
    if (Peek().kind == Token::Kind::kString || Peek().kind == Token::Kind::kQuoted) {
      return {.name = Take().text, .exact = true};
    }
    if (Peek().kind != Token::Kind::kNumber || Peek().value.kind != Value::Kind::kInt) Unexpected();
    return {.kind = PathStep::Kind::kIndex, .index = static_cast<std::size_t>(Take().value.integer)};
  }

  static ExpressionPtr Make(Kind kind, std::string text = {}) {
    auto made = std::make_unique<Expression>();
    made->kind = kind;
    made->text = std::move(text);
    return made;
  }
  template <class... Arguments>
  static ExpressionPtr Make(Kind kind, std::string text, Arguments... arguments) {
    ExpressionPtr made = Make(kind, std::move(text));
    (made->arguments.push_back(std::move(arguments)), ...);
    return made;
  }
  static ExpressionPtr Not(ExpressionPtr expression, bool negated) {
    return negated ? Make(Kind::kNot, {}, std::move(expression)) : std::move(expression);
  }

  // A chain of many makes a wide tree, not a deep one: evaluating it must not take the stack.
  ExpressionPtr Chain(Kind kind, std::string_view word, ExpressionPtr (Parser::*operand)()) {
    ExpressionPtr first = (this->*operand)();
    if (!IsWord(word)) return first;
    ExpressionPtr all = Make(kind, {}, std::move(first));
    while (TakeWord(word)) all->arguments.push_back((this->*operand)());
    return all;
  }
  ExpressionPtr Any() {
    const Level level(depth_);
    return Chain(Kind::kOr, "OR", &Parser::All);
  }
  ExpressionPtr All() { return Chain(Kind::kAnd, "AND", &Parser::Negation); }
  ExpressionPtr Negation() {
    bool negated = false;
    while (TakeWord("NOT")) negated = !negated;
    return Not(Comparison(), negated);
  }

  ExpressionPtr Comparison() {
    ExpressionPtr left = Sum();
    if (Peek().kind == Token::Kind::kSymbol && Holds(kComparisons, Peek().text)) {
      std::string symbol = Take().text;
      return Make(Kind::kCompare, std::move(symbol), std::move(left), Sum());
    }
    if (TakeWord("IS")) {
      const bool negated = TakeWord("NOT");
      const bool missing = TakeWord("MISSING");
      if (!missing) ExpectWord("NULL");
      return Not(Make(missing ? Kind::kIsMissing : Kind::kIsNull, {}, std::move(left)), negated);
    }
    const bool negated = TakeWord("NOT");
    if (TakeWord("LIKE")) {
      ExpressionPtr like = Make(Kind::kLike, {}, std::move(left), Sum());
      if (TakeWord("ESCAPE")) like->arguments.push_back(Sum());
      return Not(std::move(like), negated);
    }
    if (TakeWord("BETWEEN")) {
      ExpressionPtr low = Sum();
      ExpectWord("AND");
      return Not(Make(Kind::kBetween, {}, std::move(left), std::move(low), Sum()), negated);
    }
    if (TakeWord("IN")) {
      ExpressionPtr in = Make(Kind::kIn, {}, std::move(left));
      const bool bracket = TakeSymbol("[");
      if (!bracket) ExpectSymbol("(");
      do in->arguments.push_back(Any());
      while (TakeSymbol(","));
      ExpectSymbol(bracket ? "]" : ")");
      return Not(std::move(in), negated);
    }
    if (negated) Unexpected();
    return left;
  }

  /// Operators of one rank, from the left. Each one makes the tree deeper, so it counts as a level.
  template <std::size_t N>
  ExpressionPtr FromLeft(const std::array<std::string_view, N>& symbols, ExpressionPtr (Parser::*operand)()) {
    ExpressionPtr left = (this->*operand)();
    for (int count = 0; Peek().kind == Token::Kind::kSymbol && Holds(symbols, Peek().text); ++count) {
      if (count > kMaxDepth) throw AwsError(kParseUnsupportedSyntax, "The SQL expression is too long.");
      std::string symbol = Take().text;
      left = Make(Kind::kArithmetic, std::move(symbol), std::move(left), (this->*operand)());
    }
    return left;
  }
  ExpressionPtr Sum() {
    static constexpr std::array<std::string_view, 3> kSymbols{"+", "-", "||"};
    return FromLeft(kSymbols, &Parser::Product);
  }
  ExpressionPtr Product() {
    static constexpr std::array<std::string_view, 3> kSymbols{"*", "/", "%"};
    return FromLeft(kSymbols, &Parser::Signed);
  }
  ExpressionPtr Signed() {
    bool minus = false;
    while (IsSymbol("-") || IsSymbol("+")) minus ^= Take().text == "-";
    ExpressionPtr value = Primary();
    return minus ? Make(Kind::kNegate, {}, std::move(value)) : std::move(value);
  }

  ExpressionPtr Literal(Value value) {
    ExpressionPtr made = Make(Kind::kLiteral);
    made->literal = std::move(value);
    return made;
  }

  ExpressionPtr Primary() {
    const Level level(depth_);
    const Token& token = Peek();
    if (token.kind == Token::Kind::kNumber) return Literal(Take().value);
    if (token.kind == Token::Kind::kString) return Literal(Value::String(Take().text));
    if (TakeSymbol("(")) {
      ExpressionPtr inner = Any();
      ExpectSymbol(")");
      return inner;
    }
    if (TakeWord("NULL")) return Literal(Value::Null());
    if (TakeWord("MISSING")) return Literal(Value::Missing());
    if (TakeWord("TRUE")) return Literal(Value::Bool(true));
    if (TakeWord("FALSE")) return Literal(Value::Bool(false));
    if (IsWord("CASE")) return Case();
    if (token.kind == Token::Kind::kWord && IsSymbol("(", 1)) return Call();
    if (!IsName()) Unexpected();
    ExpressionPtr path = Make(Kind::kPath);
    path->path.push_back(NameStep());
    Path more = Steps();
    std::move(more.begin(), more.end(), std::back_inserter(path->path));
    if (IsSymbol(".") && IsSymbol("*", 1)) {
      throw AwsError(kParseUnsupportedSyntax, "The SQL expression contains unsupported syntax.");
    }
    return path;
  }

  ExpressionPtr Case() {
    Take();
    ExpressionPtr made = Make(Kind::kCase);
    ExpressionPtr subject;
    if (!IsWord("WHEN")) throw AwsError(kParseUnsupportedSyntax, "CASE needs WHEN with a condition.");
    while (TakeWord("WHEN")) {
      made->arguments.push_back(Any());
      ExpectWord("THEN");
      made->arguments.push_back(Any());
    }
    if (TakeWord("ELSE")) made->arguments.push_back(Any());
    ExpectWord("END");
    return made;
  }

  ExpressionPtr Call() {
    std::string name = Take().upper;
    Take();  // the parenthesis
    ExpressionPtr made;
    if (const auto* row = std::find_if(kAggregates.begin(), kAggregates.end(),
                                       [&](const auto& entry) { return entry.first == name; });
        row != kAggregates.end()) {
      made = CallAggregate(row->second);
    } else if (name == "CAST") {
      made = Make(Kind::kCast, {}, Any());
      ExpectWord("AS");
      made->text = Take().upper;
      if (!Holds(kTypes, made->text))
        throw AwsError(kParseInvalidTypeParam, "The type of CAST is not known.");
      if (TakeSymbol("(")) {  // DECIMAL(10, 2): digits are not limited
        while (!IsSymbol(")") && Peek().kind != Token::Kind::kEnd) Take();
        ExpectSymbol(")");
      }
    } else if (name == "SUBSTRING") {
      made = Make(Kind::kFunction, name, Any());
      const bool words = TakeWord("FROM");
      if (!words) ExpectSymbol(",");
      made->arguments.push_back(Any());
      if (words ? TakeWord("FOR") : TakeSymbol(",")) made->arguments.push_back(Any());
    } else if (name == "TRIM") {
      made = CallTrim();
    } else if (name == "EXTRACT") {
      made = Make(Kind::kFunction, name);
      made->unit = DatePart();
      ExpectWord("FROM");
      made->arguments.push_back(Any());
    } else if (name == "DATE_ADD" || name == "DATE_DIFF") {
      made = Make(Kind::kFunction, name);
      made->unit = DatePart();
      for (int i = 0; i < 2; ++i) {
        ExpectSymbol(",");
        made->arguments.push_back(Any());
      }
    } else {
      made = CallPlain(name);
    }
    ExpectSymbol(")");
    return made;
  }

  std::string DatePart() {
    std::string part = Take().upper;
    if (!Holds(kDateParts, part)) throw AwsError(kEvaluatorInvalidArguments, "The date part is not known.");
    return part;
  }

  ExpressionPtr CallAggregate(Aggregate::Kind kind) {
    if (!may_aggregate_ || in_aggregate_) {
      throw AwsError(kUnsupportedSqlOperation, "An aggregate function is not supported here.");
    }
    Aggregate aggregate{.kind = kind, .argument = nullptr};
    in_aggregate_ = true;
    if (kind != Aggregate::Kind::kCount || !TakeSymbol("*")) aggregate.argument = Any();
    in_aggregate_ = false;
    ExpressionPtr made = Make(Kind::kAggregate);
    made->index = query_.aggregates.size();
    query_.aggregates.push_back(std::move(aggregate));
    return made;
  }

  ExpressionPtr CallTrim() {
    ExpressionPtr made = Make(Kind::kFunction, "TRIM");
    made->unit = IsWord("LEADING") || IsWord("TRAILING") || IsWord("BOTH") ? Take().upper : "BOTH";
    ExpressionPtr characters = Literal(Value::String(" "));
    if (!TakeWord("FROM")) {
      ExpressionPtr first = Any();
      if (!TakeWord("FROM")) {
        made->arguments.push_back(std::move(characters));
        made->arguments.push_back(std::move(first));
        return made;
      }
      characters = std::move(first);
    }
    made->arguments.push_back(std::move(characters));
    made->arguments.push_back(Any());
    return made;
  }

  ExpressionPtr CallPlain(const std::string& name) {
    const auto* row = std::find_if(std::begin(kFunctions), std::end(kFunctions),
                                   [&](const FunctionRow& entry) { return entry.name == name; });
    if (row == std::end(kFunctions)) {
      throw AwsError(kUnsupportedFunction, "Encountered an unsupported SQL function: " + name);
    }
    ExpressionPtr made = Make(Kind::kFunction, name);
    if (!IsSymbol(")")) {
      do made->arguments.push_back(Any());
      while (TakeSymbol(","));
    }
    if (made->arguments.size() < row->least || made->arguments.size() > row->most) {
      throw AwsError(kEvaluatorInvalidArguments,
                     "Incorrect number of arguments in the function call: " + name);
    }
    return made;
  }

  /// Paths begin at the record: "s.name" and "S3Object.name" mean its member.
  void Finish() {
    for (Query::Column& column : query_.columns) Anchor(*column.expression, false);
    if (query_.where) Anchor(*query_.where, true);
    for (Aggregate& aggregate : query_.aggregates) {
      if (aggregate.argument) Anchor(*aggregate.argument, true);
    }
  }
  /// `of_record`: it is evaluated for each record, also where there are aggregates.
  void Anchor(Expression& expression, bool of_record) {
    if (expression.kind == Kind::kPath) {
      if (!query_.aggregates.empty() && !of_record) {
        throw AwsError(kUnsupportedSqlOperation, "Columns cannot be selected beside aggregate functions.");
      }
      const PathStep& first = expression.path.front();
      const auto same = [&](std::string_view name) {
        return std::equal(first.name.begin(), first.name.end(), name.begin(), name.end(),
                          [](char a, char b) { return (a | 32) == (b | 32); });
      };
      const bool named = (!alias_.empty() && same(alias_)) || same("s3object");
      if (named) expression.path.erase(expression.path.begin());
    }
    for (const ExpressionPtr& argument : expression.arguments) Anchor(*argument, of_record);
  }
  const std::vector<Token> tokens_;
  std::size_t at_ = 0;
  int depth_ = 0;
  bool may_aggregate_ = true;
  bool in_aggregate_ = false;
  std::string alias_;
  Query query_;
};

}  // namespace

Query ParseSql(std::string_view text) {
  if (text.size() > kMaxBytes) {
    throw AwsError(
        kExpressionTooLong,
        "The SQL expression is too long: The maximum byte-length for the SQL expression is 256 KB.");
  }
  return Parser(text).Run();
}

}  // namespace cumulite::s3::select
