#pragma once
#include <cstdlib>
#include <string>

namespace cumulite::config {

/// A variable of the environment; empty where there is none. Settings are read by config/, not by this.
inline std::string EnvironmentVariable(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

}  // namespace cumulite::config
