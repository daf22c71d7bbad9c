#pragma once
#include <string_view>

#include "protocol/context.h"
#include "protocol/http.h"
#include "protocol/payload.h"
#include "protocol/route.h"

namespace cumulite::protocol {

/// One request on its way through a service, and the answer that it becomes.
struct Exchange {
  const HttpRequest& request;
  BodyReader& body;
  Route route;
  RequestContext context;
  PayloadSigning payload;  // how the body travels, by authentication
  HttpResponse response;
  /// Set by the service, for the access line and the metrics: "ReceiveMessage", static text.
  std::string_view operation;
  /// The error code answered, for the access line; static text.
  std::string_view error_code;
  /// For the access line, too: the error's message, and what lies behind one that is our fault.
  std::string error_message;
  std::string cause;
};

}  // namespace cumulite::protocol
