#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cumulite::sns::filter {

/// A JSON value of a message, in the form in which filter policies look at it.
struct Value {
  enum class Type : std::uint8_t { kNull, kBool, kNumber, kString, kArray, kObject };

  Type type = Type::kNull;
  bool truth = false;
  double number = 0;
  std::string text;
  std::vector<Value> elements;
  std::vector<std::pair<std::string, Value>> members;  // by name

  const Value* Find(std::string_view name) const;
};

/// The body of a message; nothing unless it is a JSON object. A member "a.b" is member "b" of member "a".
std::optional<Value> ReadBody(std::string_view body);

/// Adds an attribute to the object that attribute policies match: a String, a Number, or the elements of a
/// String.Array. Other types are never matched.
void AddAttribute(Value& object, std::string_view name, std::string_view data_type, std::string_view value);

/// How numbers are compared: to five digits after the point.
double Comparable(double number);

}  // namespace cumulite::sns::filter
