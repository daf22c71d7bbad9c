#pragma once
#include <chrono>
#include <optional>
#include <string_view>

namespace cumulite::base {

/// "15m", "90s", "1h30m", "2d", "250ms" or a bare number of seconds; nullopt for anything else, for negative
/// times and for more than ten thousand years.
std::optional<std::chrono::milliseconds> ParseDuration(std::string_view text);

}  // namespace cumulite::base
