#pragma once
#include <chrono>
#include <string_view>

#include "config/settings.h"
#include "protocol/auth.h"
#include "protocol/exchange.h"
#include "runtime/task.h"
#include "server/metrics.h"
#include "server/startup/startup.h"
#include "server/web_rules.h"
#include "server/world.h"

namespace cumulite::server {

/// The admin API of design section 8 and the LocalStack-shaped paths that existing set-ups wait for; GET
/// /_cumulite/ lists all of it.
///
/// In strict mode it asks for a credential's signature or the admin token, but for health. A foreign Origin
/// and a Host that is none of ours are refused in any mode, so that a web page cannot drive it. Thread: any.
class Admin {
 public:
  /// All of them outlive it.
  Admin(World& world, Startup& startup, Metrics& metrics, const config::Settings& settings,
        const WebRules& rules, const protocol::Authenticator& authenticator);

  static bool Owns(std::string_view path);
  runtime::Task<void> Serve(protocol::Exchange& exchange);

 private:
  runtime::Task<bool> Route(protocol::Exchange& exchange);
  runtime::Task<bool> RoutePost(protocol::Exchange& exchange);
  bool RouteGet(protocol::Exchange& exchange);
  /// Errors: AwsError for who is neither known nor has the token.
  runtime::Task<void> RequireKnown(protocol::Exchange& exchange);
  runtime::Task<bool> Inspect(std::string_view rest, protocol::Exchange& exchange);
  void Health(protocol::HttpResponse& response) const;
  void LocalStackHealth(protocol::HttpResponse& response) const;
  void LocalStackInfo(protocol::HttpResponse& response) const;
  void ShowClock(protocol::HttpResponse& response) const;
  runtime::Task<void> ChangeClock(protocol::Exchange& exchange);
  runtime::Task<void> Reset(protocol::Exchange& exchange);
  /// Answers with what went wrong, or that all is well.
  runtime::Task<void> SeedAgain(protocol::Exchange& exchange);
  std::chrono::seconds Uptime() const;

  World& world_;
  Startup& startup_;
  Metrics& metrics_;
  const config::Settings& settings_;
  const WebRules& rules_;
  const protocol::Authenticator& authenticator_;
  const std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
};

}  // namespace cumulite::server
