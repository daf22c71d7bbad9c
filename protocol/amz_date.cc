#include "protocol/amz_date.h"

#include <fmt/format.h>

#include <array>
#include <chrono>

namespace cumulite::protocol {
namespace {

using base::TimePoint;

/// A number of exactly `digits` digits at `at`; the caller has checked the length of the text.
std::optional<unsigned> Number(std::string_view text, std::size_t at, std::size_t digits) {
  unsigned value = 0;
  for (const char c : text.substr(at, digits)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  return value;
}

struct Fields {
  std::optional<unsigned> year, month, day, hour, minute, second;
};

std::optional<TimePoint> Compose(const Fields& f) {
  if (!f.year || !f.month || !f.day || !f.hour || !f.minute || !f.second) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*f.year)),
                                         std::chrono::month(*f.month), std::chrono::day(*f.day)};
  if (!date.ok() || *f.hour > 23 || *f.minute > 59 || *f.second > 60) return std::nullopt;
  return std::chrono::sys_days(date) + std::chrono::hours(*f.hour) + std::chrono::minutes(*f.minute) +
         std::chrono::seconds(*f.second);
}

struct Civil {
  int year;
  unsigned month, day;
  std::int64_t hour, minute, second;
};

Civil Split(TimePoint time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time - day));
  return {static_cast<int>(date.year()),     static_cast<unsigned>(date.month()),
          static_cast<unsigned>(date.day()), clock.hours().count(),
          clock.minutes().count(),           clock.seconds().count()};
}

constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::optional<unsigned> MonthNumber(std::string_view name) {
  for (unsigned i = 0; i < kMonths.size(); ++i) {
    if (kMonths[i] == name) return i + 1;
  }
  return std::nullopt;
}

}  // namespace

std::optional<TimePoint> ParseAmzDate(std::string_view text) {
  if (text.size() != 16 || text[8] != 'T' || text[15] != 'Z') return std::nullopt;
  return Compose({Number(text, 0, 4), Number(text, 4, 2), Number(text, 6, 2), Number(text, 9, 2),
                  Number(text, 11, 2), Number(text, 13, 2)});
}

std::string FormatAmzDate(TimePoint time) {
  const Civil c = Split(time);
  return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}Z", c.year, c.month, c.day, c.hour, c.minute, c.second);
}

std::string FormatIsoSeconds(TimePoint time) {
  const Civil c = Split(time);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", c.year, c.month, c.day, c.hour, c.minute,
                     c.second);
}

std::optional<TimePoint> ParseHttpDate(std::string_view text) {
  // "Fri, 24 May 2013 00:00:00 GMT"; the name of the weekday proves nothing and is not looked at.
  if (text.size() < 29 || text[3] != ',' || text[4] != ' ' || text[7] != ' ' || text[11] != ' ' ||
      text[16] != ' ' || text[19] != ':' || text[22] != ':' || text[25] != ' ') {
    return std::nullopt;
  }
  const std::string_view zone = text.substr(26);
  if (zone != "GMT" && zone != "UTC" && zone != "+0000" && zone != "-0000") return std::nullopt;
  return Compose({Number(text, 12, 4), MonthNumber(text.substr(8, 3)), Number(text, 5, 2),
                  Number(text, 17, 2), Number(text, 20, 2), Number(text, 23, 2)});
}

}  // namespace cumulite::protocol
