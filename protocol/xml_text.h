#pragma once
#include <string_view>

namespace cumulite::protocol {

/// Whether XML 1.0 can carry the text (which is UTF-8): no control characters but tab, LF and CR, no U+FFFE
/// or U+FFFF.
bool IsXmlText(std::string_view text);

}  // namespace cumulite::protocol
