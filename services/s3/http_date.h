#pragma once
#include <string>

#include "config/clock.h"

namespace cumulite::s3 {

/// "Fri, 02 Jan 2026 03:04:05 GMT"
std::string FormatHttpDate(config::TimePoint time);

}  // namespace cumulite::s3
