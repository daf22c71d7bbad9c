#include "net/connection_pool.h"

#include <sys/socket.h>

#include <algorithm>
#include <iterator>

#include "net/io_loop.h"

namespace cumulite::net {

ClientConnection::ClientConnection(IoLoop& loop, std::string to, std::shared_ptr<const ClientTls> with)
    : origin(std::move(to)), tls(std::move(with)), stream(boost::asio::ip::tcp::socket(loop.context())) {}

bool ClientConnection::Alive() {
  char byte = 0;
  const ssize_t n = ::recv(stream.socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
}

ConnectionPool::ConnectionPool(IoLoop& loop, const HttpClientLimits& limits)
    : loop_(loop), limits_(limits), position_(loop.Add(*this)) {}

ConnectionPool::~ConnectionPool() { loop_.Remove(position_); }

std::unique_ptr<ClientConnection> ConnectionPool::Take(const std::string& origin, const ClientTls* tls) {
  for (auto it = idle_.end(); it != idle_.begin();) {
    --it;
    if ((*it)->origin != origin || (*it)->tls.get() != tls) continue;
    std::unique_ptr<ClientConnection> found = std::move(*it);
    it = idle_.erase(it);
    if (found->Alive()) return found;
  }
  return nullptr;
}

void ConnectionPool::Keep(std::unique_ptr<ClientConnection> connection) {
  if (loop_.stopping() || limits_.idle_connections == 0 || limits_.idle_per_origin == 0) return;
  const auto same_origin = [&connection](const std::unique_ptr<ClientConnection>& other) {
    return other->origin == connection->origin && other->tls == connection->tls;
  };
  if (std::ranges::count_if(idle_, same_origin) >= static_cast<std::ptrdiff_t>(limits_.idle_per_origin)) {
    idle_.erase(std::ranges::find_if(idle_, same_origin));
  } else if (idle_.size() >= limits_.idle_connections) {
    idle_.pop_front();
  }
  connection->in = ReadBuffer{};  // an idle connection is a socket and little else
  connection->used = true;
  connection->idle_until = Connection::In(limits_.idle_timeout);
  idle_.push_back(std::move(connection));
  loop_.Expect(deadline());
}

Watched::Deadline ConnectionPool::deadline() const {
  return idle_.empty() ? Deadline::max() : idle_.front()->idle_until;
}

bool ConnectionPool::Expired(Deadline now) {
  while (!idle_.empty() && idle_.front()->idle_until <= now) idle_.pop_front();
  return false;
}

}  // namespace cumulite::net
