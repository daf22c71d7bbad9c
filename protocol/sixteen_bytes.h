#pragma once
#include <cstdint>
#include <cstring>

namespace cumulite::protocol {

/// Sixteen bytes of a text, compared at once: `bytes == '"'` gives a mask. GCC 12 does not vectorise plain
/// searches at -O2.
using SixteenBytes = unsigned char __attribute__((vector_size(16)));

inline SixteenBytes LoadSixteen(const char* text) {
  SixteenBytes bytes;
  std::memcpy(&bytes, text, sizeof bytes);
  return bytes;
}

/// Whether a comparison of sixteen bytes holds for any of them.
template <class Mask>
bool Any(const Mask& mask) {
  static_assert(sizeof mask == sizeof(SixteenBytes));
  std::uint64_t halves[2];
  std::memcpy(halves, &mask, sizeof halves);
  return (halves[0] | halves[1]) != 0;
}

}  // namespace cumulite::protocol
