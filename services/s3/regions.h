#pragma once
#include <string_view>

namespace cumulite::s3 {

/// Whether AWS has a region of that name.
bool IsRegion(std::string_view name);

}  // namespace cumulite::s3
