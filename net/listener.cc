#include "net/listener.h"

#include <sys/socket.h>

#include <boost/asio/ip/v6_only.hpp>
#include <stdexcept>

#include "base/log.h"
#include "net/session.h"

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

Listener::Listener(Loops loops, const config::Endpoint& endpoint)
    : loops_(loops), home_(*loops.front()), acceptor_(home_.context()), retry_(home_.context()) {
  try {
    const tcp::endpoint address = Resolve(home_.context(), endpoint);
    acceptor_.open(address.protocol());
    acceptor_.set_option(tcp::acceptor::reuse_address(true));
    if (address.address().is_v6()) acceptor_.set_option(boost::asio::ip::v6_only(true));
    acceptor_.bind(address);
    acceptor_.listen(kBacklog);
    local_endpoint_ = acceptor_.local_endpoint();
  } catch (const boost::system::system_error& failure) {
    throw std::runtime_error("cannot listen on " + endpoint.host + ":" + std::to_string(endpoint.port) +
                             ": " + failure.code().message());
  }
}

std::shared_ptr<Listener> Listener::Bind(Loops loops, const config::Endpoint& endpoint) {
  return std::shared_ptr<Listener>(new Listener(loops, endpoint));
}

void Listener::Start(std::shared_ptr<const Front> front) {
  home_.Post([self = shared_from_this(), front = std::move(front)] {
    self->front_ = front;
    self->AcceptNext();
  });
}

void Listener::Close() {
  if (runtime::Loop::CurrentOrNull() == &home_) return CloseHere();
  home_.Post([self = shared_from_this()] { self->CloseHere(); });
}

void Listener::CloseHere() {
  boost::system::error_code ignored;
  acceptor_.close(ignored);
  retry_.cancel();
  for (const std::unique_ptr<IoLoop>& loop : loops_) {
    loop->Post([&loop = *loop, front = front_] {
      loop.ForEachWatched([&front](Watched& watched) {
        auto* const session = dynamic_cast<Session*>(&watched);
        if (session != nullptr && &session->front() == front.get()) session->Finish();
      });
    });
  }
}

void Listener::AcceptNext() {
  if (!acceptor_.is_open()) return;
  IoLoop& loop = *loops_[turn_++ % loops_.size()];
  auto accepted = [self = shared_from_this(), &loop](boost::system::error_code error, tcp::socket socket) {
    if (!self->acceptor_.is_open()) return;
    if (!error) {
      try {
        self->Deal(std::move(socket), loop);
      } catch (const std::exception& failure) {  // no memory for this one; the next may find some
        base::Logger("net")->error("connection dropped cause={}", failure.what());
      }
      self->AcceptNext();
      return;
    }
    // Out of descriptors, most likely: connections wait in the backlog until some are free again.
    self->retry_.expires_after(kRetryAccept);
    self->retry_.async_wait([self](boost::system::error_code stopped) {
      if (!stopped) self->AcceptNext();
    });
  };
  acceptor_.async_accept(loop.context(), std::move(accepted));
}

void Listener::Deal(tcp::socket socket, IoLoop& loop) {
  if (front_->connections->open() >= front_->max_connections) {
    static const std::string kRefusal = TooManyConnections();
    ::send(socket.native_handle(), kRefusal.data(), kRefusal.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    return;
  }
  auto handed = std::make_shared<tcp::socket>(std::move(socket));  // std::function wants copyable captures
  loop.Post([front = front_, handed, &loop] {
    std::make_shared<Session>(std::move(*handed), loop, front)->Start();
  });
}

}  // namespace cumulite::net
