#include "protocol/rpc_protocol.h"

#include <algorithm>
#include <string>

#include "protocol/crc.h"
#include "protocol/inflate.h"

namespace cumulite::protocol {
namespace {

/// "application/json; charset=UTF-8" to "application/json".
std::string_view MediaType(std::string_view content_type) {
  content_type = content_type.substr(0, content_type.find(';'));
  const std::size_t last = content_type.find_last_not_of(" \t");
  return content_type.substr(0, last == std::string_view::npos ? 0 : last + 1);
}

bool IsAwsJson(const RpcModel& model, std::string_view media_type) {
  static constexpr std::string_view kPrefix = "application/x-amz-json-";
  if (EqualsIgnoreCase(media_type, "application/json")) return true;
  return media_type.size() == kPrefix.size() + model.json_version.size() &&
         EqualsIgnoreCase(media_type.substr(0, kPrefix.size()), kPrefix) &&
         media_type.ends_with(model.json_version);
}

/// Whether the client takes gzip: named in Accept-Encoding and not refused by q=0.
bool AcceptsGzip(const HttpRequest& request) {
  std::string_view rest = request.Header("Accept-Encoding");
  while (!rest.empty()) {
    const std::string_view item = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(rest.size(), item.size() + 1));
    const std::size_t first = item.find_first_not_of(" \t");
    if (first == std::string_view::npos || !EqualsIgnoreCase(MediaType(item.substr(first)), "gzip")) continue;
    const std::size_t weight = item.find("q=");
    return weight == std::string_view::npos ||
           item.substr(weight + 2).find_first_of("123456789") != std::string_view::npos;
  }
  return false;
}

void Pack(const RpcModel& model, const Exchange& exchange, HttpResponse& response) {
  if (model.gzip_from != 0 && response.body.size() >= model.gzip_from && AcceptsGzip(exchange.request)) {
    response.body = DeflateGzip(response.body);
    response.AddHeader("Content-Encoding", "gzip");
  }
  // Of the bytes that are sent: SDKs check it before they unpack.
  if (model.crc32) response.AddHeader("x-amz-crc32", std::to_string(Crc32(0, response.body)));
}

}  // namespace

RpcProtocol DetectProtocol(const RpcModel& model, const HttpRequest& request) {
  if (!model.json_target.empty() && request.method == "POST" &&
      IsAwsJson(model, MediaType(request.Header("Content-Type")))) {
    return RpcProtocol::kJson;
  }
  if (model.query_version.empty() || (request.method != "POST" && request.method != "GET")) {
    return RpcProtocol::kNone;
  }
  const bool wants_json = EqualsIgnoreCase(MediaType(request.Header("Accept")), "application/json");
  return wants_json ? RpcProtocol::kQueryAsJson : RpcProtocol::kQuery;
}

void FinishAnswer(const RpcModel& model, RpcProtocol protocol, Exchange& exchange) {
  HttpResponse& response = exchange.response;
  response.headers.reserve(response.headers.size() + 160);
  response.AddHeader("x-amzn-RequestId", exchange.context.request_id);
  if (protocol == RpcProtocol::kQuery || protocol == RpcProtocol::kNone) {
    response.AddHeader("Content-Type", "text/xml");
  } else if (protocol == RpcProtocol::kQueryAsJson ||
             EqualsIgnoreCase(MediaType(exchange.request.Header("Content-Type")), "application/json")) {
    response.AddHeader("Content-Type", "application/json");
  } else {
    response.headers += "Content-Type: application/x-amz-json-";
    response.headers += model.json_version;
    response.headers += "\r\n";
  }
  Pack(model, exchange, response);
}

void RenderUnknownOperation(Exchange& exchange) {
  exchange.response.status = 404;
  exchange.response.body = "<UnknownOperationException/>\n";
  exchange.response.AddHeader("x-amzn-RequestId", exchange.context.request_id);
  exchange.response.AddHeader("Content-Type", "text/xml");
  exchange.error_code = "UnknownOperationException";
}

}  // namespace cumulite::protocol
