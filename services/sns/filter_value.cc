#include "services/sns/filter_value.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

namespace cumulite::sns::filter {
namespace {
using nlohmann::json;

/// No policy looks deeper: what is nested further matches nothing.
constexpr int kMaxDepth = 150;

Value Convert(const json& from, int depth);

Value& Member(Value& object, std::string_view name) {
  const auto at =
      std::lower_bound(object.members.begin(), object.members.end(), name,
                       [](const auto& member, std::string_view key) { return member.first < key; });
  if (at != object.members.end() && at->first == name) return at->second;
  return object.members.emplace(at, std::string(name), Value{})->second;
}

/// Puts a value under its name, one level for each dot.
void Put(Value& object, std::string_view name, Value value, int depth) {
  object.type = Value::Type::kObject;
  const std::size_t dot = name.find('.');
  if (dot != std::string_view::npos && depth < kMaxDepth) {
    Value& inner = Member(object, name.substr(0, dot));
    if (inner.type != Value::Type::kObject) inner = Value{};
    return Put(inner, name.substr(dot + 1), std::move(value), depth + 1);
  }
  Value& slot = Member(object, name);
  if (slot.type == Value::Type::kObject && value.type == Value::Type::kObject) {
    for (auto& [key, inner] : value.members) Member(slot, key) = std::move(inner);
  } else {
    slot = std::move(value);
  }
}

Value Convert(const json& from, int depth) {
  Value value;
  if (depth > kMaxDepth) return value;
  switch (from.type()) {
    case json::value_t::boolean:
      value.type = Value::Type::kBool;
      value.truth = from.get<bool>();
      break;
    case json::value_t::number_integer:
    case json::value_t::number_unsigned:
    case json::value_t::number_float:
      value.type = Value::Type::kNumber;
      value.number = from.get<double>();
      break;
    case json::value_t::string:
      value.type = Value::Type::kString;
      value.text = from.get_ref<const std::string&>();
      break;
    case json::value_t::array:
      value.type = Value::Type::kArray;
      value.elements.reserve(from.size());
      for (const json& element : from) value.elements.push_back(Convert(element, depth + 1));
      break;
    case json::value_t::object:
      value.type = Value::Type::kObject;
      for (const auto& [name, member] : from.items()) Put(value, name, Convert(member, depth + 1), depth);
      break;
    default:
      break;
  }
  return value;
}

}  // namespace

const Value* Value::Find(std::string_view name) const {
  const auto at =
      std::lower_bound(members.begin(), members.end(), name,
                       [](const auto& member, std::string_view key) { return member.first < key; });
  return at != members.end() && at->first == name ? &at->second : nullptr;
}

std::optional<Value> ReadBody(std::string_view body) {
  const json document = json::parse(body, nullptr, false);
  if (!document.is_object()) return std::nullopt;
  return Convert(document, 0);
}

void AddAttribute(Value& object, std::string_view name, std::string_view data_type, std::string_view value) {
  Value read;
  if (data_type == "String.Array") {
    const json document = json::parse(value, nullptr, false);
    if (document.is_discarded()) return;
    read = Convert(document, 0);
  } else if (data_type == "Number" || data_type.starts_with("Number.")) {
    if (value.starts_with('+')) value.remove_prefix(1);
    const auto result = std::from_chars(value.data(), value.data() + value.size(), read.number);
    if (result.ec != std::errc{}) return;
    read.type = Value::Type::kNumber;
  } else if (data_type == "String" || data_type.starts_with("String.")) {
    read.type = Value::Type::kString;
    read.text = value;
  } else {
    return;
  }
  object.type = Value::Type::kObject;
  Member(object, name) = std::move(read);
}

double Comparable(double number) {
  constexpr double kDigits = 1e5;
  constexpr double kExact = 1e10;  // beyond it the product is no whole number of digits any more
  return std::abs(number) < kExact ? std::nearbyint(number * kDigits) : number * kDigits;
}

}  // namespace cumulite::sns::filter
