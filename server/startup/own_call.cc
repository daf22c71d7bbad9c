#include "server/startup/own_call.h"

#include <stdexcept>

#include "base/ids.h"
#include "protocol/exchange.h"
#include "protocol/memory_body.h"
#include "protocol/rpc.h"

namespace cumulite::server {
namespace {

protocol::Identity OwnerOf(const OwnCall& call) {
  return {.account = call.account,
          .region = call.region,
          .access_key = call.account,
          .principal = "arn:aws:iam::" + call.account + ":root",
          .user_id = call.account,
          .display_name = {}};
}

protocol::HttpRequest RequestOf(const OwnCall& call, const std::vector<protocol::HeaderField>& fields) {
  const std::string_view whole(call.target);
  const std::size_t question = std::min(whole.find('?'), whole.size());
  return {.method = call.method,
          .target = whole,
          .path = whole.substr(0, question),
          .query = whole.substr(std::min(question + 1, whole.size())),
          .headers = fields,
          .peer_address = "127.0.0.1"};
}

/// The one that has the operation, and its target becomes a header.
const protocol::RpcModel* Address(const ServiceSlot& slot, OwnCall& call) {
  for (const protocol::RpcModel* model : slot.descriptor().models) {
    for (const protocol::Operation& operation : model->operations) {
      if (operation.name != call.operation) continue;
      call.headers.emplace_back("X-Amz-Target", std::string(model->json_target) + "." + call.operation);
      call.headers.emplace_back("Content-Type", "application/x-amz-json-" + std::string(model->json_version));
      return model;
    }
  }
  return nullptr;
}

}  // namespace

runtime::Task<OwnAnswer> Call(World& world, OwnCall call) {
  ServiceSlot* const slot = world.Find(call.service);
  if (slot == nullptr) throw std::runtime_error("there is no service " + call.service);
  runtime::Task<services::Service*> opening = slot->Open();
  services::Service* const service = co_await opening;
  const protocol::RpcModel* const model = Address(*slot, call);
  call.headers.emplace_back("Host", "localhost");
  std::vector<protocol::HeaderField> fields;
  for (const auto& [name, value] : call.headers) fields.push_back({name, value});
  const protocol::HttpRequest request = RequestOf(call, fields);
  protocol::MemoryBody whole(call.body);
  protocol::BodyReader& body = call.stream ? *call.stream : whole;
  protocol::Exchange exchange{.request = request, .body = body};
  exchange.route.service = slot->name();
  exchange.context.identity = OwnerOf(call);
  exchange.context.request_id = base::RandomUuid();
  exchange.context.scheme = "http";
  exchange.context.host = request.Header("Host");
  exchange.context.path = request.path;
  exchange.context.peer_address = request.peer_address;
  exchange.context.clock = &world.clock();
  if (model != nullptr) {
    exchange.route.flavor = protocol::Flavor::kJson;
    runtime::Task<void> routed = protocol::RouteRpc(*model, exchange);
    co_await routed;
  }
  runtime::Task<void> handled = service->Handle(exchange);
  co_await handled;
  co_return OwnAnswer{.status = exchange.response.status,
                      .headers = std::move(exchange.response.headers),
                      .body = std::move(exchange.response.body),
                      .error_code = std::string(exchange.error_code),
                      .error_message = std::move(exchange.error_message)};
}

}  // namespace cumulite::server
