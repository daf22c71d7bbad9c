#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cumulite::fuzz {

/// Calls the target on every truncation of the seed, and 2 000 changes of single bytes that are the same in
/// each run.
inline void Mutate(std::string_view seed, void (*target)(std::string_view)) {
  for (std::size_t size = 0; size <= seed.size(); ++size) target(seed.substr(0, size));
  std::uint64_t state = 1;
  for (int i = 0; i < 2000; ++i) {
    std::string text(seed);
    for (int changes = 0; changes <= i % 3; ++changes) {
      state = state * 6364136223846793005u + 1442695040888963407u;
      text[(state >> 33) % text.size()] = static_cast<char>(state >> 25);
    }
    target(text);
  }
}

}  // namespace cumulite::fuzz
