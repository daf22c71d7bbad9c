#pragma once
#include <string_view>

namespace cumulite::protocol {

/// Whether a tag's key or value consists of what AWS allows: letters, digits and blanks of any language, and
/// _ . : / = + - @. Of what is not ASCII all is taken.
///
/// Source: AWS General Reference "Tagging AWS resources".
bool IsTagText(std::string_view text);

}  // namespace cumulite::protocol
