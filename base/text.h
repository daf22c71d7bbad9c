#pragma once
#include <string>
#include <utility>

namespace cumulite::base {

/// A-Z to a-z, all else as it is: locales have no say in a protocol.
constexpr char ToLower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

/// The same of each byte.
inline std::string ToLower(std::string text) {
  for (char& c : text) c = ToLower(c);
  return text;
}

}  // namespace cumulite::base
