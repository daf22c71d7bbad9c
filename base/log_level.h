#pragma once

namespace cumulite::base {

enum class LogLevel { kTrace, kDebug, kInfo, kWarn, kError, kOff };

enum class LogFormat { kText, kJson };

}  // namespace cumulite::base
