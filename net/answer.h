#pragma once
#include <cstdint>
#include <optional>

#include "protocol/http.h"

namespace cumulite::net {

/// Whether anything follows the head of the answer (RFC 9110 6.4.1).
bool AnswerHasBody(const protocol::HttpRequest& request, const protocol::HttpResponse& response);
/// What Content-Length says, where it is known.
std::optional<std::uint64_t> AnswerLength(const protocol::HttpResponse& response);
/// Whether Content-Length is to be said at all (RFC 9110 8.6).
bool AnswerTellsLength(const protocol::HttpResponse& response);

/// RFC 9110 9.3.7: what the server as a whole can do, for OPTIONS *.
void AnswerAsServer(protocol::HttpResponse& response);

}  // namespace cumulite::net
