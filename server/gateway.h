#pragma once
#include <chrono>
#include <string_view>

#include "config/log.h"
#include "protocol/auth.h"
#include "protocol/exchange.h"
#include "runtime/task.h"
#include "server/metrics.h"
#include "server/router.h"

namespace cumulite::server {

class Admin;

/// A request's way from its head to its answer: route, authenticate, let the service handle it, count and
/// log.
///
/// Thread: any; each call runs on the loop of its session.
class Gateway {
 public:
  Gateway(Router router, const protocol::Authenticator& authenticator, const config::Clock& clock,
          Admin& admin, Metrics& metrics);

  /// Fills exchange.response, whatever happens. Throws ConnectionClosed only.
  runtime::Task<void> Serve(protocol::Exchange& exchange);

 private:
  runtime::Task<std::string_view> Dispatch(protocol::Exchange& exchange);
  runtime::Task<void> Handle(Route& route, protocol::Exchange& exchange);
  runtime::Task<void> Authenticate(const Route& route, protocol::Exchange& exchange);
  void Record(const protocol::Exchange& exchange, std::string_view service, std::chrono::nanoseconds latency);

  Router router_;
  const protocol::Authenticator& authenticator_;
  const config::Clock& clock_;
  Admin& admin_;
  Metrics& metrics_;
  const config::Log* log_;
};

}  // namespace cumulite::server
