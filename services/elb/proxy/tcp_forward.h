#pragma once
#include <chrono>
#include <memory>

#include "runtime/task.h"
#include "services/elb/proxy/proxy.h"

namespace cumulite::elb::proxy {

/// Without a byte either way; the default of a TCP listener's tcp.idle_timeout.seconds.
inline constexpr std::chrono::seconds kTcpIdleTimeout{350};

/// A connection of a Network Load Balancer: to the target that its default action's group chooses, and what
/// it was asked to say first (PROXY protocol). Without a target the connection is closed.
/// Thread: the connection's loop.
runtime::Task<void> ForwardConnection(ProxyTools& tools, std::shared_ptr<const RoutingTable> table,
                                      Entrance entrance, protocol::ByteStream& client);

/// The header of the PROXY protocol, version 2, for a TCP connection.
/// Source: haproxy.org "The PROXY protocol", section 2.2.
std::string ProxyProtocolHeader(const protocol::ConnectionInfo& connection);

}  // namespace cumulite::elb::proxy
