#pragma once
#include <string_view>

namespace cumulite::sts {

// The patterns of the STS API Reference, each under the name of what it describes.

/// [\w+=,.@-]*
bool IsSessionName(std::string_view text);

}  // namespace cumulite::sts
