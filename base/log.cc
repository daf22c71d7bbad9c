#include "base/log.h"

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/ansicolor_sink.h>
#include <spdlog/spdlog.h>

#include <atomic>
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

std::atomic<LogFormat> log_format{LogFormat::kText};

std::unique_ptr<spdlog::pattern_formatter> Formatter(LogFormat format) {
  const char* const pattern = format == LogFormat::kText
                                  ? "%Y-%m-%dT%H:%M:%S.%eZ %^%l%$ %n %v"
                                  : R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l","log":"%n",%v})";
  return std::make_unique<spdlog::pattern_formatter>(pattern, spdlog::pattern_time_type::utc);
}

/// The one sink: coloured where standard error is a terminal. Never destroyed: threads and other statics may
/// log while the process ends.
spdlog::sinks::sink& Sink() {
  static spdlog::sinks::sink* const sink = [] {
    auto* made = new spdlog::sinks::ansicolor_stderr_sink_mt();
    made->set_formatter(Formatter(log_format));
    return made;
  }();
  return *sink;
}

/// One line stays one line, whatever a client put into a name.
void AppendPlain(std::string_view text, fmt::memory_buffer& out) {
  for (const char c : text) {
    out.push_back(static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? '?' : c);
  }
}

void AppendQuoted(std::string_view text, fmt::memory_buffer& out) {
  out.push_back('"');
  for (const char c : text) {
    if (c == '"' || c == '\\') out.push_back('\\');
    out.push_back(static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? '?' : c);
  }
  out.push_back('"');
}

bool NeedsQuotes(std::string_view value) { return value.find_first_of(" \"=") != std::string_view::npos; }

void Put(const std::string& name, LogLevel level, const fmt::memory_buffer& text) {
  Sink().log(
      spdlog::details::log_msg(name, ToSpdlog(level), spdlog::string_view_t(text.data(), text.size())));
}

}  // namespace

void Log::Write(LogLevel level, fmt::string_view format, fmt::format_args args) const {
  fmt::memory_buffer text;
  fmt::vformat_to(fmt::appender(text), format, args);
  const std::string_view whole(text.data(), text.size());
  fmt::memory_buffer line;
  if (log_format.load(std::memory_order_relaxed) == LogFormat::kJson) {
    AppendPlain("\"message\":", line);
    AppendQuoted(whole, line);
  } else {
    AppendPlain(whole, line);
  }
  Put(name_, level, line);
}

void Log::WriteEvent(LogLevel level, std::string_view what, std::span<const LogField> fields) const {
  const bool json = log_format.load(std::memory_order_relaxed) == LogFormat::kJson;
  fmt::memory_buffer line;
  if (json) AppendPlain("\"message\":", line);
  json ? AppendQuoted(what, line) : AppendPlain(what, line);
  for (const auto& [key, value] : fields) {
    if (value.empty()) continue;
    line.push_back(json ? ',' : ' ');
    json ? AppendQuoted(key, line) : AppendPlain(key, line);
    line.push_back(json ? ':' : '=');
    json || NeedsQuotes(value) ? AppendQuoted(value, line) : AppendPlain(value, line);
  }
  Put(name_, level, line);
}

const Log* Logger(std::string_view name) {
  static std::mutex mutex;
  static auto* const logs = new std::map<std::string, std::unique_ptr<Log>, std::less<>>();
  const std::scoped_lock lock(mutex);
  auto found = logs->find(name);
  if (found == logs->end()) found = logs->emplace(name, std::make_unique<Log>(std::string(name))).first;
  return found->second.get();
}

void SetLogFormat(LogFormat format) {
  log_format = format;
  Sink().set_formatter(Formatter(format));
}

void SetLogLevel(LogLevel level) { Log::threshold_.store(level, std::memory_order_relaxed); }

}  // namespace cumulite::base
