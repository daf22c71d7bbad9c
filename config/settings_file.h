#pragma once
#include <string>
#include <vector>

#include "config/settings_table.h"

namespace cumulite::config {

/// Reads a TOML file of settings; the values are not checked yet.
///
/// Errors: BadValue with the whole message (file, line, key) for a file that cannot be read or parsed, an
/// unknown key or a value of the wrong TOML type.
std::vector<GivenSetting> ReadSettingsFile(const std::string& path);

}  // namespace cumulite::config
