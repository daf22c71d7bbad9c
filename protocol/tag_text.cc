#include "protocol/tag_text.h"

#include <algorithm>

namespace cumulite::protocol {

bool IsTagText(std::string_view text) {
  static constexpr std::string_view kSigns = " _.:/=+-@";
  return std::ranges::all_of(text, [](char c) {
    return static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= '0' && c <= '9') || kSigns.find(c) != std::string_view::npos;
  });
}

}  // namespace cumulite::protocol
