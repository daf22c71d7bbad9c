#include "base/duration.h"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace cumulite::base {
namespace {

std::optional<std::int64_t> UnitMilliseconds(std::string_view unit) {
  if (unit == "ms") return 1;
  if (unit.empty() || unit == "s") return 1'000;
  if (unit == "m") return 60'000;
  if (unit == "h") return 3'600'000;
  if (unit == "d") return 86'400'000;
  return std::nullopt;
}

}  // namespace

std::optional<std::chrono::milliseconds> ParseDuration(std::string_view text) {
  constexpr std::int64_t kLimit = std::int64_t{10'000} * 366 * 86'400'000;
  std::int64_t total = 0;
  if (text.empty()) return std::nullopt;
  while (!text.empty()) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || number < 0) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    const std::size_t unit_size = std::min(text.find_first_of("0123456789"), text.size());
    const auto unit = UnitMilliseconds(text.substr(0, unit_size));
    if (!unit || number > kLimit / *unit) return std::nullopt;
    total += number * *unit;
    if (total > kLimit) return std::nullopt;
    text.remove_prefix(unit_size);
  }
  return std::chrono::milliseconds(total);
}

}  // namespace cumulite::base
