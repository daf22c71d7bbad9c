#include "server/gateway.h"

#include <exception>

#include "base/ids.h"
#include "protocol/auth_errors.h"
#include "protocol/checksum.h"
#include "protocol/error.h"
#include "protocol/rpc.h"
#include "server/admin.h"
#include "server/cors.h"

namespace cumulite::server {
namespace {
/// Forms and signed RPC bodies are read before the service is asked; no service takes a larger one.
constexpr std::size_t kMaxBufferedBody = 16 << 20;

constexpr protocol::ErrorKind kRequestTooLarge{
    .code = "RequestEntityTooLarge", .query_code = "RequestEntityTooLarge", .status = 413};

/// A service of AWS that is not part of this server, as its clients understand it: they speak AWS JSON 1.0 or
/// 1.1, or Query.
protocol::RpcModel AbsentService(const protocol::HttpRequest& request) {
  const bool newer = request.Header("Content-Type").starts_with("application/x-amz-json-1.1");
  return {.service = {},
          .json_target = "*",
          .json_version = newer ? "1.1" : "1.0",
          .json_namespace = "com.amazon.coral.service",
          .query_version = "*",
          .xml_namespace = "http://webservices.amazon.com/AWSFault/2005-15-09",
          .operations = {},
          .not_built = {},
          .body_limit = 0};
}

/// In the words of the service, or plainly when none is known yet.
void RenderError(const Route& route, const protocol::AwsError& error, protocol::Exchange& exchange) {
  if (route.service != nullptr) return route.service->RenderError(error, exchange);
  exchange.response = {};
  if (route.flavor != protocol::Flavor::kS3) {
    return protocol::RenderRpcError(AbsentService(exchange.request), error, exchange);
  }
  exchange.response.status = error.kind().status;
  exchange.response.AddHeader("Content-Type", "application/xml");
  exchange.response.AddHeader("x-amzn-RequestId", exchange.context.request_id);
  exchange.response.body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>";
  exchange.response.body.append(error.kind().code).append("</Code><Message>").append(error.message());
  exchange.response.body.append("</Message><RequestId>").append(exchange.context.request_id);
  exchange.response.body.append("</RequestId></Error>");
}

/// A service name comes from the client: only what a real one may hold goes into an answer.
std::string Printable(std::string_view name) {
  std::string text;
  for (const char c : name.substr(0, 64))
    text += std::isalnum(static_cast<unsigned char>(c)) || c == '-' ? c : '?';
  return text;
}
}  // namespace

Gateway::Gateway(Router router, const protocol::Authenticator& authenticator, const base::Clock& clock,
                 Admin& admin, Metrics& metrics)
    : router_(router),
      authenticator_(authenticator),
      clock_(clock),
      admin_(admin),
      metrics_(metrics),
      log_(base::Logger("server")) {}

runtime::Task<void> Gateway::Serve(protocol::Exchange& exchange) {
  const auto start = std::chrono::steady_clock::now();
  const protocol::HttpRequest& request = exchange.request;
  exchange.context.request_id = base::RandomUuid();
  exchange.context.scheme = request.tls ? "https" : "http";
  exchange.context.host = request.Header("Host");
  exchange.context.path = request.path;
  exchange.context.trace_header = request.Header("X-Amzn-Trace-Id");
  exchange.context.peer_address = request.peer_address;
  exchange.context.strict = authenticator_.mode() == protocol::AuthMode::kStrict;
  exchange.context.clock = &clock_;
  runtime::Task<std::string_view> dispatched = Dispatch(exchange);
  const std::string_view service = co_await dispatched;
  Record(exchange, service, std::chrono::steady_clock::now() - start);
}

/// Answers one way or another; returns the name of the service that did, for the books.
runtime::Task<std::string_view> Gateway::Dispatch(protocol::Exchange& exchange) {
  Route route;
  try {
    if (Admin::Owns(exchange.request.path)) {
      runtime::Task<void> served = admin_.Serve(exchange);
      co_await served;
      co_return "admin";
    }
    if (cors::IsApiPreflight(exchange.request)) {
      cors::AnswerPreflight(exchange);
      co_return "cors";
    }
    runtime::Task<void> handled = Handle(route, exchange);
    co_await handled;
  } catch (const protocol::AwsError& error) {
    RenderError(route, error, exchange);
  } catch (const std::exception& failure) {
    log_->error("request failed id={} operation={} cause={}", exchange.context.request_id, exchange.operation,
                failure.what());
    const protocol::AwsError error(protocol::kInternalFailure,
                                   "The request processing has failed because of an unknown error.");
    RenderError(route, error, exchange);
  }
  if (route.flavor != protocol::Flavor::kS3) cors::AddHeaders(exchange);
  co_return route.service == nullptr ? std::string_view("unknown") : route.service->name();
}

/// Finds the service, tells it who calls and lets it answer; `route` is filled on the way, for whoever must
/// render what this throws.
runtime::Task<void> Gateway::Handle(Route& route, protocol::Exchange& exchange) {
  std::string_view form;
  if (router_.NeedsForm(exchange.request)) {
    runtime::Task<std::optional<std::string_view>> body = exchange.body.ReadAll(kMaxBufferedBody);
    form = (co_await body).value_or(std::string_view{});
  }
  route = router_.Find(exchange.request, form);
  if (route.service == nullptr) {
    throw protocol::AwsError(protocol::kNotImplemented,
                             "The service " + Printable(route.name) + " is not part of this server.");
  }
  {
    // Gone before a long poll begins to wait: ten thousand of them add up.
    runtime::Task<void> authenticated = Authenticate(route, exchange);
    co_await authenticated;
  }
  runtime::Task<void> handled = route.service->Handle(exchange);
  co_await handled;
}

runtime::Task<void> Gateway::Authenticate(const Route& route, protocol::Exchange& exchange) {
  std::optional<std::string> body_hash;
  if (authenticator_.NeedsBodyHash(exchange.request, route.flavor)) {
    runtime::Task<std::optional<std::string_view>> body = exchange.body.ReadAll(kMaxBufferedBody);
    const std::optional<std::string_view> bytes = co_await body;
    if (!bytes) throw protocol::AwsError(kRequestTooLarge, "The request body is too large.");
    body_hash = protocol::Checksum(protocol::ChecksumAlgorithm::kSha256, *bytes).Hex();
  }
  const auto anonymous =
      route.service->judges_anonymous_calls() ? protocol::Anonymous::kAllow : protocol::Anonymous::kByFlavor;
  protocol::AuthResult result =
      authenticator_.Authenticate(exchange.request, clock_.Now(), route.flavor, body_hash, anonymous);
  // X-Amz-Target decides where a request goes, though its signature need not cover it.
  const std::string_view scope = result.scope.service;
  if (exchange.context.strict && !scope.empty() && !Router::IsScopeOf(scope, *route.service)) {
    throw protocol::AwsError(
        protocol::kJsonInvalidSignature,
        "Credential should be scoped to correct service: '" + std::string(route.service->name()) + "'.");
  }
  exchange.context.identity = std::move(result.identity);
  exchange.payload = std::move(result.payload);
}

void Gateway::Record(const protocol::Exchange& exchange, std::string_view service,
                     std::chrono::nanoseconds latency) {
  const std::string_view operation = exchange.operation.empty() ? std::string_view("-") : exchange.operation;
  metrics_.Count(service, operation, exchange.response.status, latency);
  log_->debug("request service={} operation={} method={} path={} status={} error={} us={} id={} account={}",
              service, operation, exchange.request.method, exchange.request.path, exchange.response.status,
              exchange.error_code, latency.count() / 1000, exchange.context.request_id,
              exchange.context.identity.account);
}

}  // namespace cumulite::server
