#include "server/admin.h"

#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>

#include "config/version.h"
#include "protocol/error.h"

namespace cumulite::server {
namespace {
using nlohmann::json;

constexpr std::size_t kMaxBody = 64 << 10;

void Answer(protocol::HttpResponse& response, const json& body, int status = 200) {
  response.status = status;
  response.headers = "Content-Type: application/json\r\n";
  response.body = body.dump() + "\n";
}

void Refuse(protocol::HttpResponse& response, int status, std::string_view message) {
  Answer(response, {{"error", message}}, status);
}

/// A page of another site: its Origin is not the host it talks to.
bool ForeignOrigin(const protocol::HttpRequest& request) {
  const auto origin = request.Find("Origin");
  if (!origin) return false;
  const std::size_t scheme = origin->find("://");
  return scheme == std::string_view::npos || origin->substr(scheme + 3) != request.Header("Host");
}

std::optional<std::int64_t> UnitMilliseconds(std::string_view unit) {
  if (unit == "ms") return 1;
  if (unit.empty() || unit == "s") return 1'000;
  if (unit == "m") return 60'000;
  if (unit == "h") return 3'600'000;
  if (unit == "d") return 86'400'000;
  return std::nullopt;
}
}  // namespace

std::optional<std::chrono::milliseconds> ParseDuration(std::string_view text) {
  constexpr std::int64_t kLimit = std::int64_t{1'000} * 365 * 86'400'000;
  std::int64_t total = 0;
  if (text.empty()) return std::nullopt;
  while (!text.empty()) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || number < 0) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    const std::size_t unit_size = std::min(text.find_first_of("0123456789"), text.size());
    const auto unit = UnitMilliseconds(text.substr(0, unit_size));
    if (!unit || number > kLimit / *unit) return std::nullopt;
    total += number * *unit;
    if (total > kLimit) return std::nullopt;
    text.remove_prefix(unit_size);
  }
  return std::chrono::milliseconds(total);
}

Admin::Admin(World& world, Metrics& metrics) : world_(world), metrics_(metrics) {}

bool Admin::Owns(std::string_view path) {
  return path.starts_with("/_cumulite/") || path.starts_with("/_localstack/") || path.starts_with("/_aws/") ||
         path.starts_with("/moto-api/");
}

runtime::Task<void> Admin::Serve(protocol::Exchange& exchange) {
  if (ForeignOrigin(exchange.request)) {
    Refuse(exchange.response, 403, "the admin API does not answer pages of other origins");
    co_return;
  }
  runtime::Task<bool> routed = Route(exchange);
  if (!co_await routed) Refuse(exchange.response, 404, "no such admin resource");
}

runtime::Task<bool> Admin::Route(protocol::Exchange& exchange) {
  const std::string_view path = exchange.request.path;
  const bool get = exchange.request.method == "GET" || exchange.request.method == "HEAD";
  const bool post = exchange.request.method == "POST";
  exchange.operation = "Admin";
  if (path == "/_cumulite/clock" && (get || post)) {
    runtime::Task<void> clock = ReadOrAdvanceClock(exchange);
    co_await clock;
    co_return true;
  }
  const bool reset =
      path == "/_cumulite/reset" || path == "/_localstack/state/reset" || path == "/moto-api/reset";
  if (reset && post) {
    runtime::Task<void> done = Reset(exchange);
    co_await done;
    co_return true;
  }
  if (!get) co_return false;
  if (path == "/_cumulite/health") {
    Health(exchange.response);
  } else if (path == "/_cumulite/metrics") {
    exchange.response.AddHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    exchange.response.body = metrics_.Text();
  } else if (path == "/_localstack/health") {
    LocalStackHealth(exchange.response);
  } else if (path == "/_localstack/info") {
    LocalStackInfo(exchange.response);
  } else if (path == "/_localstack/init") {
    Answer(exchange.response,
           {{"completed", {{"BOOT", true}, {"START", true}, {"READY", true}, {"SHUTDOWN", false}}},
            {"scripts", json::array()}});
  } else {
    runtime::Task<bool> inspected = Inspect(path.substr(path.find('/', 1) + 1), exchange);
    co_return co_await inspected;
  }
  co_return true;
}

