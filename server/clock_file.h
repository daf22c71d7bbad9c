#pragma once
#include <filesystem>
#include <optional>

#include "base/clock.h"

namespace cumulite::server {

/// What the admin API made of the clock, kept as `clock.json` with the data that it dates: a restart goes on
/// where the clock stood.
/// Thread: one at a time.
void SaveClock(const std::filesystem::path& data_directory, const base::Clock::Setting& setting);
/// Absent: nothing was changed. Errors: std::runtime_error for a file that is none of ours.
std::optional<base::Clock::Setting> LoadClock(const std::filesystem::path& data_directory);

}  // namespace cumulite::server
