#pragma once
#include <boost/asio/ip/tcp.hpp>
#include <memory>
#include <span>
#include <vector>

#include "config/settings.h"
#include "net/connection_count.h"
#include "net/io_loop.h"
#include "net/session.h"

namespace cumulite::net {

/// Accepts connections on one address and deals them to the loops in turn: SDK pools hold few, long-lived
/// connections, and the kernel's SO_REUSEPORT hashing would leave loops idle.
///
/// Thread: construct anywhere before the loops run; the rest on the first loop.
class Listener {
 public:
  /// What every session needs, owned by the server.
  struct Shared {
    std::span<const std::unique_ptr<IoLoop>> loops;
    Handler& handler;
    Tls& tls;
    const Timeouts& timeouts;
    ConnectionCount& connections;
    std::int64_t max_connections;
  };

  /// Binds at once, so that a port in use is told before anything else is touched.
  /// Errors: std::runtime_error naming the address.
  Listener(boost::asio::io_context& context, const config::Endpoint& endpoint);

  void Start(const Shared& shared);
  void Close();
  boost::asio::ip::tcp::endpoint local_endpoint() const { return acceptor_.local_endpoint(); }

 private:
  void AcceptNext();
  void Deal(boost::asio::ip::tcp::socket socket, IoLoop& loop);

  boost::asio::ip::tcp::acceptor acceptor_;
  std::optional<Shared> shared_;
  std::size_t turn_ = 0;
  boost::asio::steady_timer retry_;  // after running out of descriptors
};

}  // namespace cumulite::net
