#include "server/request_log.h"

#include <array>
#include <optional>
#include <utility>

namespace cumulite::server {
namespace {
using protocol::Exchange;

constexpr std::size_t kLongestResource = 256;
constexpr std::size_t kMostRemembered = 1'024;
constexpr std::chrono::seconds kQuiet{1};

/// Members that name what an operation works on, the most telling first.
constexpr std::array<std::string_view, 12> kNames{
    "QueueUrl",  "QueueName",   "TopicArn",        "TargetArn",      "SubscriptionArn", "TableName",
    "StreamArn", "ResourceArn", "LoadBalancerArn", "TargetGroupArn", "SourceArn",       "RoleArn"};

/// The text of a JSON member, without decoding the document: for a line that somebody reads.
std::optional<std::string_view> JsonText(std::string_view body, std::string_view name) {
  std::size_t at = body.find(name);
  while (at != std::string_view::npos) {
    const bool quoted = at > 0 && body[at - 1] == '"' && body.substr(at + name.size()).starts_with('"');
    std::size_t value = body.find_first_not_of(" \t\r\n:", at + name.size() + 1);
    if (quoted && value != std::string_view::npos && body[value] == '"') {
      ++value;
      return body.substr(value, body.find('"', value) - value);
    }
    at = body.find(name, at + 1);
  }
  return std::nullopt;
}

bool IsFailure(const Exchange& exchange) { return exchange.response.status >= 400; }

base::LogLevel LevelOf(const Exchange& exchange) {
  const int status = exchange.response.status;
  if (status < 400) return base::LogLevel::kDebug;
  if (status < 500 || status == 501) return base::LogLevel::kInfo;
  // 503 asks to come again; whoever could not store something has told why.
  return status == 503 ? base::LogLevel::kWarn : base::LogLevel::kError;
}

}  // namespace

std::string ResourceOf(const Exchange& exchange) {
  const protocol::Route& route = exchange.route;
  std::string_view found = exchange.request.path;
  if (route.model != nullptr) {
    const std::string_view body = route.body.substr(0, 64U << 10U);
    for (const std::string_view name : kNames) {
      const auto text = route.form ? route.form->root().Child(name).Value() : JsonText(body, name);
      if (!text) continue;
      found = *text;
      break;
    }
  } else if (exchange.request.Header("Host").find(".s3.") != std::string_view::npos) {
    const std::string_view host = exchange.request.Header("Host");
    return "/" + std::string(host.substr(0, host.find(".s3."))) +
           std::string(found.substr(0, kLongestResource));
  }
  return std::string(found.substr(0, kLongestResource));
}

std::uint64_t RequestLog::TakeLeftOut(const std::string& key, bool& leave_out) {
  const auto now = std::chrono::steady_clock::now();
  const std::scoped_lock lock(mutex_);
  const auto found = recent_.find(key);
  leave_out = found != recent_.end() && now - found->second.written < kQuiet;
  if (leave_out) {
    ++found->second.left_out;
    return 0;
  }
  if (found != recent_.end()) {
    found->second.written = now;
    return std::exchange(found->second.left_out, 0);
  }
  if (recent_.size() >= kMostRemembered) {
    std::erase_if(recent_, [now](const auto& entry) { return now - entry.second.written >= kQuiet; });
    if (recent_.size() >= kMostRemembered) recent_.clear();
  }
  recent_.emplace(key, Repeated{.written = now});
  return 0;
}

void RequestLog::Write(const Exchange& exchange, std::string_view service, std::chrono::nanoseconds latency) {
  const base::LogLevel level = LevelOf(exchange);
  if (!log_->enabled(level)) return;
  const std::string resource = ResourceOf(exchange);
  const std::string_view operation =
      exchange.operation.empty() ? exchange.request.method : exchange.operation;
  const protocol::RequestContext& context = exchange.context;
  std::uint64_t left_out = 0;
  if (IsFailure(exchange)) {
    std::string key(service);
    for (const std::string_view part :
         {operation, std::string_view(resource), exchange.error_code, context.peer_address}) {
      key.append("\n").append(part);
    }
    bool leave_out = false;
    left_out = TakeLeftOut(key, leave_out);
    if (leave_out) return;
  }
  const std::string status = std::to_string(exchange.response.status);
  const std::string microseconds = std::to_string(latency.count() / 1000);
  const std::string repeated = left_out == 0 ? std::string() : std::to_string(left_out);
  const base::LogField fields[] = {
      {"service", service},
      {"operation", operation},
      {"resource", resource},
      {"region", context.identity.region},
      {"account", context.identity.account},
      {"status", status},
      {"code", exchange.error_code},
      {"message", std::string_view(exchange.error_message).substr(0, 512)},
      {"cause", exchange.cause},
      {"us", microseconds},
      {"id", context.request_id},
      {"client", context.peer_address},
      {"left_out", repeated},
  };
  log_->Event(level, IsFailure(exchange) ? "failed" : "served", fields);
}

}  // namespace cumulite::server
