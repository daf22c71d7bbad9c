#include "services/elb/proxy/connection_header.h"

namespace cumulite::elb::proxy {
using protocol::EqualsIgnoreCase;

HopByHop::HopByHop(std::span<const protocol::HeaderField> headers) {
  for (const protocol::HeaderField& header : headers) {
    if (header.name.size() == 7 && EqualsIgnoreCase(header.name, "Upgrade")) {
      websocket_ = websocket_ || EqualsIgnoreCase(header.value, "websocket");
    }
    if (header.name.size() != 10 || !EqualsIgnoreCase(header.name, "Connection")) continue;
    ForEachInList(header.value, [this](std::string_view name) {
      if (EqualsIgnoreCase(name, "upgrade")) upgrade_ = true;
      // What a connection says of itself names no header; nor may it take away what the message is about.
      for (const std::string_view kept : {"close", "keep-alive", "upgrade", "host", "content-length",
                                          "cookie", "authorization", "x-forwarded-for"}) {
        if (EqualsIgnoreCase(name, kept)) return;
      }
      if (named_count_ < kMostNamed) named_[named_count_++] = name;
    });
  }
}

bool HopByHop::Owns(std::string_view name) const {
  const auto is = [name](std::string_view other) { return EqualsIgnoreCase(name, other); };
  switch (name.size()) {
    case 2:
      if (is("TE")) return true;
      break;
    case 7:
      if (is("Upgrade")) return true;
      break;
    case 10:
      if (is("Connection") || is("Keep-Alive")) return true;
      break;
    case 14:
      if (is("Content-Length")) return true;  // of the framing, which each hop makes anew
      break;
    case 16:
      if (is("Proxy-Connection")) return true;
      break;
    case 17:
      if (is("Transfer-Encoding")) return true;
      break;
    default:
      break;
  }
  for (std::size_t i = 0; i < named_count_; ++i) {
    if (is(named_[i])) return true;
  }
  return false;
}

}  // namespace cumulite::elb::proxy
