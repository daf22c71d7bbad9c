#include <chrono>

#include "protocol/utf8.h"
#include "services/s3/select/errors.h"
#include "services/s3/select/evaluate.h"

namespace cumulite::s3::select {
namespace {

using Values = std::vector<Value>;
using namespace std::chrono;

AwsError WrongArgument(std::string_view function) {
  return AwsError(kIncorrectSqlFunctionArgumentType,
                  "Incorrect type of arguments in function call: " + std::string(function));
}

const std::string& Text(const Value& value, std::string_view function) {
  if (value.kind != Value::Kind::kString) throw WrongArgument(function);
  return value.text;
}

std::int64_t Whole(const Value& value, std::string_view function) {
  if (value.kind == Value::Kind::kInt) return value.integer;
  const auto number =
      value.kind == Value::Kind::kString && value.untyped ? ParseNumber(value.text) : std::optional<Value>{};
  if (!number || number->kind != Value::Kind::kInt) throw WrongArgument(function);
  return number->integer;
}

std::int64_t Moment(const Value& value, std::string_view function) {
  if (value.kind == Value::Kind::kTime) return value.integer;
  if (value.kind == Value::Kind::kString) {
    if (const auto time = ParseTimestamp(value.text)) return *time;
  }
  throw WrongArgument(function);
}

/// ASCII letters only.
Value ChangeCase(std::string text, char first, char last) {
  for (char& c : text) {
    if (c >= first && c <= last) c = static_cast<char>(c ^ 32);
  }
  return Value::String(std::move(text));
}

/// Where the character of that number begins; the end when there are not so many.
std::size_t Offset(std::string_view text, std::int64_t characters) {
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    if ((static_cast<unsigned char>(text[at]) & 0xC0) != 0x80 && characters-- == 0) return at;
  }
  return at;
}

/// Positions begin at 1, and may be before it.
Value Substring(const Values& arguments) {
  const std::string& text = Text(arguments[0], "SUBSTRING");
  const std::int64_t from = std::max<std::int64_t>(Whole(arguments[1], "SUBSTRING"), -(1LL << 40));
  std::int64_t end = 1LL << 41;
  if (arguments.size() > 2) {
    const std::int64_t length = Whole(arguments[2], "SUBSTRING");
    if (length < 0) throw AwsError(kEvaluatorInvalidArguments, "SUBSTRING wants a length of 0 or more.");
    end = std::min<std::int64_t>(from, 1LL << 40) + std::min<std::int64_t>(length, 1LL << 40);
  }
  const std::size_t start = Offset(text, std::max<std::int64_t>(from, 1) - 1);
  const std::size_t stop = end <= 1 ? 0 : Offset(text, end - 1);
  return Value::String(stop <= start ? std::string{} : text.substr(start, stop - start));
}

Value Trim(const Expression& call, const Values& arguments) {
  const std::string& characters = Text(arguments[0], "TRIM");
  std::string_view text = Text(arguments[1], "TRIM");
  const auto is_one = [&](char c) { return characters.find(c) != std::string::npos; };
  while (call.unit != "TRAILING" && !text.empty() && is_one(text.front())) text.remove_prefix(1);
  while (call.unit != "LEADING" && !text.empty() && is_one(text.back())) text.remove_suffix(1);
  return Value::String(std::string(text));
}

struct Calendar {
  year_month_day date;
  hh_mm_ss<milliseconds> time;

