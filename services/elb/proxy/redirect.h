#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "services/elb/proxy/snapshot.h"

namespace cumulite::elb::proxy {

/// What the placeholders of a redirect stand for.
struct RedirectFacts {
  std::string_view protocol;  // "http", "https"
  std::string_view host;      // without its port
  std::uint16_t port = 0;     // the listener's
  std::string_view path;      // with its leading slash
  std::string_view query;
};

/// The Location of a redirect; nullopt when it would be longer than 8 KiB (507). Nothing is decoded or
/// encoded; the port is always spelled out.
/// Source: User Guide "Redirect actions".
std::optional<std::string> LocationOf(const Redirect& redirect, const RedirectFacts& facts);

}  // namespace cumulite::elb::proxy
