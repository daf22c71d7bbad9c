#include "server/admin.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <stdexcept>

#include "base/time_text.h"
#include "config/version.h"
#include "protocol/auth_errors.h"
#include "protocol/checksum.h"
#include "protocol/error.h"
#include "protocol/hmac.h"
#include "server/admin_request.h"
#include "server/clock_file.h"

namespace cumulite::server {
namespace {
using nlohmann::json;

constexpr std::size_t kMaxBody = 64 << 10;

void Answer(protocol::HttpResponse& response, const json& body, int status = 200) {
  response.status = status;
  response.headers = "Content-Type: application/json\r\n";
  response.body = body.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
}

void Refuse(protocol::Exchange& exchange, int status, std::string_view message) {
  exchange.error_message = message;
  Answer(exchange.response, {{"error", message}}, status);
}

bool IsHealth(std::string_view path) { return path == "/_cumulite/health" || path == "/_localstack/health"; }

bool IsReset(std::string_view path) {
  return path == "/_cumulite/reset" || path == "/_localstack/state/reset" || path == "/moto-api/reset";
}

/// All that is answered; the paths of services are for each that has something to show.
json Index() {
  return {
      {"GET /_cumulite/", "this list"},
      {"GET /_cumulite/health", "status, version, services, uptime; needs no credential"},
      {"GET /_cumulite/metrics", "Prometheus text"},
      {"GET /_cumulite/clock", "the time, how far it is from the system's, whether it stands still"},
      {"POST /_cumulite/clock",
       R"({"advance":"15m"}, {"freeze":true}, {"resume":true} or {"reset":true}; answers when what fell due is done)"},
      {"POST /_cumulite/reset",
       "drops all state, or that of ?service=, &account=, &region= in any combination; &seed=true seeds "
       "again"},
      {"GET /_cumulite/sqs/messages?queue=NAME", "the messages of a queue, without receiving them"},
      {"GET /_localstack/health", "as LocalStack answers; also /_localstack/info, /_localstack/init"},
      {"POST /_localstack/state/reset", "as /_cumulite/reset; also /moto-api/reset"},
  };
}

json InitStages(const Startup& startup) {
  json completed = json::object();
  for (const Stage stage : {Stage::kBoot, Stage::kStart, Stage::kReady, Stage::kShutdown}) {
    completed[std::string(StageName(stage))] = startup.done(stage);
  }
  json scripts = json::array();
  for (const InitScript& script : startup.scripts()) {
    scripts.push_back(
        {{"stage", StageName(script.stage)}, {"name", script.name}, {"state", StateName(script.state)}});
  }
  return {{"completed", completed}, {"scripts", scripts}};
}

/// Why a service refuses writes; empty when it does not.
std::string RefusalOf(const ServiceSlot& slot) {
  const services::Service* const service = slot.opened();
  if (service == nullptr) return {};
  std::optional<services::StoreStats> stats = service->store_stats();
  return stats ? std::move(stats->writer.refusal) : std::string();
}

/// 503 while there is still something to be made before a client should come.
int HealthStatus(const Startup& startup) { return startup.ready() ? 200 : 503; }

}  // namespace

Admin::Admin(World& world, Startup& startup, Metrics& metrics, const config::Settings& settings,
             const WebRules& rules, const protocol::Authenticator& authenticator)
    : world_(world),
      startup_(startup),
      metrics_(metrics),
      settings_(settings),
      rules_(rules),
      authenticator_(authenticator) {}

bool Admin::Owns(std::string_view path) {
  return path.starts_with("/_cumulite/") || path == "/_cumulite" || path.starts_with("/_localstack/") ||
         path.starts_with("/_aws/") || path.starts_with("/moto-api/");
}

runtime::Task<void> Admin::Serve(protocol::Exchange& exchange) {
  exchange.operation = "Admin";
  if (WebRules::IsForeignOrigin(exchange.request)) {
    Refuse(exchange, 403, "the admin API does not answer pages of other origins");
    co_return;
  }
  if (!rules_.IsOwnHost(exchange.request.Header("Host"))) {
    Refuse(exchange, 403, "the admin API does not answer under this host name; --allow-host NAME lets it");
    co_return;
  }
  std::optional<std::string> refused;
  try {
    runtime::Task<void> known = RequireKnown(exchange);
    co_await known;
  } catch (const protocol::AwsError& error) {
    refused = error.message();
  }
  if (refused) {
    Refuse(exchange, 403, "strict mode: " + *refused);
    co_return;
  }
  runtime::Task<bool> routed = Route(exchange);
  if (!co_await routed) Refuse(exchange, 404, "no such admin resource; GET /_cumulite/ lists them");
}

runtime::Task<void> Admin::RequireKnown(protocol::Exchange& exchange) {
  constexpr std::string_view kBearer = "Bearer ";
  if (!exchange.context.strict || IsHealth(exchange.request.path)) co_return;
  const std::string_view authorization = exchange.request.Header("Authorization");
  if (!settings_.admin_token.empty() && authorization.starts_with(kBearer) &&
      protocol::ConstantTimeEquals(authorization.substr(kBearer.size()), settings_.admin_token)) {
    co_return;
  }
  runtime::Task<std::optional<std::string_view>> read = exchange.body.ReadAll(kMaxBody);
  const std::optional<std::string_view> body = co_await read;
  const std::string hash =
      protocol::Checksum(protocol::ChecksumAlgorithm::kSha256, body.value_or(std::string_view{})).Hex();
  exchange.context.identity =
      authenticator_.Authenticate(exchange.request, world_.clock().Now(), protocol::Flavor::kQuery, hash)
          .identity;
}

runtime::Task<bool> Admin::Route(protocol::Exchange& exchange) {
  if (exchange.request.method == "POST") {
    runtime::Task<bool> routed = RoutePost(exchange);
    co_return co_await routed;
  }
  if (exchange.request.method != "GET" && exchange.request.method != "HEAD") co_return false;
  if (RouteGet(exchange)) co_return true;
  const std::string_view path = exchange.request.path;
  runtime::Task<bool> inspected = Inspect(path.substr(path.find('/', 1) + 1), exchange);
  co_return co_await inspected;
}

runtime::Task<bool> Admin::RoutePost(protocol::Exchange& exchange) {
  const std::string_view path = exchange.request.path;
  if (path.starts_with("/_aws/")) {
    runtime::Task<bool> inspected = Inspect(path.substr(path.find('/', 1) + 1), exchange);
    co_return co_await inspected;
  }
  if (path != "/_cumulite/clock" && !IsReset(path)) co_return false;
  runtime::Task<void> done = IsReset(path) ? Reset(exchange) : ChangeClock(exchange);
  co_await done;
  co_return true;
}

bool Admin::RouteGet(protocol::Exchange& exchange) {
  const std::string_view path = exchange.request.path;
  protocol::HttpResponse& response = exchange.response;
  if (path == "/_cumulite/" || path == "/_cumulite") {
    Answer(response, Index());
  } else if (path == "/_cumulite/health") {
    Health(response);
  } else if (path == "/_cumulite/metrics") {
    response.AddHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    response.body = metrics_.Text();
  } else if (path == "/_cumulite/clock") {
    ShowClock(response);
  } else if (path == "/_localstack/health") {
    LocalStackHealth(response);
  } else if (path == "/_localstack/info") {
    LocalStackInfo(response);
  } else if (path == "/_localstack/init") {
    Answer(response, InitStages(startup_));
  } else {
    return false;
  }
  return true;
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

std::chrono::seconds Admin::Uptime() const {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - started_);
}

void Admin::Health(protocol::HttpResponse& response) const {
  json services = json::object();
  json refusals = json::object();
  for (const ServiceSlot* slot : world_.slots()) {
    services[std::string(slot->name())] = "running";
    if (std::string refusal = RefusalOf(*slot); !refusal.empty()) {
      services[std::string(slot->name())] = "read-only";
      refusals[std::string(slot->name())] = std::move(refusal);
    }
  }
  json health = {{"status", startup_.ready() ? refusals.empty() ? "ok" : "degraded" : "starting"},
                 {"version", config::kVersion},
                 {"services", services},
                 {"uptime_seconds", Uptime().count()}};
  if (!refusals.empty()) health["refuses_writes"] = std::move(refusals);
  Answer(response, health, HealthStatus(startup_));
}

void Admin::LocalStackHealth(protocol::HttpResponse& response) const {
  json services = json::object();
  for (const ServiceSlot* slot : world_.slots()) {
    services[std::string(slot->name())] = RefusalOf(*slot).empty() ? "running" : "error";
  }
  Answer(response, {{"services", services}, {"edition", "community"}, {"version", config::kVersion}},
         HealthStatus(startup_));
}

void Admin::LocalStackInfo(protocol::HttpResponse& response) const {
  Answer(response, {{"version", config::kVersion},
                    {"edition", "community"},
                    {"is_license_activated", false},
                    {"system", "linux"},
                    {"is_docker", false},
                    {"uptime", Uptime().count()}});
}

void Admin::ShowClock(protocol::HttpResponse& response) const {
  const base::Clock& clock = world_.clock();
  const base::TimePoint now = clock.Now();
  Answer(response, {{"now_ms", now.time_since_epoch().count()},
                    {"now", base::FormatIso8601(now)},
                    {"offset_ms", clock.offset().count()},
                    {"frozen", clock.frozen()}});
}

runtime::Task<void> Admin::ChangeClock(protocol::Exchange& exchange) {
  runtime::Task<std::optional<std::string_view>> read = exchange.body.ReadAll(kMaxBody);
  const std::optional<std::string_view> body = co_await read;
  const auto wanted = ReadClockRequest(body.value_or(std::string_view{}));
  if (!wanted) {
    Refuse(exchange, 400,
           "expected {\"advance\":\"15m\"} (ms, s, m, h or d), {\"freeze\":true}, {\"resume\":true} or "
           "{\"reset\":true}");
    co_return;
  }
  base::Clock& clock = world_.clock();
  try {
    switch (wanted->action) {
      case ClockRequest::Action::kAdvance:
        clock.Advance(wanted->by);
        break;
      case ClockRequest::Action::kFreeze:
        clock.Freeze();
        break;
      case ClockRequest::Action::kResume:
        clock.Resume();
        break;
      case ClockRequest::Action::kReset:
        clock.TakeBack();
        break;
    }
  } catch (const std::out_of_range& beyond) {
    Refuse(exchange, 400, beyond.what());
    co_return;
  }
  SaveClock(world_.data().path(), clock.setting());
  runtime::Task<void> settled = world_.Settle();
  co_await settled;
  ShowClock(exchange.response);
}

runtime::Task<void> Admin::Reset(protocol::Exchange& exchange) {
  runtime::Task<std::optional<std::string_view>> read = exchange.body.ReadAll(kMaxBody);
  const std::optional<std::string_view> body = co_await read;
  ResetRequest wanted;
  try {
    wanted = ReadResetRequest(exchange.request.query, body.value_or("too long"));
  } catch (const std::invalid_argument& wrong) {
    Refuse(exchange, 400, wrong.what());
    co_return;
  }
  if (wanted.service && world_.Find(*wanted.service) == nullptr) {
    Refuse(exchange, 404, "no such service: " + *wanted.service);
    co_return;
  }
  runtime::Task<void> reset = world_.Reset(wanted.service, wanted.scope);
  co_await reset;
  if (wanted.seed) {
    runtime::Task<void> seeded = SeedAgain(exchange);
    co_await seeded;
  } else {
    Answer(exchange.response, {{"status", "ok"}});
  }
}

runtime::Task<void> Admin::SeedAgain(protocol::Exchange& exchange) {
  std::string failure;
  try {
    runtime::Task<void> seeding = startup_.seeder().Run();
    co_await seeding;
  } catch (const std::exception& wrong) {
    failure = wrong.what();
  }
  failure.empty() ? Answer(exchange.response, {{"status", "ok"}}) : Refuse(exchange, 500, failure);
}

}  // namespace cumulite::server
