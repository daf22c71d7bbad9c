#include "net/connection_pool.h"

#include <sys/socket.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "net/io_loop.h"

namespace cumulite::net {
namespace {
/// Of buffers that wait for the next call: getting new ones costs more than all that is done with them.
constexpr std::size_t kMaxSpareBytes = 2 << 20;
}  // namespace

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
  const auto found = idle_.find(origin);
  if (found == idle_.end()) return nullptr;
  Idle& idle = found->second;
  std::unique_ptr<ClientConnection> taken;
  for (std::size_t i = idle.size(); i-- > 0 && !taken;) {
    if (idle[i]->tls.get() != tls) continue;
    taken = std::move(idle[i]);
    idle.erase(idle.begin() + static_cast<std::ptrdiff_t>(i));
    --size_;
    if (!taken->Alive()) taken.reset();
  }
  if (taken && !buffers_.empty()) {
    taken->in = std::move(buffers_.back());
    buffers_.pop_back();
    spare_bytes_ -= taken->in.space_size();
  }
  if (idle.empty()) idle_.erase(found);
  return taken;
}

void ConnectionPool::Keep(std::unique_ptr<ClientConnection> connection) {
  if (loop_.stopping() || limits_.idle_connections == 0 || limits_.idle_per_origin == 0) return;
  // An idle connection is a socket and little else.
  ReadBuffer spare = std::exchange(connection->in, ReadBuffer{});
  spare.Reserve(0);  // it is empty: all of it is space
  if (spare_bytes_ + spare.space_size() <= kMaxSpareBytes) {
    spare_bytes_ += spare.space_size();
    buffers_.push_back(std::move(spare));
  }
  connection->used = true;
  connection->idle_until = Connection::In(limits_.idle_timeout);
  if (size_ >= limits_.idle_connections) DropOldest();
  loop_.Expect(connection->idle_until);
  Idle& idle = idle_[connection->origin];
  if (idle.size() >= limits_.idle_per_origin) {
    idle.erase(idle.begin());
    --size_;
  }
  idle.push_back(std::move(connection));
  ++size_;
}

void ConnectionPool::DropOldest() {
  const auto oldest =
      std::ranges::min_element(idle_, {}, [](const auto& entry) { return entry.second.front()->idle_until; });
  if (oldest == idle_.end()) return;
  oldest->second.erase(oldest->second.begin());
  --size_;
  if (oldest->second.empty()) idle_.erase(oldest);
}

Watched::Deadline ConnectionPool::deadline() const {
  Deadline first = Deadline::max();
  for (const auto& [origin, idle] : idle_) first = std::min(first, idle.front()->idle_until);
  return first;
}

bool ConnectionPool::Expired(Deadline now) {
  for (auto it = idle_.begin(); it != idle_.end();) {
    Idle& idle = it->second;
    size_ -= std::erase_if(idle, [now](const auto& connection) { return connection->idle_until <= now; });
    it = idle.empty() ? idle_.erase(it) : std::next(it);
  }
  if (idle_.empty()) {
    buffers_.clear();
    spare_bytes_ = 0;
  }
  return false;
}

}  // namespace cumulite::net
