#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

/// Which mutant of tests/mutation/mutants is switched on, and which were passed. Only the copy of the tree
/// that tests/mutation/run.py builds includes this file.
namespace cumulite::mutation {

constexpr std::uint64_t Hash(std::string_view id) {
  std::uint64_t hash = 14695981039346656037u;  // FNV-1a
  for (const char c : id) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211u;
  return hash;
}

/// Where the mutants that each test passes are written down (CUMULITE_MUTANTS_REACHED, a file); -1 if nobody
/// asked.
inline int Record() noexcept {
  static const int file = [] {
    const char* path = std::getenv("CUMULITE_MUTANTS_REACHED");
    return path == nullptr ? -1 : open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  }();
  return file;
}

/// Counts the tests, so that a mutant is written down once for each of them that passes it.
inline std::atomic<std::uint64_t> current_test = 1;

template <std::uint64_t id>
void Reached() noexcept {
  static std::atomic<std::uint64_t> last = 0;
  const std::uint64_t now = current_test.load(std::memory_order_relaxed);
  if (last.load(std::memory_order_relaxed) == now || last.exchange(now) == now) return;
  char line[24];
  const int size = std::snprintf(line, sizeof line, "%016llx\n", static_cast<unsigned long long>(id));
  [[maybe_unused]] const auto written = write(Record(), line, static_cast<std::size_t>(size));
}

/// True for the mutant that CUMULITE_MUTANT names ("area/number"). Thread: any.
template <std::uint64_t id>
bool On() noexcept {
  static const std::uint64_t on = [] {
    const char* name = std::getenv("CUMULITE_MUTANT");
    return name == nullptr ? 0 : Hash(name);
  }();
  if (Record() >= 0) [[unlikely]]
    Reached<id>();
  return on == id;
}

}  // namespace cumulite::mutation
