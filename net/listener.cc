#include "net/listener.h"

#include <sys/socket.h>

#include <boost/asio/ip/v6_only.hpp>
#include <stdexcept>

namespace cumulite::net {
namespace {
using boost::asio::ip::tcp;

constexpr int kBacklog = 4096;
constexpr std::chrono::milliseconds kRetryAccept{100};
/// Sent in one piece to a socket that is closed at once: there is no session to write it.
std::string TooManyConnections() {
  const std::string body =
      "<Error><Code>ServiceUnavailable</Code><Message>Too many open connections. Try "
      "again.</Message></Error>";
  return "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/xml\r\nConnection: "
         "close\r\nContent-Length: " +
         std::to_string(body.size()) + "\r\n\r\n" + body;
}

tcp::endpoint Resolve(boost::asio::io_context& context, const config::Endpoint& endpoint) {
  tcp::resolver resolver(context);
  return *resolver.resolve(endpoint.host, std::to_string(endpoint.port), tcp::resolver::passive).begin();
}
}  // namespace

Listener::Listener(boost::asio::io_context& context, const config::Endpoint& endpoint)
    : acceptor_(context), retry_(context) {
  try {
    const tcp::endpoint address = Resolve(context, endpoint);
    acceptor_.open(address.protocol());
    acceptor_.set_option(tcp::acceptor::reuse_address(true));
    if (address.address().is_v6()) acceptor_.set_option(boost::asio::ip::v6_only(true));
    acceptor_.bind(address);
    acceptor_.listen(kBacklog);
  } catch (const boost::system::system_error& failure) {
    throw std::runtime_error("cannot listen on " + endpoint.host + ":" + std::to_string(endpoint.port) +
                             ": " + failure.code().message());
  }
}

void Listener::Start(const Shared& shared) {
  shared_.emplace(shared);
  AcceptNext();
}

void Listener::Close() {
  boost::system::error_code ignored;
  acceptor_.close(ignored);
  retry_.cancel();
}

void Listener::AcceptNext() {
  IoLoop& loop = *shared_->loops[turn_++ % shared_->loops.size()];
  acceptor_.async_accept(loop.context(), [this, &loop](boost::system::error_code error, tcp::socket socket) {
    if (!acceptor_.is_open()) return;
    if (!error) {
      Deal(std::move(socket), loop);
      AcceptNext();
      return;
    }
    // Out of descriptors, most likely: connections wait in the backlog until some are free again.
    retry_.expires_after(kRetryAccept);
    retry_.async_wait([this](boost::system::error_code stopped) {
      if (!stopped) AcceptNext();
    });
  });
}

void Listener::Deal(tcp::socket socket, IoLoop& loop) {
  if (shared_->connections.open() >= shared_->max_connections) {
    static const std::string kRefusal = TooManyConnections();
    ::send(socket.native_handle(), kRefusal.data(), kRefusal.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    return;
  }
  auto handed = std::make_shared<tcp::socket>(std::move(socket));  // std::function wants copyable captures
  loop.Post([shared = *shared_, handed, &loop] {
    std::make_shared<Session>(std::move(*handed), loop, shared.handler, shared.tls, shared.timeouts,
                              shared.connections)
        ->Start();
  });
}

}  // namespace cumulite::net
