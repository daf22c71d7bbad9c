#pragma once

namespace cumulite::base {

enum class LogLevel { kTrace, kDebug, kInfo, kWarn, kError, kOff };

}  // namespace cumulite::base
