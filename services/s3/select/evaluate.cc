#include "services/s3/select/evaluate.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "protocol/http.h"
#include "services/s3/select/errors.h"

namespace cumulite::s3::select {
namespace {

using Kind = Expression::Kind;

Value Not(const Value& value) {
  if (value.kind != Value::Kind::kBool) return Value::Null();
  return Value::Bool(!value.boolean);
}

/// "true" and "false" of a CSV field count, too.
Value Truth(Value value) {
  if (value.kind == Value::Kind::kString && value.untyped) {
    if (protocol::EqualsIgnoreCase(value.text, "true")) return Value::Bool(true);
    if (protocol::EqualsIgnoreCase(value.text, "false")) return Value::Bool(false);
  }
  return value.kind == Value::Kind::kBool ? value : Value::Null();
}

/// AND and OR of SQL: unknown unless one decides.
Value Logic(const Expression& expression, const Scope& scope, bool decides) {
  bool unknown = false;
  for (const ExpressionPtr& argument : expression.arguments) {
    const Value value = Truth(Evaluate(*argument, scope));
    if (value.kind != Value::Kind::kBool) {
      unknown = true;
    } else if (value.boolean == decides) {
      return value;
    }
  }
  return unknown ? Value::Null() : Value::Bool(!decides);
}

Value CompareBy(std::string_view symbol, const Value& a, const Value& b) {
  if (a.is_absent() || b.is_absent()) return Value::Null();
  const std::optional<int> order = Compare(a, b);
  if (!order) return symbol == "<>" ? Value::Bool(true) : Value::Bool(false);
  if (symbol == "=") return Value::Bool(*order == 0);
  if (symbol == "<>") return Value::Bool(*order != 0);
  if (symbol == "<") return Value::Bool(*order < 0);
  if (symbol == "<=") return Value::Bool(*order <= 0);
  if (symbol == ">") return Value::Bool(*order > 0);
  return Value::Bool(*order >= 0);
}

Value EvaluateLike(const std::vector<Value>& values) {
  if (values[0].is_absent() || values[1].is_absent()) return Value::Null();
  if (values[0].kind != Value::Kind::kString || values[1].kind != Value::Kind::kString) {
    throw AwsError(kIncorrectSqlFunctionArgumentType, "LIKE compares strings.");
  }
  char escape = 0;
  if (values.size() > 2) {
    if (values[2].text.size() != 1) {
      throw AwsError(kEvaluatorInvalidArguments, "ESCAPE is a single character.");
    }
    escape = values[2].text[0];
  }
  return Value::Bool(Like(values[0].text, values[1].text, escape));
}

Value EvaluateIn(const std::vector<Value>& values) {
  if (values[0].is_absent()) return Value::Null();
  for (std::size_t i = 1; i < values.size(); ++i) {
    if (values[i].kind == Value::Kind::kList) {
      for (const Value& element : *values[i].list) {
        if (Compare(values[0], element) == 0) return Value::Bool(true);
      }
    } else if (Compare(values[0], values[i]) == 0) {
      return Value::Bool(true);
    }
  }
  return Value::Bool(false);
}

Value EvaluateBetween(const std::vector<Value>& values) {
  const Value low = CompareBy(">=", values[0], values[1]);
  const Value high = CompareBy("<=", values[0], values[2]);
  if (low.kind != Value::Kind::kBool || high.kind != Value::Kind::kBool) return Value::Null();
  return Value::Bool(low.boolean && high.boolean);
}

Value EvaluateCase(const Expression& expression, const Scope& scope) {
  const auto& arguments = expression.arguments;
  std::size_t at = 0;
  for (; at + 1 < arguments.size(); at += 2) {
    if (Holds(*arguments[at], scope)) return Evaluate(*arguments[at + 1], scope);
  }
  return at < arguments.size() ? Evaluate(*arguments[at], scope) : Value::Null();
}

Value Negate(const Value& value) {
  if (value.is_absent()) return value;
  return Arithmetic("-", Value::Int(0), value);
}

bool Named(std::string_view name, const PathStep& step) {
  return step.exact ? name == step.name : protocol::EqualsIgnoreCase(name, step.name);
}

/// "_3" is the third field.
std::optional<std::size_t> Position(std::string_view name) {
  std::size_t number = 0;
  if (name.size() < 2 || name[0] != '_') return std::nullopt;
  const auto [end, error] = std::from_chars(name.data() + 1, name.data() + name.size(), number);
  if (error != std::errc() || end != name.data() + name.size()) return std::nullopt;
  return number;
}

Value FindField(const Record& record, const PathStep& step) {
  if (record.header != nullptr) {
    for (std::size_t i = 0; i < record.header->size(); ++i) {
      if (!Named((*record.header)[i], step)) continue;
      return i < record.fields.size() ? Value::Field(record.fields[i]) : Value::Missing();
    }
  }
  const auto position = Position(step.name);
  if (!position) {
    if (record.header == nullptr) {
      throw AwsError(kMissingHeaders, "Some headers in the query are missing from the file. Check the file.");
    }
    throw AwsError(kEvaluatorBindingDoesNotExist,
                   "A column name in the query is not in the file: " + step.name);
  }
  if (*position == 0) throw AwsError(kInvalidColumnIndex, "The column index is not valid.");
  return *position <= record.fields.size() ? Value::Field(record.fields[*position - 1]) : Value::Missing();
}

std::vector<Value> EvaluateAll(const Expression& expression, const Scope& scope) {
  std::vector<Value> values;
  values.reserve(expression.arguments.size());
  for (const ExpressionPtr& argument : expression.arguments) values.push_back(Evaluate(*argument, scope));
  return values;
}

/// A CSV field as the number that it is.
Value Numeric(const Value& value) {
  if (value.is_number()) return value;
  if (value.kind == Value::Kind::kString && value.untyped) {
    if (auto number = ParseNumber(value.text)) return *number;
  }
  throw AwsError(kEvaluatorInvalidArguments, "Arithmetic wants numbers.");
}

}  // namespace

Value Step(const Value& value, const PathStep& step) {
  if (step.kind == PathStep::Kind::kIndex) {
    const bool there = value.kind == Value::Kind::kList && step.index < value.list->size();
    return there ? (*value.list)[step.index] : Value::Missing();
  }
  if (step.kind == PathStep::Kind::kEach) return value.kind == Value::Kind::kList ? value : Value::Missing();
  if (value.kind != Value::Kind::kStruct) return Value::Missing();
  for (const auto& [name, member] : *value.members) {
    if (Named(name, step)) return member;
  }
  // Scalars stand for their only column.
  return Value::Missing();
}

Value Find(const Record& record, const Path& path) {
  if (record.is_csv) {
    if (path.size() != 1 || path[0].kind != PathStep::Kind::kName) return Value::Missing();
    return FindField(record, path[0]);
  }
  Value value = record.value;
  std::size_t at = 0;
  // A record that is no object has one column.
  if (!path.empty() && value.kind != Value::Kind::kStruct && path[0].name == "_1") at = 1;
  for (; at < path.size(); ++at) value = Step(value, path[at]);
  return value;
}

Value Arithmetic(std::string_view symbol, const Value& a, const Value& b) {
  if (a.is_absent() || b.is_absent()) return Value::Null();
  if (symbol == "||") return Value::String(ToText(a) + ToText(b));
  const Value left = Numeric(a);
  const Value right = Numeric(b);
  if (left.kind == Value::Kind::kInt && right.kind == Value::Kind::kInt) {
    std::int64_t result = 0;
    bool over = false;
    if (symbol == "+") over = __builtin_add_overflow(left.integer, right.integer, &result);
    if (symbol == "-") over = __builtin_sub_overflow(left.integer, right.integer, &result);
    if (symbol == "*") over = __builtin_mul_overflow(left.integer, right.integer, &result);
    if (symbol == "/" || symbol == "%") {
      if (right.integer == 0) throw AwsError(kEvaluatorInvalidArguments, "Division by zero.");
      over = right.integer == -1 && left.integer == INT64_MIN;
      if (!over) result = symbol == "/" ? left.integer / right.integer : left.integer % right.integer;
    }
    if (!over) return Value::Int(result);
  }
  const double x = left.AsDouble();
  const double y = right.AsDouble();
  if (symbol == "+") return Value::Float(x + y);
  if (symbol == "-") return Value::Float(x - y);
  if (symbol == "*") return Value::Float(x * y);
  if (y == 0) throw AwsError(kEvaluatorInvalidArguments, "Division by zero.");
  return Value::Float(symbol == "/" ? x / y : std::fmod(x, y));
}

Value Evaluate(const Expression& expression, const Scope& scope) {
  switch (expression.kind) {
    case Kind::kLiteral:
      return expression.literal;
    case Kind::kPath:
      return Find(scope.record, expression.path);
    case Kind::kAnd:
      return Logic(expression, scope, false);
    case Kind::kOr:
      return Logic(expression, scope, true);
    case Kind::kCase:
      return EvaluateCase(expression, scope);
    case Kind::kAggregate:
      return scope.aggregates == nullptr ? Value::Null() : (*scope.aggregates)[expression.index];
    default:
      break;
  }
  const std::vector<Value> values = EvaluateAll(expression, scope);
  switch (expression.kind) {
    case Kind::kNot:
      return Not(Truth(values[0]));
    case Kind::kNegate:
      return Negate(values[0]);
    case Kind::kCompare:
      return CompareBy(expression.text, values[0], values[1]);
    case Kind::kArithmetic:
      return Arithmetic(expression.text, values[0], values[1]);
    case Kind::kLike:
      return EvaluateLike(values);
    case Kind::kBetween:
      return EvaluateBetween(values);
    case Kind::kIn:
      return EvaluateIn(values);
    case Kind::kIsNull:
      return Value::Bool(values[0].is_absent());
    case Kind::kIsMissing:
      return Value::Bool(values[0].kind == Value::Kind::kMissing);
    case Kind::kCast:
      return Cast(values[0], expression.text);
    default:
      return CallFunction(expression, values, scope.now);
  }
}

bool Holds(const Expression& condition, const Scope& scope) {
  const Value value = Truth(Evaluate(condition, scope));
  return value.kind == Value::Kind::kBool && value.boolean;
}

void Aggregation::Add(const Scope& scope) {
  for (std::size_t i = 0; i < aggregates_.size(); ++i) {
    State& state = states_[i];
    if (!aggregates_[i].argument) {
      ++state.count;
      continue;
    }
    const Value value = Evaluate(*aggregates_[i].argument, scope);
    if (value.is_absent()) continue;
    ++state.count;
    const bool first = state.count == 1;
    switch (aggregates_[i].kind) {
      case Aggregate::Kind::kCount:
        break;
      case Aggregate::Kind::kSum:
      case Aggregate::Kind::kAverage:
        state.value = first ? Numeric(value) : Arithmetic("+", state.value, value);
        break;
      case Aggregate::Kind::kMin:
        if (first || Compare(value, state.value).value_or(0) < 0) state.value = value;
        break;
      case Aggregate::Kind::kMax:
        if (first || Compare(value, state.value).value_or(0) > 0) state.value = value;
        break;
    }
  }
}

std::vector<Value> Aggregation::Results() const {
  std::vector<Value> results;
  for (std::size_t i = 0; i < aggregates_.size(); ++i) {
    const State& state = states_[i];
    if (aggregates_[i].kind == Aggregate::Kind::kCount) {
      results.push_back(Value::Int(state.count));
    } else if (state.count == 0) {
      results.push_back(Value::Null());
    } else if (aggregates_[i].kind == Aggregate::Kind::kAverage) {
      results.push_back(Value::Float(state.value.AsDouble() / static_cast<double>(state.count)));
    } else {
      results.push_back(state.value);
    }
  }
  return results;
}

}  // namespace cumulite::s3::select
