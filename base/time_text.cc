#include "base/time_text.h"

#include <charconv>
#include <chrono>

namespace cumulite::base {
namespace {

constexpr std::string_view kDays = "SunMonTueWedThuFriSat";
constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";

struct Civil {
  explicit Civil(TimePoint time) {
    const auto midnight = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(midnight);
    const auto of_day = static_cast<unsigned>((time - midnight).count());
    year = static_cast<unsigned>(static_cast<int>(date.year()));
    month = static_cast<unsigned>(date.month());
    day = static_cast<unsigned>(date.day());
    weekday = std::chrono::weekday(midnight).c_encoding();
    hour = of_day / 3'600'000;
    minute = of_day / 60'000 % 60;
    second = of_day / 1'000 % 60;
    millisecond = of_day % 1'000;
  }

  unsigned year, month, day, weekday, hour, minute, second, millisecond;
};

/// The last `digits` digits of `value`, by hand: answers have several of them, and a format string costs
/// more.
void Append(std::string& text, unsigned value, unsigned digits) {
  const std::size_t end = text.size() + digits;
  text.resize(end);
  for (std::size_t at = end; digits > 0; --digits, value /= 10)
    text[--at] = static_cast<char>('0' + value % 10);
}

void AppendTime(std::string& text, const Civil& civil) {
  Append(text, civil.hour, 2);
  text += ':';
  Append(text, civil.minute, 2);
  text += ':';
  Append(text, civil.second, 2);
}

/// "2011-07-11T19:55:29"
std::string IsoWithoutEnd(const Civil& civil) {
  std::string text;
  text.reserve(24);
  Append(text, civil.year, 4);
  text += '-';
  Append(text, civil.month, 2);
  text += '-';
  Append(text, civil.day, 2);
  text += 'T';
  AppendTime(text, civil);
  return text;
}

std::string IsoWithFraction(const Civil& civil) {
  std::string text = IsoWithoutEnd(civil);
  text += '.';
  Append(text, civil.millisecond, 3);
  text += 'Z';
  return text;
}

/// A number of exactly `digits` digits at `at`; the caller has checked the length of the text.
std::optional<unsigned> Number(std::string_view text, std::size_t at, std::size_t digits) {
  unsigned value = 0;
  const char* const begin = text.data() + at;
  const auto [end, error] = std::from_chars(begin, begin + digits, value);
  return error == std::errc{} && end == begin + digits ? std::optional(value) : std::nullopt;
}

std::optional<unsigned> MonthNumber(std::string_view name) {
  const std::size_t at = kMonths.find(name);
  return at != std::string_view::npos && at % 3 == 0 ? std::optional(static_cast<unsigned>(at / 3 + 1))
                                                     : std::nullopt;
}

struct Fields {
  std::optional<unsigned> year, month, day, hour, minute, second;
};

std::optional<TimePoint> Compose(const Fields& f, unsigned last_second) {
  if (!f.year || !f.month || !f.day || !f.hour || !f.minute || !f.second) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(static_cast<int>(*f.year)),
                                         std::chrono::month(*f.month), std::chrono::day(*f.day)};
  if (!date.ok() || *f.hour > 23 || *f.minute > 59 || *f.second > last_second) return std::nullopt;
  return std::chrono::sys_days(date) + std::chrono::hours(*f.hour) + std::chrono::minutes(*f.minute) +
         std::chrono::seconds(*f.second);
}

/// ".123" to milliseconds, "" to none; nullopt for anything else.
std::optional<unsigned> Fraction(std::string_view text) {
  if (text.empty()) return 0;
  if (text[0] != '.' || text.size() == 1) return std::nullopt;
  text.remove_prefix(1);
  if (text.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  std::string thousandths(text.substr(0, 3));
  thousandths.resize(3, '0');
  return Number(thousandths, 0, 3);
}

/// A leap second, which dates of HTTP may name, is the first of the next minute.
constexpr unsigned kLeapSecond = 60;

}  // namespace

std::string FormatIso8601(TimePoint time) {
  const Civil civil(time);
  return civil.millisecond == 0 ? IsoWithoutEnd(civil) + "Z" : IsoWithFraction(civil);
}

std::string FormatIsoSeconds(TimePoint time) { return IsoWithoutEnd(Civil(time)) + "Z"; }

std::string FormatIsoMilliseconds(TimePoint time) { return IsoWithFraction(Civil(time)); }

std::optional<TimePoint> ParseIso8601(std::string_view text) {
  constexpr std::size_t kWhole = 19;  // "2011-07-11T19:55:29"
  if (text.size() <= kWhole || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' ||
      text[16] != ':' || text.back() != 'Z') {
    return std::nullopt;
  }
  const auto whole = Compose({Number(text, 0, 4), Number(text, 5, 2), Number(text, 8, 2), Number(text, 11, 2),
                              Number(text, 14, 2), Number(text, 17, 2)},
                             59);
  const auto fraction = Fraction(text.substr(kWhole, text.size() - kWhole - 1));
  if (!whole || !fraction) return std::nullopt;
  return *whole + std::chrono::milliseconds(*fraction);
}

std::string FormatAmzDate(TimePoint time) {
  const Civil civil(time);
  std::string text;
  for (const unsigned two : {civil.year / 100, civil.year % 100, civil.month, civil.day})
    Append(text, two, 2);
  text += 'T';
  for (const unsigned two : {civil.hour, civil.minute, civil.second}) Append(text, two, 2);
  text += 'Z';
  return text;
}

std::optional<TimePoint> ParseAmzDate(std::string_view text) {
  if (text.size() != 16 || text[8] != 'T' || text[15] != 'Z') return std::nullopt;
  return Compose({Number(text, 0, 4), Number(text, 4, 2), Number(text, 6, 2), Number(text, 9, 2),
                  Number(text, 11, 2), Number(text, 13, 2)},
                 kLeapSecond);
}

std::string FormatHttpDate(TimePoint time) {
  const Civil civil(time);
  std::string text;
  text.reserve(29);
  text.append(kDays.substr(civil.weekday * 3, 3)).append(", ");
  Append(text, civil.day, 2);
  text.append(" ").append(kMonths.substr((civil.month - 1) * 3, 3)).append(" ");
  Append(text, civil.year, 4);
  text += ' ';
  AppendTime(text, civil);
  return text.append(" GMT");
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
                  Number(text, 17, 2), Number(text, 20, 2), Number(text, 23, 2)},
                 kLeapSecond);
}

}  // namespace cumulite::base
