#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/s3/select/value.h"

/// The SQL of SelectObjectContent, parsed. Pure.
/// Source: S3 User Guide "SQL reference for Amazon S3 Select".
namespace cumulite::s3::select {

/// One step from a value into it: a member's name, an element's index, or every element.
struct PathStep {
  enum class Kind : std::uint8_t { kName, kIndex, kEach };
  Kind kind = Kind::kName;
  std::string name;
  bool exact = false;  // in quotes: case counts
  std::size_t index = 0;
};
using Path = std::vector<PathStep>;

struct Expression;
using ExpressionPtr = std::unique_ptr<Expression>;

struct Expression {
  enum class Kind : std::uint8_t {
    kLiteral,
    kPath,
    kNot,
    kNegate,
    kAnd,
    kOr,
    kCompare,     // text: "=", "<>", "<", "<=", ">", ">="
    kArithmetic,  // text: "+", "-", "*", "/", "%", "||"
    kLike,        // value, pattern, escape if given
    kBetween,     // value, low, high
    kIn,          // value, then those that it may be
    kIsNull,
    kIsMissing,
    kCase,       // pairs of condition and result, then the result otherwise if given
    kCast,       // text: the type
    kFunction,   // text: the name; unit: of dates, or "LEADING", ...
    kAggregate,  // index: which of the query's
  };
  Kind kind = Kind::kLiteral;
  Value literal = {};
  Path path = {};
  std::string text = {};
  std::string unit = {};
  std::size_t index = 0;
  std::vector<ExpressionPtr> arguments = {};
};

struct Aggregate {
  enum class Kind : std::uint8_t { kCount, kSum, kAverage, kMin, kMax };
  Kind kind = Kind::kCount;
  ExpressionPtr argument;  // null: COUNT(*)
};

struct Query {
  struct Column {
    ExpressionPtr expression;
    std::string name;
  };
  bool everything = false;  // SELECT *
  std::vector<Column> columns;
  Path from;  // behind S3Object
  ExpressionPtr where;
  std::optional<std::uint64_t> limit;
  std::vector<Aggregate> aggregates;
};

/// Errors: ParseUnexpectedToken, LexerInvalidChar, UnsupportedFunction, UnsupportedSqlOperation,
/// ParseUnsupportedSyntax (too deep), ExpressionTooLong (over 256 KB).
Query ParseSql(std::string_view text);

}  // namespace cumulite::s3::select
