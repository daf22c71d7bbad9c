#pragma once
#include <chrono>
#include <string_view>

#include "net/handler.h"
#include "protocol/auth.h"
#include "protocol/exchange.h"
#include "runtime/task.h"
#include "server/metrics.h"
#include "server/request_log.h"
#include "server/router.h"
#include "server/web_rules.h"
#include "server/world.h"

namespace cumulite::server {

class Admin;

/// A request's way from its head to its answer: route, authenticate, let the service handle it, count and
/// log.
///
/// Thread: any; each call runs on the loop of its session.
class Gateway final : public net::Handler {
 public:
  /// All but the router outlive it.
  Gateway(Router router, const protocol::Authenticator& authenticator, World& world, const WebRules& rules,
          Admin& admin, Metrics& metrics);

  // net::Handler
  runtime::Task<void> Serve(protocol::Exchange& exchange) override;

 private:
  runtime::Task<void> ServeWeb(ServiceSlot& slot, protocol::Exchange& exchange);
  runtime::Task<std::string_view> Dispatch(protocol::Exchange& exchange);
  runtime::Task<void> Handle(ServiceSlot*& slot, protocol::Exchange& exchange);
  runtime::Task<ServiceSlot*> FindRoute(protocol::Exchange& exchange);
  runtime::Task<void> Authenticate(const ServiceSlot& slot, protocol::Exchange& exchange);

  Router router_;
  const protocol::Authenticator& authenticator_;
  World& world_;
  const WebRules& rules_;
  Admin& admin_;
  Metrics& metrics_;
  RequestLog log_;
};

}  // namespace cumulite::server
