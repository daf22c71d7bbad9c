#pragma once
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cumulite::s3::select {

/// A value of S3 Select: what a record holds and what expressions give. Containers are shared, not copied.
struct Value {
  enum class Kind : std::uint8_t { kMissing, kNull, kBool, kInt, kFloat, kString, kTime, kList, kStruct };
  using List = std::vector<Value>;
  using Struct = std::vector<std::pair<std::string, Value>>;

  Kind kind = Kind::kMissing;
  bool boolean = false;
  bool untyped = false;      // text of a CSV field, which is compared with numbers as a number
  std::int64_t integer = 0;  // of kTime: milliseconds since the epoch
  double number = 0;
  std::string text;
  std::shared_ptr<const List> list;
  std::shared_ptr<const Struct> members;

  static Value Missing() { return {}; }
  static Value Null();
  static Value Bool(bool value);
  static Value Int(std::int64_t value);
  static Value Float(double value);
  static Value String(std::string text);
  static Value Time(std::int64_t milliseconds);
  /// A CSV field.
  static Value Field(std::string_view text);

  bool is_absent() const { return kind == Kind::kMissing || kind == Kind::kNull; }
  bool is_number() const { return kind == Kind::kInt || kind == Kind::kFloat; }
  double AsDouble() const { return kind == Kind::kInt ? static_cast<double>(integer) : number; }
};

/// A whole or decimal number, blanks around it allowed; nullopt for other text.
std::optional<Value> ParseNumber(std::string_view text);

/// "2006-05-04T03:02Z", also with seconds, a fraction, an offset, or just "2006T", "2006-05T", "2006-05-04".
/// Source: S3 User Guide "SQL Functions", TO_TIMESTAMP (ISO 8601).
std::optional<std::int64_t> ParseTimestamp(std::string_view text);

/// Less, equal or greater as -1, 0, 1; nullopt where the two cannot be compared, or one is absent.
std::optional<int> Compare(const Value& a, const Value& b);

/// As a CSV field, or as text: empty for what is absent.
std::string ToText(const Value& value);
/// As JSON; what is missing is null.
void AppendJson(std::string& out, const Value& value);

/// Reads one JSON value. Errors: AwsError of any kind for text that is none.
Value ParseJson(std::string_view text);

}  // namespace cumulite::s3::select
