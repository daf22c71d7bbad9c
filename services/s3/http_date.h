#pragma once
#include <string>

#include "base/clock.h"

namespace cumulite::s3 {

/// "Fri, 02 Jan 2026 03:04:05 GMT"
std::string FormatHttpDate(base::TimePoint time);

}  // namespace cumulite::s3
