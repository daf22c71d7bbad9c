#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "services/s3/select/sql.h"

namespace cumulite::s3::select {

/// One record of the input. A CSV record is its fields, which have the names of the header if there is one,
/// and always "_1", "_2", ...; a JSON record is a value.
struct Record {
  bool is_csv = false;
  std::vector<std::string> fields;
  const std::vector<std::string>* header = nullptr;
  Value value;
};

/// What an expression looks at.
struct Scope {
  const Record& record;
  const std::vector<Value>* aggregates = nullptr;  // results, where they are known
  base::TimePoint now;
};

/// Errors: CastFailed, EvaluatorInvalidArguments, IncorrectSqlFunctionArgumentType, InvalidColumnIndex.
Value Evaluate(const Expression& expression, const Scope& scope);
/// Whether a condition holds: unknown counts as no.
bool Holds(const Expression& condition, const Scope& scope);

/// What is at `path` from the record on.
Value Find(const Record& record, const Path& path);
/// Follows one step; missing where there is nothing.
Value Step(const Value& value, const PathStep& step);

/// A function of functions.cc on its evaluated arguments.
Value CallFunction(const Expression& call, const std::vector<Value>& arguments, base::TimePoint now);
/// CAST to a type ("INT"). Errors: CastFailed.
Value Cast(const Value& value, std::string_view type);
/// SQL's LIKE; `escape`: 0 for none. Linear in the text for each piece between two "%".
bool Like(std::string_view text, std::string_view pattern, char escape);

/// Follows the records of a query's aggregates.
class Aggregation {
 public:
  explicit Aggregation(const std::vector<Aggregate>& aggregates)
      : aggregates_(aggregates), states_(aggregates.size()) {}

  void Add(const Scope& scope);
  std::vector<Value> Results() const;

 private:
  struct State {
    std::int64_t count = 0;
    Value value;  // the sum, the least or the greatest so far
  };
  const std::vector<Aggregate>& aggregates_;
  std::vector<State> states_;
};

/// "+", "-", "*", "/", "%", "||". Errors: EvaluatorInvalidArguments.
Value Arithmetic(std::string_view symbol, const Value& a, const Value& b);

}  // namespace cumulite::s3::select
