#pragma once
#include <string>

namespace cumulite::config {

/// What `cumulite help` prints: the commands and every flag with its default.
std::string HelpText();

/// A TOML file that sets every setting to its default and explains it: config/cumulite.sample.toml.
std::string SampleFile();

}  // namespace cumulite::config
