#pragma once
#include <cstddef>
#include <string_view>

namespace cumulite::protocol {

/// Whether the bytes are well-formed UTF-8 (no overlong forms, surrogates or code points beyond U+10FFFF).
bool IsUtf8(std::string_view bytes);

/// How many code points well-formed UTF-8 has, which is what AWS's limits on lengths count.
std::size_t CountCodePoints(std::string_view utf8);

}  // namespace cumulite::protocol
