#include "server/gateway.h"

#include <algorithm>
#include <exception>

#include "base/ids.h"
#include "base/log.h"
#include "protocol/auth_errors.h"
#include "protocol/checksum.h"
#include "protocol/error.h"
#include "protocol/rpc.h"
#include "server/absent_services.h"
#include "server/admin.h"
#include "server/cors.h"

namespace cumulite::server {
namespace {
/// Forms and signed RPC bodies are read before the service is asked; no service takes a larger one.
constexpr std::size_t kMaxBufferedBody = 16 << 20;

constexpr protocol::ErrorKind kRequestTooLarge{
    .code = "RequestEntityTooLarge", .query_code = "RequestEntityTooLarge", .status = 413};

constexpr protocol::ErrorKind kForeignOrigin{
    .code = "AccessDeniedException", .query_code = "AccessDenied", .status = 403};

/// In the words of the service, or plainly when none is known.
void RenderError(const ServiceSlot* slot, const protocol::AwsError& error, protocol::Exchange& exchange) {
  if (slot != nullptr) return slot->RenderError(error, exchange);
  RenderAbsentServiceError(error, exchange);
}

/// Which of the service's models the request addresses; null for REST.
const protocol::RpcModel* ModelOf(const ServiceSlot& slot, const protocol::HttpRequest& request) {
  const auto& models = slot.descriptor().models;
  if (models.empty()) return nullptr;
  const std::string_view target = request.Header("X-Amz-Target");
  for (const protocol::RpcModel* model : models) {
    if (!model->json_target.empty() && target.starts_with(model->json_target)) return model;
  }
  return models.front();
}

/// What a service shows everybody, signed or not: certificates and keys.
bool IsPublished(const ServiceSlot& slot, const protocol::HttpRequest& request) {
  const auto& prefixes = slot.descriptor().path_prefixes;
  return std::ranges::any_of(prefixes, [&](auto prefix) { return request.path.starts_with(prefix); });
}
}  // namespace

Gateway::Gateway(Router router, const protocol::Authenticator& authenticator, World& world,
                 const WebRules& rules, Admin& admin, Metrics& metrics)
    : router_(std::move(router)),
      authenticator_(authenticator),
      world_(world),
      rules_(rules),
      admin_(admin),
      metrics_(metrics) {}

runtime::Task<void> Gateway::Serve(protocol::Exchange& exchange) {
  const auto start = std::chrono::steady_clock::now();
  const protocol::HttpRequest& request = exchange.request;
  if (ServiceSlot* const slot = router_.FindWebHost(request.Header("Host"))) {
    runtime::Task<void> served = ServeWeb(*slot, exchange);
    co_await served;
    co_return;
  }
  exchange.context.request_id = base::RandomUuid();
  exchange.context.scheme = request.tls ? "https" : "http";
  exchange.context.host = request.Header("Host");
  exchange.context.path = request.path;
  exchange.context.trace_header = request.Header("X-Amzn-Trace-Id");
  exchange.context.peer_address = request.peer_address;
  exchange.context.strict = authenticator_.mode() == protocol::AuthMode::kStrict;
  exchange.context.clock = &world_.clock();
  runtime::Task<std::string_view> dispatched = Dispatch(exchange);
  const std::string_view service = co_await dispatched;
  const auto latency = std::chrono::steady_clock::now() - start;
  const std::string_view operation = exchange.operation.empty() ? std::string_view("-") : exchange.operation;
  metrics_.Count(service, operation, exchange.response.status, latency);
  log_.Write(exchange, service, latency);
}

/// A load balancer's request is no call of an API: it has books of its own.
runtime::Task<void> Gateway::ServeWeb(ServiceSlot& slot, protocol::Exchange& exchange) {
  try {
    services::Service* service = slot.opened();
    if (service == nullptr) {
      runtime::Task<services::Service*> opening = slot.Open();
      service = co_await opening;
    }
    runtime::Task<void> served = service->ServeHost(exchange);
    co_await served;
  } catch (const std::exception& failure) {
    base::Logger("gateway")->error("request failed host={} cause={}", exchange.request.Header("Host"),
                                   failure.what());
    exchange.response = {};
    exchange.response.status = 500;
  }
}

/// Answers one way or another; returns the name of the service that did, for the books.
runtime::Task<std::string_view> Gateway::Dispatch(protocol::Exchange& exchange) {
  ServiceSlot* slot = nullptr;
  try {
    if (Admin::Owns(exchange.request.path)) {
      runtime::Task<void> served = admin_.Serve(exchange);
      co_await served;
      co_return "admin";
    }
    if (cors::IsApiPreflight(exchange.request)) {
      cors::AnswerPreflight(rules_.MayCall(exchange.request), exchange);
      co_return "cors";
    }
    runtime::Task<void> handled = Handle(slot, exchange);
    co_await handled;
  } catch (const protocol::AwsError& error) {
    RenderError(slot, error, exchange);
  } catch (const std::exception& failure) {
    exchange.cause = failure.what();
    const protocol::AwsError error(protocol::kInternalFailure,
                                   "The request processing has failed because of an unknown error.");
    RenderError(slot, error, exchange);
  }
  if (exchange.route.flavor != protocol::Flavor::kS3 && rules_.MayCall(exchange.request)) {
    cors::AddHeaders(exchange);
  }
  co_return slot == nullptr ? std::string_view("unknown") : slot->name();
}

/// Finds the service, tells it who calls and lets it answer; `slot` is set on the way, for whoever must
/// render what this throws.
runtime::Task<void> Gateway::Handle(ServiceSlot*& slot, protocol::Exchange& exchange) {
  {
    runtime::Task<ServiceSlot*> found = FindRoute(exchange);
    slot = co_await found;
  }
  // A page needs no answer to do harm; S3's buckets say themselves whose may call.
  if (exchange.route.flavor != protocol::Flavor::kS3 && !rules_.MayCall(exchange.request)) {
    throw protocol::AwsError(kForeignOrigin, "Pages of this origin may not call; --allow-origin lets them.");
  }
  if (slot == nullptr) throw NotPartOfThisServer(exchange);
  {
    // Gone before a long poll begins to wait: ten thousand of them add up.
    runtime::Task<void> authenticated = Authenticate(*slot, exchange);
    co_await authenticated;
  }
  if (world_.resetting()) {
    runtime::Task<void> reset = world_.WaitForReset();
    co_await reset;
  }
  services::Service* service = slot->opened();
  if (service == nullptr) {
    runtime::Task<services::Service*> opening = slot->Open();
    service = co_await opening;
  }
  runtime::Task<void> handled = service->Handle(exchange);
  co_await handled;
}

/// Service, protocol, operation and scope, once; the rest of the way reads them in exchange.route.
runtime::Task<ServiceSlot*> Gateway::FindRoute(protocol::Exchange& exchange) {
  protocol::Route& route = exchange.route;
  Router::ReadScope(exchange.request, route);
  std::string_view form;
  if (Router::NeedsForm(exchange.request, route)) {
    runtime::Task<std::optional<std::string_view>> body = exchange.body.ReadAll(kMaxBufferedBody);
    form = (co_await body).value_or(std::string_view{});
  }
  ServiceSlot* const slot = router_.Find(exchange.request, form, route);
  if (slot == nullptr) co_return nullptr;
  if (const protocol::RpcModel* model = ModelOf(*slot, exchange.request)) {
    runtime::Task<void> routed = protocol::RouteRpc(*model, exchange);
    co_await routed;
  }
  co_return slot;
}

runtime::Task<void> Gateway::Authenticate(const ServiceSlot& slot, protocol::Exchange& exchange) {
  const protocol::Route& route = exchange.route;
  // A browser asks before it sends what it has signed.
  if (route.flavor == protocol::Flavor::kS3 && exchange.request.method == "OPTIONS") co_return;
  std::optional<std::string> body_hash;
  if (authenticator_.NeedsBodyHash(route)) {
    runtime::Task<std::optional<std::string_view>> body = exchange.body.ReadAll(kMaxBufferedBody);
    const std::optional<std::string_view> bytes = co_await body;
    if (!bytes) throw protocol::AwsError(kRequestTooLarge, "The request body is too large.");
    body_hash = protocol::Checksum(protocol::ChecksumAlgorithm::kSha256, *bytes).Hex();
  }
  const bool anyone =
      (route.operation == nullptr && IsPublished(slot, exchange.request)) ||
      (route.model != nullptr &&
       (route.model->judges_anonymous_calls || (route.operation != nullptr && route.operation->anonymous)));
  const auto anonymous = anyone ? protocol::Anonymous::kAllow : protocol::Anonymous::kByFlavor;
  protocol::AuthResult result =
      authenticator_.Authenticate(exchange.request, world_.clock().Now(), route.flavor, body_hash, anonymous);
  // X-Amz-Target decides where a request goes, though its signature need not cover it.
  const std::string_view scope = result.scope.service;
  if (exchange.context.strict && !scope.empty() && !router_.IsScopeOf(scope, slot)) {
    throw protocol::AwsError(
        protocol::kJsonInvalidSignature,
        "Credential should be scoped to correct service: '" + std::string(slot.name()) + "'.");
  }
  exchange.context.identity = std::move(result.identity);
  exchange.payload = std::move(result.payload);
  exchange.body.CallerKnown();
}

}  // namespace cumulite::server
