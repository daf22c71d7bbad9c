#include "services/s3/select/value.h"

#include <charconv>
#include <chrono>

#include "base/time_text.h"
#include "protocol/json_codec.h"
#include "protocol/json_writer.h"

namespace cumulite::s3::select {
namespace {

std::string_view Trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

template <class T>
int Order(const T& a, const T& b) {
  return a < b ? -1 : b < a ? 1 : 0;
}

/// A CSV field that is a number stands for it beside a number.
std::optional<Value> AsNumber(const Value& value) {
  if (value.is_number()) return value;
  if (value.kind != Value::Kind::kString || !value.untyped) return std::nullopt;
  return ParseNumber(value.text);
}

std::string Digits(double number) {
  char text[32];
  const auto [end, error] = std::to_chars(text, text + sizeof text, number);
  return {text, end};
}

void WriteJson(protocol::JsonWriter& json, const Value& value) {
  switch (value.kind) {
    case Value::Kind::kMissing:
    case Value::Kind::kNull:
      json.Value() += "null";
      return;
    case Value::Kind::kBool:
      json.Bool(value.boolean);
      return;
    case Value::Kind::kInt:
      json.Int(value.integer);
      return;
    case Value::Kind::kFloat:
      json.Double(value.number);
      return;
    case Value::Kind::kString:
    case Value::Kind::kTime:
      json.String(ToText(value));
      return;
    case Value::Kind::kList:
      json.OpenArray();
      for (const Value& element : *value.list) WriteJson(json, element);
      json.CloseArray();
      return;
    case Value::Kind::kStruct:
      json.OpenObject();
      for (const auto& [name, member] : *value.members) {
        if (member.kind == Value::Kind::kMissing) continue;
        json.Key(name);
        WriteJson(json, member);
      }
      json.CloseObject();
      return;
  }
}

void ReadJson(void* out, protocol::JsonValue& in) {
  using Type = protocol::JsonValue::Type;
  Value& value = *static_cast<Value*>(out);
  switch (in.type()) {
    case Type::kNull:
      value = Value::Null();
      return;
    case Type::kBool:
      value = Value::Bool(in.Bool());
      return;
    case Type::kString:
      value = Value::String(std::string(in.String()));
      return;
    case Type::kNumber:
      value = ParseNumber(in.NumberText()).value_or(Value::Null());
      return;
    case Type::kArray: {
      auto list = std::make_shared<Value::List>();
      in.Elements([&](protocol::JsonValue& element) { ReadJson(&list->emplace_back(), element); });
      value.kind = Value::Kind::kList;
      value.list = std::move(list);
      return;
    }
    case Type::kObject: {
      auto members = std::make_shared<Value::Struct>();
      in.Members([&](std::string_view name, protocol::JsonValue& member) {
        ReadJson(&members->emplace_back(std::string(name), Value{}).second, member);
      });
      value.kind = Value::Kind::kStruct;
      value.members = std::move(members);
      return;
    }
  }
}

/// Takes `digits` digits off the front.
std::optional<int> TakeDigits(std::string_view& text, std::size_t digits) {
  if (text.size() < digits) return std::nullopt;
  int value = 0;
  for (std::size_t i = 0; i < digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(digits);
  return value;
}

bool TakeChar(std::string_view& text, char wanted) {
  if (!text.starts_with(wanted)) return false;
  text.remove_prefix(1);
  return true;
}

/// "Z", "+01:30" or nothing, as minutes.
std::optional<int> TakeOffset(std::string_view& text) {
  if (text.empty() || TakeChar(text, 'Z')) return 0;
  const bool minus = text.starts_with('-');
  if (!minus && !text.starts_with('+')) return std::nullopt;
  text.remove_prefix(1);
  const auto hours = TakeDigits(text, 2);
  if (!hours || !TakeChar(text, ':')) return std::nullopt;
  const auto minutes = TakeDigits(text, 2);
  if (!minutes || *hours > 23 || *minutes > 59) return std::nullopt;
  return (*hours * 60 + *minutes) * (minus ? -1 : 1);
}

struct TimeOfDay {
  int minutes = 0;
  int milliseconds = 0;
};

std::optional<TimeOfDay> TakeTime(std::string_view& text) {
  const auto hour = TakeDigits(text, 2);
  if (!hour || *hour > 23 || !TakeChar(text, ':')) return std::nullopt;
  const auto minute = TakeDigits(text, 2);
  if (!minute || *minute > 59) return std::nullopt;
  TimeOfDay time{*hour * 60 + *minute};
  if (!TakeChar(text, ':')) return time;
  const auto second = TakeDigits(text, 2);
  if (!second || *second > 59) return std::nullopt;
  time.milliseconds = *second * 1000;
  if (!TakeChar(text, '.')) return time;
  if (text.empty() || text[0] < '0' || text[0] > '9') return std::nullopt;
  for (int unit = 100; !text.empty() && text[0] >= '0' && text[0] <= '9'; text.remove_prefix(1), unit /= 10) {
    time.milliseconds += (text[0] - '0') * unit;
  }
  return time;
}

}  // namespace

Value Value::Null() {
  Value value;
  value.kind = Kind::kNull;
  return value;
}
Value Value::Bool(bool boolean) {
  Value value;
  value.kind = Kind::kBool;
  value.boolean = boolean;
  return value;
}
Value Value::Int(std::int64_t integer) {
  Value value;
  value.kind = Kind::kInt;
  value.integer = integer;
  return value;
}
Value Value::Float(double number) {
  Value value;
  value.kind = Kind::kFloat;
  value.number = number;
  return value;
}
Value Value::String(std::string text) {
  Value value;
  value.kind = Kind::kString;
  value.text = std::move(text);
  return value;
}
Value Value::Time(std::int64_t milliseconds) {
  Value value = Int(milliseconds);
  value.kind = Kind::kTime;
  return value;
}
Value Value::Field(std::string_view text) {
  Value value = String(std::string(text));
  value.untyped = true;
  return value;
}

std::optional<Value> ParseNumber(std::string_view text) {
  text = Trim(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  if (text.empty()) return std::nullopt;
  std::int64_t integer = 0;
  const char* const end = text.data() + text.size();
  if (const auto [at, error] = std::from_chars(text.data(), end, integer);
      error == std::errc() && at == end) {
    return Value::Int(integer);
  }
  double number = 0;
  if (const auto [at, error] = std::from_chars(text.data(), end, number); error == std::errc() && at == end) {
    return Value::Float(number);
  }
  return std::nullopt;
}

std::optional<std::int64_t> ParseTimestamp(std::string_view text) {
  const auto year = TakeDigits(text, 4);
  if (!year) return std::nullopt;
  int month = 1;
  int day = 1;
  if (TakeChar(text, '-')) {
    const auto given = TakeDigits(text, 2);
    if (!given) return std::nullopt;
    month = *given;
    if (TakeChar(text, '-')) {
      const auto of_month = TakeDigits(text, 2);
      if (!of_month) return std::nullopt;
      day = *of_month;
    }
  }
  const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(unsigned(month)),
                                         std::chrono::day(unsigned(day))};
  if (!date.ok()) return std::nullopt;
  TimeOfDay time;
  int offset = 0;
  if (TakeChar(text, 'T') && !text.empty()) {
    const auto taken = TakeTime(text);
    const auto zone = taken ? TakeOffset(text) : std::nullopt;
    if (!zone || !text.empty()) return std::nullopt;
    time = *taken;
    offset = *zone;
  }
  if (!text.empty()) return std::nullopt;
  const auto days = std::chrono::sys_days(date).time_since_epoch().count();
  return (std::int64_t{days} * 1440 + time.minutes - offset) * 60'000 + time.milliseconds;
}

std::optional<int> Compare(const Value& a, const Value& b) {
  if (a.is_absent() || b.is_absent()) return std::nullopt;
  if (a.is_number() || b.is_number()) {
    const auto left = AsNumber(a);
    const auto right = AsNumber(b);
    if (!left || !right) return std::nullopt;
    if (left->kind == Value::Kind::kInt && right->kind == Value::Kind::kInt) {
      return Order(left->integer, right->integer);
    }
    return Order(left->AsDouble(), right->AsDouble());
  }
  if (a.kind != b.kind) return std::nullopt;
  switch (a.kind) {
    case Value::Kind::kString:
      return Order(a.text, b.text);
    case Value::Kind::kTime:
      return Order(a.integer, b.integer);
    case Value::Kind::kBool:
      return Order(a.boolean, b.boolean);
    default:
      return std::nullopt;
  }
}

std::string ToText(const Value& value) {
  switch (value.kind) {
    case Value::Kind::kMissing:
    case Value::Kind::kNull:
      return {};
    case Value::Kind::kBool:
      return value.boolean ? "true" : "false";
    case Value::Kind::kInt:
      return std::to_string(value.integer);
    case Value::Kind::kFloat:
      return Digits(value.number);
    case Value::Kind::kString:
      return value.text;
    case Value::Kind::kTime:
      return base::FormatIso8601(base::TimePoint(std::chrono::milliseconds(value.integer)));
    case Value::Kind::kList:
    case Value::Kind::kStruct:
      break;
  }
  std::string json;
  AppendJson(json, value);
  return json;
}

void AppendJson(std::string& out, const Value& value) {
  protocol::JsonWriter json(out);
  WriteJson(json, value);
}

Value ParseJson(std::string_view text) {
  static constexpr protocol::LeafCodec kCodec{.read_json = &ReadJson, .write_json = nullptr};
  Value value;
  protocol::ReadJsonLeaf(text, kCodec, &value);
  return value;
}

}  // namespace cumulite::s3::select
