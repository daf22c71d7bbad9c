#pragma once
#include <fmt/core.h>

#include <atomic>
#include <span>
#include <string>
#include <string_view>

#include "base/log_level.h"

namespace cumulite::base {

/// One `key=value` of a line; the value is quoted where it must be.
struct LogField {
  std::string_view key;
  std::string_view value;
};

/// The log of one part of the server: lines of `key=value` fields on standard error.
///
/// A line of a disabled level costs one load and one branch; its arguments are not formatted. Never log
/// secrets, nor bodies above trace.
/// Thread: any.
class Log {
 public:
  explicit Log(std::string name) : name_(std::move(name)) {}
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  bool enabled(LogLevel level) const { return level >= threshold_.load(std::memory_order_relaxed); }

  /// A line that machines read, too: with LogFormat::kJson each field is a member. Fields without a value are
  /// left out.
  void Event(LogLevel level, std::string_view what, std::span<const LogField> fields) const {
    if (enabled(level)) WriteEvent(level, what, fields);
  }

  template <class... Args>
  void trace(fmt::format_string<Args...> format, Args&&... args) const {
    if (enabled(LogLevel::kTrace)) Write(LogLevel::kTrace, format, fmt::make_format_args(args...));
  }
  /// One line a request.
  template <class... Args>
  void debug(fmt::format_string<Args...> format, Args&&... args) const {
    if (enabled(LogLevel::kDebug)) Write(LogLevel::kDebug, format, fmt::make_format_args(args...));
  }
  /// Start, stop, create, delete.
  template <class... Args>
  void info(fmt::format_string<Args...> format, Args&&... args) const {
    if (enabled(LogLevel::kInfo)) Write(LogLevel::kInfo, format, fmt::make_format_args(args...));
  }
  /// Lost work, a bad setting.
  template <class... Args>
  void warn(fmt::format_string<Args...> format, Args&&... args) const {
    if (enabled(LogLevel::kWarn)) Write(LogLevel::kWarn, format, fmt::make_format_args(args...));
  }
  /// Our fault.
  template <class... Args>
  void error(fmt::format_string<Args...> format, Args&&... args) const {
    if (enabled(LogLevel::kError)) Write(LogLevel::kError, format, fmt::make_format_args(args...));
  }

 private:
  friend void SetLogLevel(LogLevel level);
  void Write(LogLevel level, fmt::string_view format, fmt::format_args args) const;
  void WriteEvent(LogLevel level, std::string_view what, std::span<const LogField> fields) const;

  const std::string name_;
  inline static std::atomic<LogLevel> threshold_{LogLevel::kInfo};
};

/// The log of that name, made on first use; keep the pointer: `const Log* log = Logger("sqs")`. Never null,
/// lives until the process ends.
const Log* Logger(std::string_view name);

/// How lines look: text, coloured on a terminal, or one JSON object each. Before the first line.
void SetLogFormat(LogFormat format);

/// Sets the least level that is written, for every log.
void SetLogLevel(LogLevel level);

}  // namespace cumulite::base
