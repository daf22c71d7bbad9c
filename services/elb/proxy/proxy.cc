#include "services/elb/proxy/proxy.h"

#include <algorithm>

#include "base/coarse_clock.h"
#include "base/log.h"
#include "services/elb/proxy/answer_headers.h"
#include "services/elb/proxy/forward.h"
#include "services/elb/proxy/generated_answer.h"
#include "services/elb/proxy/recording.h"
#include "services/elb/proxy/redirect.h"
#include "services/elb/proxy/request_headers.h"

namespace cumulite::elb::proxy {
namespace {
/// Source: User Guide "Quotas for your Application Load Balancers", HTTP headers.
constexpr std::size_t kMaxRequestLine = 16 << 10;
constexpr std::size_t kMaxHeader = 16 << 10;

void CountOwn(LoadBalancerCounters& counters, int status) {
  if (status >= 300 && status < 600) Count(counters.elb_codes[static_cast<std::size_t>(status / 100)]);
  if (status == 500) Count(counters.elb_500);
  if (status == 502) Count(counters.elb_502);
  if (status == 503) Count(counters.elb_503);
  if (status == 504) Count(counters.elb_504);
}

/// 0, or the status with which a request is refused before any rule is looked at.
int Refusal(const protocol::HttpRequest& request) {
  if (request.method == "TRACE" || request.method == "CONNECT") return 405;
  if (request.method.size() + request.target.size() > kMaxRequestLine) return 414;
  const bool too_long = std::ranges::any_of(request.headers, [](const protocol::HeaderField& header) {
    return header.name.size() + header.value.size() + 4 > kMaxHeader;
  });
  return too_long ? 400 : 0;
}

void AnswerRedirect(const ProxyRequest& request, const Redirect& redirect) {
  const protocol::HttpRequest& http = request.exchange.request;
  const RedirectFacts facts{.protocol = request.https() ? "https" : "http",
                            .host = HostWithoutPort(http.Header("Host")),
                            .port = request.listener.settings->port,
                            .path = http.path,
                            .query = http.query};
  const std::optional<std::string> location = LocationOf(redirect, facts);
  if (!location) {
    Count(request.counters().redirects_too_long);
    return AnswerItself(request, 507);
  }
  Count(request.counters().redirects);
  AnswerItself(request, redirect.status);
  request.exchange.response.AddHeader("Location", *location);
}

void AnswerFixed(const ProxyRequest& request, const FixedResponse& fixed) {
  Count(request.counters().fixed_responses);
  protocol::HttpResponse& response = request.exchange.response;
  response.status = fixed.status;
  AddServer(request.listener.settings->server_header, response);
  AddListenerHeaders(*request.listener.settings, response);
  if (!fixed.content_type.empty()) response.AddHeader("Content-Type", fixed.content_type + "; charset=utf-8");
  response.body = fixed.body;
}

/// What came of an action that stands before the last one.
struct GateOutcome {
  bool passes = false;
  Identity identity;
};

void CountGate(LoadBalancerCounters& counters, int refused) {
  Count(refused == 0 ? counters.auth_success : refused == 401 ? counters.auth_failure : counters.auth_error);
}

runtime::Task<GateOutcome> PassOidc(ProxyRequest& request, const AuthenticateOidc& action) {
  runtime::Task<OidcGate::Outcome> checked =
      request.tools.oidc.Check(action, request.settings().arn, request.exchange.request);
  OidcGate::Outcome outcome = co_await checked;
  GateOutcome gate;
  switch (outcome.kind) {
    case OidcGate::Outcome::Kind::kPasses:
      if (!outcome.identity.empty()) CountGate(request.counters(), 0);
      gate.passes = true;
      // Also of those who are nobody: who a user is is not theirs to say.
      gate.identity = {.authenticates = true, .lines = std::move(outcome.identity)};
      break;
    case OidcGate::Outcome::Kind::kRefused:
      CountGate(request.counters(), outcome.status);
      AnswerItself(request, outcome.status);
      break;
    case OidcGate::Outcome::Kind::kRedirected:
      AnswerItself(request, 302);
      request.exchange.response.AddHeader("Location", outcome.location);
      request.exchange.response.headers += outcome.set_cookies;
      break;
  }
  co_return gate;
}

/// Whoever does not pass has been answered.
runtime::Task<GateOutcome> PassGate(ProxyRequest& request, const RuleAtWork& rule) {
  if (const auto* const oidc = std::get_if<AuthenticateOidc>(&rule.rule.gate)) {
    runtime::Task<GateOutcome> passed = PassOidc(request, *oidc);
    GateOutcome gate = co_await passed;
    co_return gate;
  }
  GateOutcome gate;
  int status = 0;
  if (const auto* const jwt = std::get_if<ValidateJwt>(&rule.rule.gate)) {
    runtime::Task<int> checked =
        request.tools.jwt.Check(*jwt, std::string(request.exchange.request.Header("Authorization")));
    status = co_await checked;
    CountGate(request.counters(), status);
  }
  gate.passes = status == 0;
  if (!gate.passes) AnswerItself(request, status);
  co_return gate;
}

/// True for the actions that need nobody else; else the request is to be forwarded.
bool Answers(const ProxyRequest& request, const RuleAtWork& rule) {
  if (const auto* const redirect = std::get_if<Redirect>(&rule.rule.action)) {
    AnswerRedirect(request, *redirect);
    return true;
  }
  const auto* const fixed = std::get_if<FixedResponse>(&rule.rule.action);
  if (fixed != nullptr) AnswerFixed(request, *fixed);
  return fixed != nullptr;
}

/// The rule that the request goes by; null when it has been answered without one.
const RuleAtWork* FindRule(ProxyRequest& request) {
  protocol::Exchange& exchange = request.exchange;
  LoadBalancerCounters& counters = request.counters();
  Count(counters.requests);
  exchange.body.AllowSilence(request.settings().idle_timeout);
  if (const protocol::ConnectionInfo* const connection = exchange.request.connection) {
    const auto age = base::CoarseSteadyNow() - connection->opened;
    exchange.response.close_connection = age > request.settings().client_keep_alive;
    if (connection->requests == 1) Count(counters.new_connections);
  }
  if (const int status = Refusal(exchange.request); status != 0) {
    AnswerItself(request, status);
    return nullptr;
  }
  std::uint64_t evaluated = 0;
  const RuleAtWork* const rule = request.listener.RuleFor(FactsOf(exchange.request), evaluated);
  Count(counters.rule_evaluations, evaluated);
  if (rule == nullptr) {
    AnswerItself(request, 503);
  } else if (request.record != nullptr) {
    NoteRule(*request.record, *rule);
  }
  return rule;
}
}  // namespace

std::shared_ptr<const net::ClientTls> BlindTls::Get() {
  const std::scoped_lock lock(mutex_);
  if (!tls_) tls_ = net::ClientTls::Make(net::ClientTls::Verify::kNothing);
  return tls_;
}

bool IsGrpc(const protocol::HttpRequest& request) {
  return request.version >= 20 && request.Header("Content-Type").starts_with("application/grpc");
}

RequestFacts FactsOf(const protocol::HttpRequest& request) {
  return {.host = HostWithoutPort(request.Header("Host")),
          .path = request.path,
          .query = request.query,
          .method = request.method,
          .headers = request.headers,
          .source = IpAddress::Parse(request.peer_address).value_or(IpAddress{})};
}

void AnswerItself(const ProxyRequest& request, int status) {
  protocol::HttpResponse& response = request.exchange.response;
  const bool closes = response.close_connection;
  response = {};
  response.close_connection = closes;
  AnswerWithPage(status, request.listener.settings->server_header, response);
  // Over HTTP/2 what is wrong with a request is nothing to its neighbours.
  if (request.exchange.request.version >= 20) response.close_connection = closes;
  AddListenerHeaders(*request.listener.settings, response);
  // What a client of gRPC goes by: UNAVAILABLE.
  if (status >= 400 && IsGrpc(request.exchange.request)) response.AddHeader("grpc-status", "14");
  CountOwn(request.counters(), status);
}

runtime::Task<void> ServeEntrance(ProxyTools& tools, std::shared_ptr<const RoutingTable> table,
                                  Entrance entrance, protocol::Exchange& exchange) {
  if (entrance.load_balancer == nullptr || entrance.listener == nullptr) {
    AnswerWithPage(503, true, exchange.response);
    co_return;
  }
  ProxyRequest request{tools, std::move(table), *entrance.load_balancer, *entrance.listener, exchange};
  std::shared_ptr<RequestRecord> record = tools.log == nullptr ? nullptr : BeginRecord(request);
  request.record = record.get();
  try {
    // In one frame: each that waits for another costs as much as finding the rule.
    const RuleAtWork* const rule = FindRule(request);
    GateOutcome gate{.passes = rule != nullptr, .identity = {}};
    if (gate.passes && rule->rule.gate.index() != 0) {
      runtime::Task<GateOutcome> passed = PassGate(request, *rule);
      gate = co_await passed;
    }
    if (gate.passes && !Answers(request, *rule)) {
      runtime::Task<void> forwarded = ForwardRequest(request, *rule, gate.identity);
      co_await forwarded;
    }
  } catch (const std::exception& failure) {
    base::Logger("elb")->error("request failed load_balancer={} cause={}", request.settings().name,
                               failure.what());
    AnswerItself(request, 500);
  }
  if (record) EndRecord(std::move(record), request);
}

}  // namespace cumulite::elb::proxy
