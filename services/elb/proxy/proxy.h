#pragma once
#include <memory>
#include <mutex>

#include "base/clock.h"
#include "net/client_tls.h"
#include "net/http_client.h"
#include "protocol/exchange.h"
#include "runtime/task.h"
#include "services/elb/proxy/jwt_gate.h"
#include "services/elb/proxy/oidc_gate.h"
#include "services/elb/proxy/routing_table.h"

namespace cumulite::elb::proxy {
class RequestLog;
struct RequestRecord;

/// TLS towards targets, whose certificates nobody looks at; made when the first asks. Thread: any.
class BlindTls {
 public:
  std::shared_ptr<const net::ClientTls> Get();

 private:
  std::mutex mutex_;
  std::shared_ptr<const net::ClientTls> tls_;
};

/// What requests are answered with; outlives them.
struct ProxyTools {
  net::HttpClient& http;
  const base::Clock& clock;
  BlindTls& tls;
  JwtGate& jwt;
  OidcGate& oidc;
  RequestLog* log = nullptr;  // null: nobody keeps logs
};

/// One request at one listener, on its way.
struct ProxyRequest {
  ProxyTools& tools;
  std::shared_ptr<const RoutingTable> table;  // keeps all below
  const LoadBalancerAtWork& load_balancer;
  const ListenerAtWork& listener;
  protocol::Exchange& exchange;
  RequestRecord* record = nullptr;  // of the access log; null: none is kept

  const LoadBalancer& settings() const { return *load_balancer.settings; }
  LoadBalancerCounters& counters() const { return load_balancer.memory->counters; }
  bool https() const { return listener.settings->protocol == Listener::Protocol::kHttps; }
};

/// Answers a request that came to `entrance`, whatever happens. Throws protocol::ConnectionClosed only.
/// Thread: its loop.
runtime::Task<void> ServeEntrance(ProxyTools& tools, std::shared_ptr<const RoutingTable> table,
                                  Entrance entrance, protocol::Exchange& exchange);

/// Makes the load balancer's own page the answer, and counts it.
void AnswerItself(const ProxyRequest& request, int status);

/// It came over HTTP/2 and says so.
bool IsGrpc(const protocol::HttpRequest& request);

/// What rules look at. The request outlives it.
RequestFacts FactsOf(const protocol::HttpRequest& request);

}  // namespace cumulite::elb::proxy
