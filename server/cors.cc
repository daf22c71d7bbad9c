#include "server/cors.h"

#include "server/router.h"

namespace cumulite::server::cors {

bool IsApiPreflight(const protocol::HttpRequest& request) {
  return request.method == "OPTIONS" && (request.path == "/" || IsQueuePath(request.path)) &&
         request.Find("Origin") && request.Find("Access-Control-Request-Method");
}

void AnswerPreflight(protocol::Exchange& exchange) {
  protocol::HttpResponse& response = exchange.response;
  response.AddHeader("Access-Control-Allow-Origin", "*");
  response.AddHeader("Access-Control-Allow-Methods", "GET, POST, OPTIONS");
  response.AddHeader("Access-Control-Allow-Headers",
                     exchange.request.Header("Access-Control-Request-Headers"));
  response.AddHeader("Access-Control-Max-Age", "172800");
  response.AddHeader("x-amzn-RequestId", exchange.context.request_id);
  exchange.operation = "Preflight";
}

void AddHeaders(protocol::Exchange& exchange) {
  if (!exchange.request.Find("Origin")) return;
  exchange.response.AddHeader("Access-Control-Allow-Origin", "*");
  exchange.response.AddHeader("Access-Control-Expose-Headers",
                              "x-amzn-RequestId,x-amzn-ErrorType,x-amzn-query-error,x-amz-crc32,Date");
}

}  // namespace cumulite::server::cors
