#include "services/s3/http_date.h"

#include <string_view>

namespace cumulite::s3 {
namespace {

constexpr std::string_view kDays = "SunMonTueWedThuFriSat";
constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";

void AppendTwo(std::string& text, unsigned value) {
  text += static_cast<char>('0' + value / 10 % 10);
  text += static_cast<char>('0' + value % 10);
}

}  // namespace

std::string FormatHttpDate(base::TimePoint time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const auto seconds = static_cast<unsigned>(std::chrono::floor<std::chrono::seconds>(time - day).count());
  const auto year = static_cast<unsigned>(static_cast<int>(date.year()));
  std::string text;
  text.reserve(29);
  text.append(kDays.substr(std::chrono::weekday(day).c_encoding() * 3, 3)).append(", ");
  AppendTwo(text, static_cast<unsigned>(date.day()));
  text.append(" ").append(kMonths.substr((static_cast<unsigned>(date.month()) - 1) * 3, 3)).append(" ");
  AppendTwo(text, year / 100);
  AppendTwo(text, year % 100);
  text += ' ';
  AppendTwo(text, seconds / 3600);
  text += ':';
  AppendTwo(text, seconds / 60 % 60);
  text += ':';
  AppendTwo(text, seconds % 60);
  return text.append(" GMT");
}

}  // namespace cumulite::s3
