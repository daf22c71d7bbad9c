#include "tests/support/rpc_call.h"

#include <stdexcept>

namespace cumulite::test {

std::string RpcReply::Header(std::string_view name) const {
  std::string_view rest = headers;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find("\r\n"));
    rest.remove_prefix(std::min(rest.size(), line.size() + 2));
    const std::size_t colon = line.find(": ");
    if (colon != std::string_view::npos && protocol::EqualsIgnoreCase(line.substr(0, colon), name)) {
      return std::string(line.substr(colon + 2));
    }
  }
  return {};
}

RpcCall RpcCall::Json(const protocol::RpcModel& model, std::string_view operation, std::string body) {
  RpcCall call;
  call.headers = {{"X-Amz-Target", std::string(model.json_target) + "." + std::string(operation)},
                  {"Content-Type", "application/x-amz-json-" + std::string(model.json_version)}};
  call.body = std::move(body);
  return call;
}

RpcCall RpcCall::Query(const protocol::RpcModel& model, std::string_view operation, std::string form) {
  RpcCall call;
  call.headers = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}};
  call.body = "Action=" + std::string(operation) + "&Version=" + std::string(model.query_version);
  if (!form.empty()) call.body += "&" + form;
  return call;
}

PendingRpcCall::PendingRpcCall(RpcCall call)
    : call_(std::move(call)), body_(call_.body), exchange_{.request = request_, .body = body_} {
  for (const auto& [name, value] : call_.headers) fields_.push_back({name, value});
  const std::string_view whole(call_.target);
  const std::size_t question = std::min(whole.find('?'), whole.size());
  request_ = {
      .method = call_.method,
      .target = whole,
      .path = whole.substr(0, question),
      .query = whole.substr(std::min(question + 1, whole.size())),
      .headers = fields_,
      .peer_address = "127.0.0.1",
  };
  exchange_.context.identity = {.account = call_.account,
                                .region = "us-east-1",
                                .access_key = call_.access_key,
                                .principal = "arn:aws:iam::" + call_.account + ":root",
                                .user_id = call_.account,
                                .display_name = {},
                                .session = call_.session};
  exchange_.context.request_id = "b25f48e8-84fd-11e6-80d9-574e0c4664cb";
  exchange_.context.scheme = "http";
  exchange_.context.host = "localhost:4566";
  exchange_.context.path = request_.path;
  exchange_.context.strict = call_.strict;
  exchange_.context.clock = call_.clock;
  exchange_.context.judge = call_.judge;
}

RpcReply PendingRpcCall::Reply() {
  if (!done()) throw std::logic_error("the operation waits");
  task_->Get();
  return {.status = exchange_.response.status,
          .headers = exchange_.response.headers,
          .body = exchange_.response.body,
          .operation = std::string(exchange_.operation),
          .error_code = std::string(exchange_.error_code)};
}

RpcReply RpcCall::Send(const protocol::RpcModel& model, void* service) const {
  return PendingRpcCall(
             *this,
             [&](protocol::Exchange& exchange) { return protocol::HandleRpc(model, service, exchange); })
      .Reply();
}

RpcReply RpcCall::Send(services::Service& service) const { return Begin(service)->Reply(); }

std::unique_ptr<PendingRpcCall> RpcCall::Begin(services::Service& service) const {
  return std::make_unique<PendingRpcCall>(
      *this, [&service](protocol::Exchange& exchange) { return service.Handle(exchange); });
}

}  // namespace cumulite::test
