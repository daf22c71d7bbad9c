#pragma once
#include <span>

#include "net/http_client.h"
#include "protocol/http.h"
#include "services/elb/proxy/snapshot.h"

namespace cumulite::elb::proxy {

/// Makes a target's status and headers the client's: all but what ends at this hop, with the listener's
/// response headers in place of the target's.
///
/// Framing is the session's; the length that an answer without a body announces is kept.
/// Source: RFC 9110 7.6.1; User Guide "HTTP header modification".
void TakeAnswerHead(const net::HttpAnswer& answer, std::span<const protocol::HeaderField> headers,
                    const Listener& listener, bool websocket, protocol::HttpResponse& response);

/// Adds the listener's response headers to an answer of our own.
void AddListenerHeaders(const Listener& listener, protocol::HttpResponse& response);

/// Whether the target sets the cookie of that name.
bool SetsCookie(std::span<const protocol::HeaderField> headers, std::string_view name);

}  // namespace cumulite::elb::proxy
