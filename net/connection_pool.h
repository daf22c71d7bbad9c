#pragma once
#include <list>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "net/connection.h"
#include "net/http_client.h"
#include "net/watched.h"

namespace cumulite::net {

class IoLoop;

/// A connection of ours to somebody else. Thread: its loop's.
struct ClientConnection {
  ClientConnection(IoLoop& loop, std::string origin, std::shared_ptr<const ClientTls> tls);

  /// False when the peer has closed it, or sent what nobody asked for.
  bool Alive();

  const std::string origin;  // "https://example.com:8443"
  const std::shared_ptr<const ClientTls> tls;
  Stream stream;
  ReadBuffer in;
  bool used = false;  // it served a call before this one
  Watched::Deadline idle_until{};
};

/// The connections of one loop that no call uses. Thread: the loop's.
class ConnectionPool final : public Watched {
 public:
  ConnectionPool(IoLoop& loop, const HttpClientLimits& limits);
  ~ConnectionPool() override;

  /// The one to that origin that was used last, null when there is none that lives.
  std::unique_ptr<ClientConnection> Take(const std::string& origin, const ClientTls* tls);
  void Keep(std::unique_ptr<ClientConnection> connection);
  /// Memory to make a request in; whoever uses it is done with it before it waits.
  std::string& scratch() { return scratch_; }

  // Watched
  Deadline deadline() const override;
  bool Expired(Deadline now) override;
  void Abort() override {
    idle_.clear();
    size_ = 0;
  }

 private:
  using Idle = std::vector<std::unique_ptr<ClientConnection>>;  // least recently used first

  void DropOldest();

  IoLoop& loop_;
  const HttpClientLimits limits_;
  std::unordered_map<std::string, Idle> idle_;  // by origin, none of them empty
  std::size_t size_ = 0;
  std::vector<ReadBuffer> buffers_;  // given back by connections that have nothing to receive
  std::size_t spare_bytes_ = 0;      // of those
  std::string scratch_;
  std::list<Watched*>::iterator position_;
};

}  // namespace cumulite::net
