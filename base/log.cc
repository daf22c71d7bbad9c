#include "base/log.h"

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <map>
#include <memory>
#include <mutex>

namespace cumulite::base {
namespace {

spdlog::level::level_enum ToSpdlog(LogLevel level) {
  switch (level) {
    case LogLevel::kTrace:
      return spdlog::level::trace;
    case LogLevel::kDebug:
      return spdlog::level::debug;
    case LogLevel::kInfo:
      return spdlog::level::info;
    case LogLevel::kWarn:
      return spdlog::level::warn;
    case LogLevel::kError:
      return spdlog::level::err;
    case LogLevel::kOff:
      return spdlog::level::off;
  }
  return spdlog::level::off;
}

/// The one sink. Never destroyed: threads and other statics may log while the process ends.
spdlog::sinks::sink& Sink() {
  static spdlog::sinks::sink* const sink = [] {
    auto* made = new spdlog::sinks::stderr_sink_mt();
    made->set_formatter(std::make_unique<spdlog::pattern_formatter>("%Y-%m-%dT%H:%M:%S.%eZ %l %n %v",
                                                                    spdlog::pattern_time_type::utc));
    return made;
  }();
  return *sink;
}

}  // namespace

void Log::Write(LogLevel level, fmt::string_view format, fmt::format_args args) const {
  fmt::memory_buffer text;
  fmt::vformat_to(fmt::appender(text), format, args);
  // One line stays one line, whatever a client put into a name.
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '?';
  }
  Sink().log(
      spdlog::details::log_msg(name_, ToSpdlog(level), spdlog::string_view_t(text.data(), text.size())));
}

const Log* Logger(std::string_view name) {
  static std::mutex mutex;
  static auto* const logs = new std::map<std::string, std::unique_ptr<Log>, std::less<>>();
  const std::scoped_lock lock(mutex);
  auto found = logs->find(name);
  if (found == logs->end()) found = logs->emplace(name, std::make_unique<Log>(std::string(name))).first;
  return found->second.get();
}

void SetLogLevel(LogLevel level) { Log::threshold_.store(level, std::memory_order_relaxed); }

}  // namespace cumulite::base
