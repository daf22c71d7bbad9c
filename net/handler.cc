#include "net/handler.h"

namespace cumulite::net {

void Handler::Refuse(int status, std::string_view code, std::string_view message,
                     protocol::HttpResponse& response) {
  response.status = status;
  response.AddHeader("Content-Type", "application/xml");
  response.body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>";
  response.body.append(code).append("</Code><Message>").append(message).append("</Message></Error>");
}

}  // namespace cumulite::net
