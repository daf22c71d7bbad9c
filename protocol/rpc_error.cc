#include <utility>

#include "protocol/json_writer.h"
#include "protocol/rpc.h"
#include "protocol/rpc_protocol.h"
#include "protocol/xml_writer.h"

namespace cumulite::protocol {
namespace {

std::string_view Namespace(const RpcModel& model, Origin origin) {
  switch (origin) {
    case Origin::kService:
      break;
    case Origin::kFrontEnd:
      return "com.amazon.coral.service";
    case Origin::kValidation:
      return "com.amazon.coral.validate";
  }
  return model.json_namespace;
}

std::string_view FaultName(Fault fault) { return fault == Fault::kSender ? "Sender" : "Receiver"; }

std::string JsonBody(const RpcModel& model, const AwsError& error) {
  std::string body;
  JsonWriter json(body);
  json.OpenObject();
  json.Key("__type");
  json.String(std::string(Namespace(model, error.kind().origin)) + "#" + std::string(error.kind().code));
  if (!error.message().empty()) {
    json.Key(error.kind().capital_message ? "Message" : "message");
    json.String(error.message());
  }
  for (const auto& [name, value] : error.extra()) {
    json.Key(name);
    json.Value() += value;
  }
  json.CloseObject();
  return body;
}

std::string XmlBody(const RpcModel& model, const AwsError& error, std::string_view request_id) {
  std::string body;
  XmlWriter xml(body);
  xml.Declaration();
  xml.Open("ErrorResponse", "xmlns", model.xml_namespace);
  xml.Open("Error");
  xml.Element("Type", FaultName(error.kind().fault));
  xml.Element("Code", error.kind().QueryCode());
  xml.Element("Message", error.QueryMessage());
  for (const auto& [name, value] : error.extra()) xml.Element(name, value);
  if (model.query_compatible) xml.Empty("Detail");  // SQS
  xml.Close("Error");
  xml.Element("RequestId", request_id);
  xml.Close("ErrorResponse");
  return body;
}

/// <Response><Errors><Error>…</Error></Errors><RequestID>…
std::string Ec2Body(const AwsError& error, std::string_view request_id) {
  std::string body;
  XmlWriter xml(body);
  xml.Declaration();
  xml.Open("Response");
  xml.Open("Errors");
  xml.Open("Error");
  xml.Element("Code", error.kind().QueryCode());
  xml.Element("Message", error.QueryMessage());
  xml.Close("Error");
  xml.Close("Errors");
  xml.Element("RequestID", request_id);
  xml.Close("Response");
  return body;
}

std::string QueryJsonBody(const AwsError& error, std::string_view request_id) {
  std::string body;
  JsonWriter json(body);
  json.OpenObject();
  json.Key("Error");
  json.OpenObject();
  const std::pair<std::string_view, std::string_view> members[] = {{"Type", FaultName(error.kind().fault)},
                                                                   {"Code", error.kind().QueryCode()},
                                                                   {"Message", error.QueryMessage()}};
  for (const auto& [name, value] : members) {
    json.Key(name);
    json.String(value);
  }
  json.CloseObject();
  json.Key("RequestId");
  json.String(request_id);
  json.CloseObject();
  return body;
}

}  // namespace

void RenderRpcError(const RpcModel& model, const AwsError& error, Exchange& exchange) noexcept {
  HttpResponse& response = exchange.response;
  const bool routed = exchange.route.model == &model;
  const RpcProtocol protocol = routed ? exchange.route.protocol : DetectProtocol(model, exchange.request);
  // What speaks no protocol of the service is still told, in the service's main one.
  const bool json = protocol == RpcProtocol::kJson || model.query_version.empty();
  response.status = error.kind().status;
  exchange.error_code = json ? error.kind().code : error.kind().QueryCode();
  exchange.error_message = error.message();
  if (json) {
    response.body = JsonBody(model, error);
    if (model.query_compatible) {
      response.AddHeader("x-amzn-query-error", std::string(error.kind().QueryCode()) + ";" +
                                                   std::string(FaultName(error.kind().fault)));
    }
  } else if (protocol == RpcProtocol::kQueryAsJson) {
    response.body = QueryJsonBody(error, exchange.context.request_id);
  } else if (SpeaksEc2(model)) {
    response.body = Ec2Body(error, exchange.context.request_id);
  } else {
    response.body = XmlBody(model, error, exchange.context.request_id);
  }
  FinishAnswer(model, json ? RpcProtocol::kJson : protocol, exchange);
}

}  // namespace cumulite::protocol
