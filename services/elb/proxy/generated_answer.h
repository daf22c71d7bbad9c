#pragma once
#include <string_view>

#include "protocol/http.h"

namespace cumulite::elb::proxy {

/// An answer of the load balancer's own: AWS's page for the status. `with_server`: says "Server: awselb/2.0".
///
/// 400, 408, 414 and 5xx about broken framing end the connection as AWS does; 502, 503, 504 keep it.
void AnswerWithPage(int status, bool with_server, protocol::HttpResponse& response);

/// The same for what else it makes itself: a redirect's or a fixed response's head.
void AddServer(bool with_server, protocol::HttpResponse& response);

/// "503 Service Temporarily Unavailable": AWS's phrases, which are not always HTTP's.
std::string_view PhraseOf(int status);

}  // namespace cumulite::elb::proxy