  explicit Calendar(std::int64_t moment)
      : date(floor<days>(sys_time<milliseconds>(milliseconds(moment)))),
        time(sys_time<milliseconds>(milliseconds(moment)) -
             floor<days>(sys_time<milliseconds>(milliseconds(moment)))) {}
};

std::int64_t Milliseconds(std::string_view unit) {
  if (unit == "DAY") return 86'400'000;
  if (unit == "HOUR") return 3'600'000;
  if (unit == "MINUTE") return 60'000;
  return 1000;
}

Value DateAdd(const Expression& call, const Values& arguments) {
  const std::int64_t count = Whole(arguments[0], "DATE_ADD");
  const std::int64_t moment = Moment(arguments[1], "DATE_ADD");
  if (count < -1'000'000'000 || count > 1'000'000'000) throw WrongArgument("DATE_ADD");
  if (call.unit != "YEAR" && call.unit != "MONTH") {
    return Value::Time(moment + count * Milliseconds(call.unit));
  }
  const Calendar at(moment);
  const std::int64_t all =
      (int{at.date.year()} * 12LL + unsigned{at.date.month()} - 1) + count * (call.unit == "YEAR" ? 12 : 1);
  const std::int64_t of_year = all / 12;
  if (all < 0 || of_year > 9999) throw WrongArgument("DATE_ADD");
  const year_month month =
      year(static_cast<int>(of_year)) / std::chrono::month(static_cast<unsigned>(all % 12) + 1);
  const day last = (month / std::chrono::last).day();
  const sys_days date = month / std::min(at.date.day(), last);
  return Value::Time(duration_cast<milliseconds>(date.time_since_epoch()).count() +
                     at.time.to_duration().count());
}

/// Whole units between two moments.
Value DateDiff(const Expression& call, const Values& arguments) {
  const std::int64_t from = Moment(arguments[0], "DATE_DIFF");
  const std::int64_t to = Moment(arguments[1], "DATE_DIFF");
  if (call.unit != "YEAR" && call.unit != "MONTH") return Value::Int((to - from) / Milliseconds(call.unit));
  const Calendar first(std::min(from, to));
  const Calendar second(std::max(from, to));
  std::int64_t months = (int{second.date.year()} - int{first.date.year()}) * 12LL +
                        unsigned{second.date.month()} - unsigned{first.date.month()};
  const auto within = [](const Calendar& at) {
    return unsigned{at.date.day()} * 86'400'000LL + at.time.to_duration().count();
  };
  if (within(second) < within(first)) --months;
  const std::int64_t count = call.unit == "YEAR" ? months / 12 : months;
  return Value::Int(from <= to ? count : -count);
}

Value Extract(const Expression& call, const Values& arguments) {
  const Calendar at(Moment(arguments[0], "EXTRACT"));
  if (call.unit == "YEAR") return Value::Int(int{at.date.year()});
  if (call.unit == "MONTH") return Value::Int(unsigned{at.date.month()});
  if (call.unit == "DAY") return Value::Int(unsigned{at.date.day()});
  if (call.unit == "HOUR") return Value::Int(at.time.hours().count());
  if (call.unit == "MINUTE") return Value::Int(at.time.minutes().count());
  if (call.unit == "SECOND") return Value::Int(at.time.seconds().count());
  return Value::Int(0);  // times are kept in UTC
}

constexpr std::string_view kMonths[] = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};

std::string Padded(std::int64_t number, std::size_t digits) {
  std::string text = std::to_string(number);
  return text.size() >= digits ? text : std::string(digits - text.size(), '0') + text;
}

/// One run of the same letter of TO_STRING's pattern.
std::string FormatRun(char letter, std::size_t count, const Calendar& at) {
  const std::int64_t year_number = int{at.date.year()};
  const std::int64_t hour = at.time.hours().count();
  const std::int64_t twelve = hour % 12 == 0 ? 12 : hour % 12;
  switch (letter) {
    case 'y':
      return count == 2 ? Padded(year_number % 100, 2) : Padded(year_number, count);
    case 'M': {
      const unsigned number = unsigned{at.date.month()};
      const std::string_view name = kMonths[number - 1];
      if (count <= 2) return Padded(number, count);
      return std::string(name.substr(0, count == 3 ? 3 : count == 5 ? 1 : name.size()));
    }
    case 'd':
      return Padded(unsigned{at.date.day()}, count);
    case 'a':
      return hour < 12 ? "AM" : "PM";
    case 'h':
      return Padded(twelve, count);
    case 'H':
      return Padded(hour, count);
    case 'm':
      return Padded(at.time.minutes().count(), count);
    case 's':
      return Padded(at.time.seconds().count(), count);
    case 'S': {
      std::string fraction = Padded(at.time.subseconds().count(), 3);
      fraction.resize(std::min<std::size_t>(count, 9), '0');
      return fraction;
    }
    case 'n':
      return std::to_string(at.time.subseconds().count() * 1'000'000);
    case 'X':
      return "Z";
    case 'x':
      return count >= 4 ? "+00:00" : "+0000";
    default:
      return std::string(count, letter);
  }
}

Value TimeToString(const Values& arguments) {
  const Calendar at(Moment(arguments[0], "TO_STRING"));
  const std::string& pattern = Text(arguments[1], "TO_STRING");
  std::string text;
  for (std::size_t i = 0; i < pattern.size();) {
    if (pattern[i] == '\'') {
      const std::size_t end = std::min(pattern.find('\'', i + 1), pattern.size());
      text.append(pattern, i + 1, end - i - 1);
      i = end + 1;
      continue;
    }
    const std::size_t end = std::min(pattern.find_first_not_of(pattern[i], i), pattern.size());
    text += FormatRun(pattern[i], std::min<std::size_t>(end - i, 32), at);
    i = end;
  }
  return Value::String(std::move(text));
}

