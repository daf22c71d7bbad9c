#include "protocol/rpc_protocol.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
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

/// 0.5 of ";q=0.5"; of several the first. More than one is one, and so is what cannot be
/// read; less than nothing is nothing.
double WeightOf(std::string_view item) {
  constexpr double kFull = 1;
  const std::size_t at = item.find("q=");
  if (at == std::string_view::npos) return kFull;
  item.remove_prefix(at + 2);
  const std::string text(item.substr(0, item.find(';')));
  char* end = nullptr;
  const double weight = std::strtod(text.c_str(), &end);
  const bool is_number =
      end != text.c_str() &&
      text.find_first_not_of(" \t", static_cast<std::size_t>(end - text.c_str())) == std::string::npos;
  if (is_number && weight < 0) return 0;
  if (!is_number || !(weight <= 1)) return kFull;
  return weight;
}

/// How the client wants long answers packed: by the higher weight, of two equal ones the first; "*" is
/// whichever is not named, gzip rather than deflate. One that is named twice has its higher weight. Nothing:
/// not at all.
std::optional<Packing> PackingWanted(const HttpRequest& request) {
  struct Wish {
    double weight = 0;
    int place = 1'000;  // in the list
    bool named = false;
  };
  Wish gzip{.place = 1'000};
  Wish deflate{.place = 1'001};
  double any = 0;
  int place = 0;
  std::string_view rest = request.Header("Accept-Encoding");
  while (!rest.empty()) {
    const std::string_view item = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(rest.size(), item.size() + 1));
    const std::size_t first = item.find_first_not_of(" \t");
    if (first == std::string_view::npos) continue;
    const std::string_view name = MediaType(item.substr(first));
    if (name == "*") any = WeightOf(item);
    const auto packing = PackingOf(name);
    if (!packing) continue;
    Wish& wish = *packing == Packing::kGzip ? gzip : deflate;
    const double weight = WeightOf(item);
    if (!wish.named || weight > wish.weight) wish = {weight, place++, true};
  }
  if (!gzip.named) gzip.weight = any;
  if (!deflate.named) deflate.weight = any;
  if (gzip.weight <= 0 && deflate.weight <= 0) return std::nullopt;
  const bool deflates =
      deflate.weight > gzip.weight || (deflate.weight == gzip.weight && deflate.place < gzip.place);
  return deflates ? Packing::kDeflate : Packing::kGzip;
}

void Pack(const RpcModel& model, const Exchange& exchange, HttpResponse& response) {
  if (model.pack_from != 0 && response.body.size() >= model.pack_from) {
    if (const auto packing = PackingWanted(exchange.request)) {
      response.body = Deflate(*packing, response.body);
      response.AddHeader("Content-Encoding", *packing == Packing::kGzip ? "gzip" : "deflate");
    }
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

bool SpeaksEc2(const RpcModel& model) { return model.xml_namespace.starts_with("http://ec2.amazonaws.com/"); }

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
  if (!model.server.empty()) response.AddHeader("Server", model.server);
  Pack(model, exchange, response);
}

void RenderHealth(Exchange& exchange) {
  exchange.response.status = 200;
  exchange.response.body.assign("healthy: ").append(exchange.context.host).append(" ");
  exchange.response.AddHeader("x-amzn-RequestId", exchange.context.request_id);
  exchange.response.AddHeader("Content-Type", "text/plain");
}

void RenderUnknownOperation(Exchange& exchange) {
  exchange.response.status = 404;
  exchange.response.body = "<UnknownOperationException/>\n";
  exchange.response.AddHeader("x-amzn-RequestId", exchange.context.request_id);
  exchange.response.AddHeader("Content-Type", "text/xml");
  exchange.error_code = "UnknownOperationException";
}

}  // namespace cumulite::protocol
