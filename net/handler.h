#pragma once
#include "protocol/exchange.h"
#include "runtime/task.h"

namespace cumulite::net {

/// Whoever answers the requests of a session: the gateway to the services, a load balancer's listener.
///
/// Thread: any; each call runs on the loop of its session.
class Handler {
 public:
  virtual ~Handler() = default;

  /// Fills exchange.response, whatever happens. Throws protocol::ConnectionClosed only.
  virtual runtime::Task<void> Serve(protocol::Exchange& exchange) = 0;

  /// What is no request that Serve could get (malformed, too large, too many): makes the answer, after which
  /// the connection ends. By itself in S3's shape, as every client of AWS understands it.
  virtual void Refuse(int status, std::string_view code, std::string_view message,
                      protocol::HttpResponse& response);
};

}  // namespace cumulite::net
