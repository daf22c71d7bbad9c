#pragma once
#include <chrono>
#include <string_view>

#include "protocol/exchange.h"
#include "runtime/task.h"
#include "server/metrics.h"
#include "server/world.h"

namespace cumulite::server {

/// The admin API of design section 8 and the LocalStack-shaped paths that existing set-ups wait for:
///
///   GET  /_cumulite/health | /_cumulite/metrics | /_cumulite/clock | /_cumulite/<service>/<resource>
///   POST /_cumulite/clock {"advance":"15m"} | /_cumulite/reset[?service=sqs][&account=123456789012]
///   GET  /_localstack/health | /_localstack/info | /_localstack/init; POST /_localstack/state/reset
///   GET  /_aws/<service>/<resource>; POST /moto-api/reset
///
/// Requests that carry a foreign Origin are refused, so that a web page cannot drive it.
/// Thread: any.
class Admin {
 public:
  Admin(World& world, Metrics& metrics);

  static bool Owns(std::string_view path);
  runtime::Task<void> Serve(protocol::Exchange& exchange);

 private:
  runtime::Task<bool> Route(protocol::Exchange& exchange);
  void Health(protocol::HttpResponse& response) const;
  void LocalStackHealth(protocol::HttpResponse& response) const;
  void LocalStackInfo(protocol::HttpResponse& response) const;
  runtime::Task<void> ReadOrAdvanceClock(protocol::Exchange& exchange);
  runtime::Task<void> Reset(protocol::Exchange& exchange);
  runtime::Task<bool> Inspect(std::string_view rest, protocol::Exchange& exchange);

  World& world_;
  Metrics& metrics_;
  const std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
};

/// "15m", "90s", "1h30m", "2d", "250ms" or a bare number of seconds; nullopt for anything else, negative or
/// beyond a thousand years.
std::optional<std::chrono::milliseconds> ParseDuration(std::string_view text);

}  // namespace cumulite::server
