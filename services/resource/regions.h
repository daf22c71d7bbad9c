#pragma once
#include <string_view>

namespace cumulite::resource {

/// Whether AWS has a region of that name.
bool IsRegion(std::string_view name);

}  // namespace cumulite::resource
