#include "services/elb/proxy/generated_answer.h"

#include <algorithm>
#include <array>
#include <string>

namespace cumulite::elb::proxy {
namespace {
struct Known {
  int status;
  std::string_view phrase;  // in the status line
  std::string_view title;   // in the page; empty: the same
};

/// Source: answers of real load balancers for 301, 302, 400, 502, 503, 504; others in the same manner.
constexpr std::array kKnown{
    Known{301, "Moved Permanently", ""},
    Known{302, "Moved Temporarily", "302 Found"},
    Known{400, "Bad Request", ""},
    Known{401, "Authorization Required", ""},
    Known{403, "Forbidden", ""},
    Known{405, "Not Allowed", ""},
    Known{408, "Request Time-out", ""},
    Known{413, "Request Entity Too Large", ""},
    Known{414, "Request-URI Too Large", ""},
    Known{460, "Client Closed Connection", ""},
    Known{463, "Too Many Addresses", ""},
    Known{464, "Incompatible Protocol Versions", ""},
    Known{500, "Internal Server Error", ""},
    Known{501, "Not Implemented", ""},
    Known{502, "Bad Gateway", ""},
    Known{503, "Service Temporarily Unavailable", ""},
    Known{504, "Gateway Time-out", ""},
    Known{505, "HTTP Version Not Supported", ""},
    Known{507, "Insufficient Storage", ""},
    Known{561, "Unauthorized", ""},
};

bool ClosesConnection(int status) {
  return status == 400 || status == 408 || status == 413 || status == 414 || status == 501 || status == 505;
}

const Known* Find(int status) {
  const auto found = std::ranges::find(kKnown, status, &Known::status);
  return found == kKnown.end() ? nullptr : &*found;
}
}  // namespace

std::string_view PhraseOf(int status) {
  const Known* const known = Find(status);
  return known == nullptr ? std::string_view{} : known->phrase;
}

void AddServer(bool with_server, protocol::HttpResponse& response) {
  if (with_server) response.AddHeader("Server", "awselb/2.0");
}

void AnswerWithPage(int status, bool with_server, protocol::HttpResponse& response) {
  const Known* const known = Find(status);
  std::string title = std::to_string(status);
  if (known != nullptr) title.append(" ").append(known->phrase);
  if (known != nullptr && !known->title.empty()) title = known->title;
  response.status = status;
  response.reason = PhraseOf(status);
  AddServer(with_server, response);
  response.AddHeader("Content-Type", "text/html");
  response.body = "<html>\r\n<head><title>" + title + "</title></head>\r\n<body>\r\n<center><h1>" + title +
                  "</h1></center>\r\n</body>\r\n</html>\r\n";
  response.close_connection = response.close_connection || ClosesConnection(status);
}

}  // namespace cumulite::elb::proxy
