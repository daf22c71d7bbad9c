#include "protocol/utf8.h"

#include <simdjson.h>

#include <algorithm>

namespace cumulite::protocol {

bool IsUtf8(std::string_view bytes) { return simdjson::validate_utf8(bytes.data(), bytes.size()); }

std::size_t CountCodePoints(std::string_view utf8) {
  return static_cast<std::size_t>(std::ranges::count_if(
      utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));  // all but followers
}

}  // namespace cumulite::protocol
