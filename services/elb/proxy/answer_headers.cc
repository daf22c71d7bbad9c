#include "services/elb/proxy/answer_headers.h"

#include <algorithm>
#include <charconv>

#include "services/elb/proxy/connection_header.h"

namespace cumulite::elb::proxy {
namespace {
using protocol::EqualsIgnoreCase;

bool IsReplaced(const Listener& listener, std::string_view name) {
  return std::ranges::any_of(listener.response_headers,
                             [name](const auto& header) { return EqualsIgnoreCase(header.name, name); });
}

void AppendLine(std::string& lines, std::string_view name, std::string_view value) {
  lines.append(name).append(": ").append(value).append("\r\n");
}
}  // namespace

void AddListenerHeaders(const Listener& listener, protocol::HttpResponse& response) {
  for (const Listener::HeaderValue& header : listener.response_headers) {
    if (!header.value.empty()) response.AddHeader(header.name, header.value);
  }
}

void TakeAnswerHead(const net::HttpAnswer& answer, std::span<const protocol::HeaderField> headers,
                    const Listener& listener, bool websocket, protocol::HttpResponse& response) {
  response.status = answer.status;
  response.reason = answer.reason;
  const HopByHop hop(headers);
  std::size_t size = 256;
  for (const protocol::HeaderField& header : headers) size += header.name.size() + header.value.size() + 4;
  response.headers.reserve(size);
  for (const protocol::HeaderField& header : headers) {
    if (header.name.size() == 14 && EqualsIgnoreCase(header.name, "Content-Length")) {
      std::uint64_t length = 0;
      const char* const end = header.value.data() + header.value.size();
      if (std::from_chars(header.value.data(), end, length).ptr == end) response.announced_length = length;
      continue;
    }
    if (hop.Owns(header.name)) continue;
    if (!listener.response_headers.empty() && IsReplaced(listener, header.name)) continue;
    response.has_date =
        response.has_date || (header.name.size() == 4 && EqualsIgnoreCase(header.name, "Date"));
    AppendLine(response.headers, header.name, header.value);
  }
  AddListenerHeaders(listener, response);
  if (websocket) response.headers += "Connection: upgrade\r\nUpgrade: websocket\r\n";
}

bool SetsCookie(std::span<const protocol::HeaderField> headers, std::string_view name) {
  return std::ranges::any_of(headers, [name](const protocol::HeaderField& header) {
    return EqualsIgnoreCase(header.name, "Set-Cookie") && header.value.size() > name.size() &&
           header.value.starts_with(name) && header.value[name.size()] == '=';
  });
}

}  // namespace cumulite::elb::proxy
