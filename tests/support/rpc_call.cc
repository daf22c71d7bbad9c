#include "tests/support/rpc_call.h"

#include <stdexcept>

namespace cumulite::test {

runtime::Task<std::string_view> MemoryBody::Read() {
  if (std::exchange(read_, true)) co_return std::string_view{};
  co_return std::string_view(padded_).substr(0, size_);
}

runtime::Task<std::optional<std::string_view>> MemoryBody::ReadAll(std::size_t limit) {
  if (size_ > limit) co_return std::nullopt;
  co_return std::string_view(padded_).substr(0, size_);
}

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

template <class Handle>
RpcReply RpcCall::Run(Handle handle) const {
  std::vector<protocol::HeaderField> fields;
  for (const auto& [name, value] : headers) fields.push_back({name, value});
  const std::string_view whole(target);
  const std::size_t question = std::min(whole.find('?'), whole.size());
  const protocol::HttpRequest request{
      .method = method,
      .target = whole,
      .path = whole.substr(0, question),
      .query = whole.substr(std::min(question + 1, whole.size())),
      .headers = fields,
      .peer_address = "127.0.0.1",
  };
  MemoryBody reader(body);
  protocol::Exchange exchange{.request = request, .body = reader};
  exchange.context.identity = {.account = account,
                               .region = "us-east-1",
                               .access_key = access_key,
                               .principal = "arn:aws:iam::" + account + ":root",
                               .user_id = account,
                               .display_name = {}};
  exchange.context.request_id = "b25f48e8-84fd-11e6-80d9-574e0c4664cb";
  exchange.context.scheme = "http";
  exchange.context.host = "localhost:4566";
  exchange.context.path = request.path;
  exchange.context.clock = clock;
  auto task = handle(exchange);
  if (!task.done()) throw std::logic_error("the operation waits");
  task.Get();
  return {.status = exchange.response.status,
          .headers = exchange.response.headers,
          .body = exchange.response.body,
          .operation = std::string(exchange.operation),
          .error_code = std::string(exchange.error_code)};
}

RpcReply RpcCall::Send(const protocol::RpcModel& model, void* service) const {
  return Run([&](protocol::Exchange& exchange) { return protocol::HandleRpc(model, service, exchange); });
}

RpcReply RpcCall::Send(services::Service& service) const {
  return Run([&](protocol::Exchange& exchange) { return service.Handle(exchange); });
}

}  // namespace cumulite::test
