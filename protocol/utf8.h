#pragma once
#include <string_view>

namespace cumulite::protocol {

/// Whether the bytes are well-formed UTF-8 (no overlong forms, surrogates or code points beyond U+10FFFF).
bool IsUtf8(std::string_view bytes);

}  // namespace cumulite::protocol
