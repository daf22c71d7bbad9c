#pragma once
#include <list>
#include <memory>
#include <string>

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

  // Watched
  Deadline deadline() const override;
  bool Expired(Deadline now) override;
  void Abort() override { idle_.clear(); }

 private:
  IoLoop& loop_;
  const HttpClientLimits limits_;
  std::list<std::unique_ptr<ClientConnection>> idle_;  // least recently used first
  std::list<Watched*>::iterator position_;
};

}  // namespace cumulite::net
