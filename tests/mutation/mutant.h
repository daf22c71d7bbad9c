#pragma once

#include <cstdint>
#include <cstdlib>
#include <string_view>

/// Which mutant of tests/mutation/mutants is switched on. Only the copy of the tree that tests/mutation/run.py
/// builds includes this file.
namespace cumulite::mutation {

constexpr std::uint64_t Hash(std::string_view id) {
  std::uint64_t hash = 14695981039346656037u;  // FNV-1a
  for (const char c : id) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  return hash;
}

/// True for the mutant that CUMULITE_MUTANT names ("area/number"). Thread: any.
inline bool On(std::uint64_t id) noexcept {
  static const std::uint64_t on = [] {
    const char* name = std::getenv("CUMULITE_MUTANT");
    return name == nullptr ? 0 : Hash(name);
  }();
  return on == id;
}

}  // namespace cumulite::mutation
