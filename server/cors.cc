#include "server/cors.h"

#include "server/router.h"

namespace cumulite::server::cors {

bool IsApiPreflight(const protocol::HttpRequest& request) {
  return request.method == "OPTIONS" && (request.path == "/" || IsQueuePath(request.path)) &&
         request.Find("Origin") && request.Find("Access-Control-Request-Method");
}

void AnswerPreflight(bool allowed, protocol::Exchange& exchange) {
  protocol::HttpResponse& response = exchange.response;
  exchange.operation = "Preflight";
  response.AddHeader("x-amzn-RequestId", exchange.context.request_id);
  if (!allowed) {
    response.status = 403;
    exchange.error_message = "pages of this origin may not call; --allow-origin lets them";
    return;
  }
  response.AddHeader("Access-Control-Allow-Origin", exchange.request.Header("Origin"));
  response.AddHeader("Vary", "Origin");
  response.AddHeader("Access-Control-Allow-Methods", "GET, POST, OPTIONS");
  response.AddHeader("Access-Control-Allow-Headers",
                     exchange.request.Header("Access-Control-Request-Headers"));
  response.AddHeader("Access-Control-Max-Age", "172800");
}

void AddHeaders(protocol::Exchange& exchange) {
  const auto origin = exchange.request.Find("Origin");
  if (!origin) return;
  exchange.response.AddHeader("Access-Control-Allow-Origin", *origin);
  exchange.response.AddHeader("Vary", "Origin");
  exchange.response.AddHeader("Access-Control-Expose-Headers",
                              "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-query-error,x-amz-crc32,Date");
}

}  // namespace cumulite::server::cors
