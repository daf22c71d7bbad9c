#include "server/startup/own_call.h"

#include <nlohmann/json.hpp>
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

const protocol::RpcModel* ModelOf(const ServiceSlot& slot, std::string_view operation) {
  for (const protocol::RpcModel* model : slot.descriptor().models) {
    for (const protocol::Operation& candidate : model->operations) {
      if (candidate.name == operation) return model;
    }
  }
  return nullptr;
}

/// Adds `&NAME=TEXT` for each leaf: lists count their members from 1, as the Query protocol wants.
void AppendForm(const std::string& name, const nlohmann::ordered_json& value, std::string& form) {
  if (value.is_object()) {
    for (const auto& [key, inner] : value.items()) {
      AppendForm(name.empty() ? key : name + "." + key, inner, form);
    }
  } else if (value.is_array()) {
    std::size_t number = 0;
    for (const auto& inner : value) AppendForm(name + ".member." + std::to_string(++number), inner, form);
  } else {
    const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
    form += "&" + name + "=" + protocol::PercentEncode(text);
  }
}

/// Says the operation as its service hears it: AWS JSON, or a Query form that is answered in JSON.
protocol::Flavor Address(const protocol::RpcModel& model, OwnCall& call) {
  if (!model.json_target.empty()) {
    call.headers.emplace_back("X-Amz-Target", std::string(model.json_target) + "." + call.operation);
    call.headers.emplace_back("Content-Type", "application/x-amz-json-" + std::string(model.json_version));
    return protocol::Flavor::kJson;
  }
  std::string form = "Action=" + call.operation + "&Version=" + std::string(model.query_version);
  AppendForm({}, nlohmann::ordered_json::parse(call.body), form);
  call.body = std::move(form);
  call.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
  call.headers.emplace_back("Accept", "application/json");
  return protocol::Flavor::kQuery;
}

/// The members of a Query answer, without what is around them.
std::string Unwrapped(const std::string& operation, const std::string& body) {
  const auto answer = nlohmann::ordered_json::parse(body, nullptr, false);
  const auto outer = answer.find(operation + "Response");
  if (outer == answer.end() || !outer->contains(operation + "Result")) return "{}";
  return outer->at(operation + "Result").dump();
}

}  // namespace

runtime::Task<OwnAnswer> Call(World& world, OwnCall call) {
  ServiceSlot* const slot = world.Find(call.service);
  if (slot == nullptr) throw std::runtime_error("there is no service " + call.service);
  runtime::Task<services::Service*> opening = slot->Open();
  services::Service* const service = co_await opening;
  const protocol::RpcModel* const model = ModelOf(*slot, call.operation);
  const protocol::Flavor flavor = model == nullptr ? protocol::Flavor::kS3 : Address(*model, call);
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
    exchange.route.flavor = flavor;
    runtime::Task<void> routed = protocol::RouteRpc(*model, exchange);
    co_await routed;
  }
  runtime::Task<void> handled = service->Handle(exchange);
  co_await handled;
  if (flavor == protocol::Flavor::kQuery && exchange.error_code.empty()) {
    exchange.response.body = Unwrapped(call.operation, exchange.response.body);
  }
  co_return OwnAnswer{.status = exchange.response.status,
                      .headers = std::move(exchange.response.headers),
                      .body = std::move(exchange.response.body),
                      .error_code = std::string(exchange.error_code),
                      .error_message = std::move(exchange.error_message)};
}

}  // namespace cumulite::server
