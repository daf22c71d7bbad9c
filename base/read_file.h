#pragma once
#include <optional>
#include <string>

namespace cumulite::base {

/// All that is in a file, byte by byte. nullopt when it cannot be read: errno tells why.
std::optional<std::string> ReadFile(const std::string& path);

}  // namespace cumulite::base
