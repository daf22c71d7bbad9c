#pragma once
#include <chrono>
#include <string_view>

#include "base/log.h"
#include "net/handler.h"
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
class Gateway final : public net::Handler {
 public:
  Gateway(Router router, const protocol::Authenticator& authenticator, const base::Clock& clock, Admin& admin,
          Metrics& metrics);

  // net::Handler
  runtime::Task<void> Serve(protocol::Exchange& exchange) override;

 private:
  runtime::Task<std::string_view> Dispatch(protocol::Exchange& exchange);
  runtime::Task<void> Handle(ServiceSlot*& slot, protocol::Exchange& exchange);
  runtime::Task<ServiceSlot*> FindRoute(protocol::Exchange& exchange);
  runtime::Task<void> Authenticate(const ServiceSlot& slot, protocol::Exchange& exchange);
  void Record(const protocol::Exchange& exchange, std::string_view service, std::chrono::nanoseconds latency);

  Router router_;
  const protocol::Authenticator& authenticator_;
  const base::Clock& clock_;
  Admin& admin_;
  Metrics& metrics_;
  const base::Log* log_;
};

}  // namespace cumulite::server
