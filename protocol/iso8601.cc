#include "protocol/iso8601.h"

#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>

namespace cumulite::protocol {
namespace {

using std::chrono::days;
using std::chrono::milliseconds;
using std::chrono::sys_days;

/// Reads exactly `digits` digits and then `separator` (nothing when 0) off the front.
std::optional<int> Take(std::string_view& text, std::size_t digits, char separator) {
  int number = 0;
  if (text.size() < digits) return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + digits, number);
  if (error != std::errc{} || end != text.data() + digits || text[0] == '-') return std::nullopt;
  text.remove_prefix(digits);
  if (separator == 0) return number;
  if (text.empty() || text[0] != separator) return std::nullopt;
  text.remove_prefix(1);
  return number;
}

/// ".123" to milliseconds; digits beyond the third are dropped.
std::optional<int> TakeFraction(std::string_view& text) {
  if (text.empty() || text[0] != '.') return 0;
  text.remove_prefix(1);
  int thousandths = 0;
  std::size_t count = 0;
  for (; count < text.size() && text[count] >= '0' && text[count] <= '9'; ++count) {
    if (count < 3) thousandths = thousandths * 10 + (text[count] - '0');
  }
  if (count == 0) return std::nullopt;
  text.remove_prefix(count);
  for (; count < 3; ++count) thousandths *= 10;
  return thousandths;
}

}  // namespace

std::string FormatIso8601(Timestamp time) {
  const std::chrono::sys_time<milliseconds> moment{milliseconds(time.milliseconds)};
  const sys_days day = std::chrono::floor<days>(moment);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{moment - day};
  std::array<char, 64> text;
  int size = std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d", int(date.year()),
                           unsigned(date.month()), unsigned(date.day()), int(clock.hours().count()),
                           int(clock.minutes().count()), int(clock.seconds().count()));
  std::string result(text.data(), static_cast<std::size_t>(size));
  if (const auto rest = int(clock.subseconds().count()); rest != 0) {
    size = std::snprintf(text.data(), text.size(), ".%03d", rest);
    result.append(text.data(), static_cast<std::size_t>(size));
  }
  return result + "Z";
}

std::optional<Timestamp> ParseIso8601(std::string_view text) {
  const auto year = Take(text, 4, '-');
  const auto month = year ? Take(text, 2, '-') : std::nullopt;
  const auto day = month ? Take(text, 2, 'T') : std::nullopt;
  const auto hour = day ? Take(text, 2, ':') : std::nullopt;
  const auto minute = hour ? Take(text, 2, ':') : std::nullopt;
  const auto second = minute ? Take(text, 2, 0) : std::nullopt;
  const auto fraction = second ? TakeFraction(text) : std::nullopt;
  if (!fraction || text != "Z" || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(unsigned(*month)),
                                         std::chrono::day(unsigned(*day))};
  if (!date.ok()) return std::nullopt;
  const auto moment = sys_days(date) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
                      std::chrono::seconds(*second) + milliseconds(*fraction);
  return Timestamp{std::chrono::sys_time<milliseconds>(moment).time_since_epoch().count()};
}

}  // namespace cumulite::protocol