AwsError CastFailed(const Value& value, std::string_view type) {
  return AwsError(kCastFailed,
                  "Attempt to convert from one data type to another using CAST failed in the SQL expression: "
                  "\"" +
                      ToText(value).substr(0, 64) + "\" to " + std::string(type) + ".");
}

}  // namespace

Value CallFunction(const Expression& call, const Values& arguments, base::TimePoint now) {
  const std::string& name = call.text;
  if (name == "COALESCE") {
    for (const Value& value : arguments) {
      if (!value.is_absent()) return value;
    }
    return Value::Null();
  }
  if (name == "NULLIF") return Compare(arguments[0], arguments[1]) == 0 ? Value::Null() : arguments[0];
  if (name == "UTCNOW") return Value::Time(now.time_since_epoch().count());
  for (const Value& value : arguments) {
    if (value.is_absent()) return Value::Null();
  }
  if (name == "LOWER") return ChangeCase(Text(arguments[0], name), 'A', 'Z');
  if (name == "UPPER") return ChangeCase(Text(arguments[0], name), 'a', 'z');
  if (name == "CHAR_LENGTH" || name == "CHARACTER_LENGTH") {
    return Value::Int(static_cast<std::int64_t>(protocol::CountCodePoints(Text(arguments[0], name))));
  }
  if (name == "SUBSTRING") return Substring(arguments);
  if (name == "TRIM") return Trim(call, arguments);
  if (name == "DATE_ADD") return DateAdd(call, arguments);
  if (name == "DATE_DIFF") return DateDiff(call, arguments);
  if (name == "EXTRACT") return Extract(call, arguments);
  if (name == "TO_TIMESTAMP") return Value::Time(Moment(arguments[0], name));
  if (name == "TO_STRING") return TimeToString(arguments);
  throw AwsError(kUnsupportedFunction, "Encountered an unsupported SQL function: " + name);
}

Value Cast(const Value& value, std::string_view type) {
  if (value.is_absent()) return value;
  if (type == "STRING" || type == "VARCHAR") return Value::String(ToText(value));
  if (type == "TIMESTAMP") {
    if (value.kind == Value::Kind::kTime) return value;
    const auto time = value.kind == Value::Kind::kString ? ParseTimestamp(value.text) : std::nullopt;
    if (!time) throw CastFailed(value, type);
    return Value::Time(*time);
  }
  const auto number = value.kind == Value::Kind::kString ? ParseNumber(value.text)
                      : value.is_number()                ? std::optional(value)
                                                         : std::nullopt;
  if (type == "BOOL") {
    if (value.kind == Value::Kind::kBool) return value;
    const Value lower = ChangeCase(ToText(value), 'A', 'Z');
    if (lower.text == "true" || lower.text == "false") return Value::Bool(lower.text == "true");
    if (!number) throw CastFailed(value, type);
    return Value::Bool(number->AsDouble() != 0);
  }
  if (value.kind == Value::Kind::kBool && (type == "INT" || type == "INTEGER"))
    return Value::Int(value.boolean);
  if (!number) throw CastFailed(value, type);
  if (type != "INT" && type != "INTEGER") {
    return type == "FLOAT" ? Value::Float(number->AsDouble()) : *number;
  }
  if (number->kind == Value::Kind::kInt) return *number;
  constexpr double kEdge = 9.2e18;
  if (!(number->number > -kEdge && number->number < kEdge)) throw CastFailed(value, type);
  return Value::Int(static_cast<std::int64_t>(number->number));
}

bool Like(std::string_view text, std::string_view pattern, char escape) {
  std::size_t t = 0;
  std::size_t p = 0;
  std::size_t after_percent = std::string_view::npos;  // where to go on when what follows "%" does not fit
  std::size_t tried = 0;
  const auto next = [&](std::size_t at) {
    // The number of pattern bytes that stand for one character of the text.
    return escape != 0 && pattern[at] == escape && at + 1 < pattern.size() ? 2U : 1U;
  };
  while (t < text.size()) {
    if (p < pattern.size()) {
      const bool escaped = next(p) == 2;
      const char wanted = escaped ? pattern[p + 1] : pattern[p];
      if (!escaped && wanted == '%') {
        after_percent = ++p;
        tried = t;
        continue;
      }
      if ((!escaped && wanted == '_') || wanted == text[t]) {
        p += next(p);
        ++t;
        // "_" is a character, which may have several bytes.
        while (!escaped && wanted == '_' && t < text.size() &&
               (static_cast<unsigned char>(text[t]) & 0xC0) == 0x80) {
          ++t;
        }
        continue;
      }
    }
    if (after_percent == std::string_view::npos) return false;
    p = after_percent;
    t = ++tried;
  }
  while (p < pattern.size() && pattern[p] == '%') ++p;
  return p == pattern.size();
}

}  // namespace cumulite::s3::select
