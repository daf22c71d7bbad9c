#pragma once
#include <string_view>

namespace cumulite::base {

/// Whether AWS has a region of that name.
bool IsRegion(std::string_view name);

}  // namespace cumulite::base
