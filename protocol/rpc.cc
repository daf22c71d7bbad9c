#include "protocol/rpc.h"

#include <algorithm>
#include <string>
#include <utility>

#include "protocol/inflate.h"
#include "protocol/json_codec.h"
#include "protocol/json_writer.h"
#include "protocol/query_codec.h"
#include "protocol/query_params.h"
#include "protocol/rpc_errors.h"
#include "protocol/rpc_protocol.h"
#include "protocol/xml_codec.h"

namespace cumulite::protocol {
namespace {

/// Enough for most answers, so that they do not grow while they are written.
constexpr std::size_t kUsualAnswer = 2'000;

class JsonCodec final : public Codec {
 public:
  JsonCodec(const RpcModel& model, std::string_view body, Exchange& exchange)
      : model_(model), body_(body), exchange_(exchange) {}

  void Decode(void* request, Members members) override { DecodeJson(body_, model_, request, members); }

  void Encode(const void* response, Members members) override {
    if (!members.empty() || !model_.omit_empty_body) {
      exchange_.response.body.reserve(kUsualAnswer);
      EncodeJson(response, members, exchange_.response.body);
    }
    FinishAnswer(model_, RpcProtocol::kJson, exchange_);
  }

 private:
  const RpcModel& model_;
  std::string_view body_;
  Exchange& exchange_;
};

class QueryCodec final : public Codec {
 public:
  QueryCodec(const RpcModel& model, const QueryParams& params, RpcProtocol protocol, Exchange& exchange)
      : model_(model), params_(params), protocol_(protocol), exchange_(exchange) {}

  void Decode(void* request, Members members) override { DecodeQuery(params_, model_, request, members); }

  void Encode(const void* response, Members members) override {
    exchange_.response.body.reserve(kUsualAnswer);
    if (protocol_ == RpcProtocol::kQuery) {
      EncodeAsXml(response, members);
    } else {
      EncodeAsJson(response, members);
    }
    FinishAnswer(model_, protocol_, exchange_);
  }

 private:
  bool HasResult(Members members) const { return !members.empty() || !model_.omit_empty_result; }

  /// <XResponse xmlns=…><XResult>…</XResult><ResponseMetadata><RequestId>…
  void EncodeAsXml(const void* response, Members members) {
    const std::string name(exchange_.operation);
    std::string& body = exchange_.response.body;
    XmlWriter xml(body);
    xml.Declaration();
    xml.Open(name + "Response", "xmlns", model_.xml_namespace);
    if (SpeaksEc2(model_)) {
      xml.Element("requestId", exchange_.context.request_id);
      EncodeXml(response, members, xml);
      return xml.Close(name + "Response");
    }
    if (HasResult(members)) {
      const std::size_t start = body.size();
      xml.Open(name + "Result");
      const std::size_t inside = body.size();
      EncodeXml(response, members, xml);
      if (body.size() > inside) {
        xml.Close(name + "Result");
      } else {
        body.resize(start);
        xml.Empty(name + "Result");
      }
    }
    xml.Open("ResponseMetadata");
    xml.Element("RequestId", exchange_.context.request_id);
    xml.Close("ResponseMetadata");
    xml.Close(name + "Response");
  }

  /// The same tree as JSON: {"XResponse":{"XResult":{…},"ResponseMetadata":{"RequestId":…}}}
  void EncodeAsJson(const void* response, Members members) {
    const std::string name(exchange_.operation);
    JsonWriter json(exchange_.response.body);
    json.OpenObject();
    json.Key(name + "Response");
    json.OpenObject();
    if (HasResult(members)) {
      json.Key(name + "Result");
      EncodeJson(response, members, json.Value());
    }
    json.Key("ResponseMetadata");
    json.OpenObject();
    json.Key("RequestId");
    json.String(exchange_.context.request_id);
    json.CloseObject();
    json.CloseObject();
    json.CloseObject();
  }