runtime::Task<bool> Admin::Inspect(std::string_view rest, protocol::Exchange& exchange) {
  const std::size_t slash = rest.find('/');
  if (slash == std::string_view::npos) co_return false;
  ServiceSlot* const slot = world_.Find(rest.substr(0, slash));
  if (slot == nullptr) co_return false;
  runtime::Task<services::Service*> opening = slot->Open();
  services::Service* const service = co_await opening;
  runtime::Task<bool> answered = service->Inspect(rest.substr(slash + 1), exchange);
  co_return co_await answered;
}

void Admin::Health(protocol::HttpResponse& response) const {
  json services = json::object();
  for (const ServiceSlot* slot : world_.slots()) services[std::string(slot->name())] = "running";
  const auto uptime = std::chrono::steady_clock::now() - started_;
  Answer(response, {{"status", "ok"},
                    {"version", config::kVersion},
                    {"services", services},
                    {"uptime_seconds", std::chrono::duration_cast<std::chrono::seconds>(uptime).count()}});
}

void Admin::LocalStackHealth(protocol::HttpResponse& response) const {
  json services = json::object();
  for (const ServiceSlot* slot : world_.slots()) services[std::string(slot->name())] = "running";
  Answer(response, {{"services", services}, {"edition", "community"}, {"version", config::kVersion}});
}

void Admin::LocalStackInfo(protocol::HttpResponse& response) const {
  const auto uptime = std::chrono::steady_clock::now() - started_;
  Answer(response, {{"version", config::kVersion},
                    {"edition", "community"},
                    {"is_license_activated", false},
                    {"system", "linux"},
                    {"is_docker", false},
                    {"uptime", std::chrono::duration_cast<std::chrono::seconds>(uptime).count()}});
}

runtime::Task<void> Admin::ReadOrAdvanceClock(protocol::Exchange& exchange) {
  if (exchange.request.method == "POST") {
    runtime::Task<std::optional<std::string_view>> read = exchange.body.ReadAll(kMaxBody);
    const std::optional<std::string_view> body = co_await read;
    const json wanted = json::parse(body.value_or(std::string_view{}), nullptr, false);
    std::optional<std::chrono::milliseconds> by;
    if (wanted.is_object() && wanted.size() == 1 && wanted.contains("advance")) {
      const json& advance = wanted["advance"];
      if (advance.is_string()) by = ParseDuration(advance.get<std::string>());
      if (advance.is_number()) by = ParseDuration(advance.dump());
    }
    if (!by) {
      Refuse(exchange.response, 400, "expected {\"advance\": \"15m\"}: a time forward in ms, s, m, h or d");
      co_return;
    }
    world_.clock().Advance(*by);
    runtime::Task<void> settled = world_.Settle();
    co_await settled;
  }
  Answer(exchange.response, {{"now_ms", world_.clock().Now().time_since_epoch().count()},
                             {"offset_ms", world_.clock().offset().count()}});
}

runtime::Task<void> Admin::Reset(protocol::Exchange& exchange) {
  std::optional<std::string> only;
  services::ResetScope scope;
  const auto params = protocol::ParseQuery(exchange.request.query);
  // A misspelt parameter must not turn the reset of a part into that of everything.
  for (const protocol::QueryParam& param : params.value_or(std::vector<protocol::QueryParam>{})) {
    if (param.name == "service") {
      only = param.value;
    } else if (param.name == "account") {
      scope.account = param.value;
    } else if (param.name == "region") {
      scope.region = param.value;
    } else {
      Refuse(exchange.response, 400,
             "unknown parameter " + param.name + "; there are service, account and region");
      co_return;
    }
  }
  if (!params) {
    Refuse(exchange.response, 400, "the query is malformed");
    co_return;
  }
  if (only && world_.Find(*only) == nullptr) {
    Refuse(exchange.response, 404, "no such service: " + *only);
    co_return;
  }
  runtime::Task<void> reset = world_.Reset(only, scope);
  co_await reset;
  Answer(exchange.response, {{"status", "ok"}});
}

}  // namespace cumulite::server