  const RpcModel& model_;
  const QueryParams& params_;
  RpcProtocol protocol_;
  Exchange& exchange_;
};

/// A scan that compares lengths first: 15 ns for the 60 operations of DynamoDB, and no order that a table's
/// author could get wrong.
const Operation* FindByName(const RpcModel& model, std::string_view name) {
  const auto found = std::ranges::find(model.operations, name, &Operation::name);
  return found == model.operations.end() ? nullptr : &*found;
}

void ThrowIfNotBuilt(const RpcModel& model, std::string_view name, Exchange& exchange) {
  const auto found = std::ranges::find(model.not_built, name);
  if (found == model.not_built.end()) return;
  exchange.operation = *found;
  throw AwsError(kNotImplemented, "The operation " + std::string(name) + " of " + std::string(model.service) +
                                      " is not implemented.");
}

const Operation& FindTarget(const RpcModel& model, Exchange& exchange) {
  const std::string_view target = exchange.request.Header("X-Amz-Target");
  const std::size_t dot = target.rfind('.');
  if (dot == std::string_view::npos || target.substr(0, dot) != model.json_target) {
    throw AwsError(kUnknownOperation, {});
  }
  const std::string_view name = target.substr(dot + 1);
  const Operation* operation = FindByName(model, name);
  if (operation == nullptr) {
    ThrowIfNotBuilt(model, name, exchange);
    throw AwsError(kUnknownOperation, {});
  }
  return *operation;
}

const Operation& FindAction(const RpcModel& model, std::string_view action, std::string_view version,
                            Exchange& exchange) {
  const Operation* operation = FindByName(model, action);
  if (operation == nullptr) ThrowIfNotBuilt(model, action, exchange);
  if (model.refuse_action != nullptr) {
    auto reason = model.refuse_action(action, operation != nullptr, exchange.request);
    if (reason) throw AwsError(kInvalidAction, std::move(*reason));
  }
  if (operation == nullptr || (model.refuse_action == nullptr && version != model.query_version)) {
    throw AwsError(kInvalidAction, "Could not find operation " + std::string(action) + " for version " +
                                       std::string(version));
  }
  return *operation;
}

/// The body, unpacked if need be. `unpacked` holds it then.
std::string_view Unpack(const RpcModel& model, const Exchange& exchange, std::string_view body,
                        std::string& unpacked) {
  const std::string_view encoding = exchange.request.Header("Content-Encoding");
  if (encoding.empty() || EqualsIgnoreCase(encoding, "identity")) return body;
  // AWS blames itself for an encoding that it cannot undo (recorded from DynamoDB).
  const auto packing = PackingOf(encoding);
  if (!packing) throw AwsError(kInternalFailure, {});
  switch (Inflate(*packing, body, model.body_limit, unpacked)) {
    case InflateResult::kOk:
      return unpacked;
    case InflateResult::kCorrupt:
      throw AwsError(kInternalFailure, {});
    case InflateResult::kTooLarge:
      break;
  }
  throw AwsError(kRequestTooLarge, {});
}

/// The operation of an AWS JSON request, or of a Query one, whose form is parsed for it.
const Operation* FindCalled(const RpcModel& model, Exchange& exchange) {
  Route& route = exchange.route;
  if (route.protocol == RpcProtocol::kJson) return &FindTarget(model, exchange);
  const QueryParams& params = route.form.emplace(std::initializer_list{exchange.request.query, route.body});
  const auto action = params.root().Child("Action").Value();
  if (!action || action->empty()) {
    route.protocol = RpcProtocol::kNone;
    return nullptr;
  }
  const auto version = params.root().Child("Version").Value().value_or(model.query_version);
  return &FindAction(model, *action, version, exchange);
}

void FindOperation(const RpcModel& model, Exchange& exchange) {
  Route& route = exchange.route;
  route.body = Unpack(model, exchange, route.packed_body, route.unpacked);
  route.operation = FindCalled(model, exchange);
  if (route.operation == nullptr) return;
  exchange.operation = route.operation->name;
  if (!exchange.context.strict) return;
  exchange.context.action.append(model.service).append(":").append(route.operation->action);
}

/// What stands for GET / of a model that says that it is healthy: nobody needs to sign it.
constexpr Operation kHealth = Operation{.name = "HealthCheck",
                                        .request = nullptr,
                                        .response = nullptr,
                                        .invoke = nullptr,
                                        .action = "HealthCheck",
                                        .anonymous = true};

bool AsksForHealth(const RpcModel& model, const HttpRequest& request) {
  return model.says_healthy && request.method == "GET" && request.path == "/" && request.query.empty();
}

runtime::Task<void> Call(const RpcModel& model, void* service, Exchange& exchange) {
  const Route& route = exchange.route;
  if (route.protocol == RpcProtocol::kJson) {
    JsonCodec codec(model, route.body, exchange);
    co_await route.operation->invoke(service, exchange.context, codec);
  } else {
    QueryCodec codec(model, *route.form, route.protocol, exchange);
    co_await route.operation->invoke(service, exchange.context, codec);
  }
}

}  // namespace

runtime::Task<void> RouteRpc(const RpcModel& model, Exchange& exchange) {
  Route& route = exchange.route;
  route.model = &model;
  route.protocol = DetectProtocol(model, exchange.request);
  if (route.protocol == RpcProtocol::kNone) {
    if (AsksForHealth(model, exchange.request)) route.operation = &kHealth;
    co_return;
  }
  try {
    const auto body = co_await exchange.body.ReadAll(model.body_limit);
    if (!body) throw AwsError(kRequestTooLarge, {});
    route.packed_body = *body;
    FindOperation(model, exchange);
  } catch (const AwsError&) {
    route.refusal = std::current_exception();
  }
}

runtime::Task<void> HandleRpc(const RpcModel& model, void* service, Exchange& exchange) {
  if (exchange.route.model != &model) {
    runtime::Task<void> routed = RouteRpc(model, exchange);
    co_await routed;
  }
  try {
    if (exchange.route.refusal) std::rethrow_exception(exchange.route.refusal);
    if (exchange.route.protocol == RpcProtocol::kNone) {
      exchange.route.operation == &kHealth ? RenderHealth(exchange) : RenderUnknownOperation(exchange);
      co_return;
    }
    co_await Call(model, service, exchange);
  } catch (const AwsError& error) {
    RenderRpcError(model, error, exchange);
  } catch (const std::exception& failure) {
    const auto error = model.explain == nullptr ? std::nullopt : model.explain(failure);
    if (!error) throw;
    exchange.cause = failure.what();
    RenderRpcError(model, *error, exchange);
  }
}

}  // namespace cumulite::protocol
