#pragma once
#include <cstdint>
#include <memory>

#include "net/connection.h"
#include "net/connection_count.h"
#include "protocol/http.h"

namespace cumulite::net {

class Handler;
class Tls;

/// What the sessions of one listener have in common. Each session keeps it alive, so a listener may be closed
/// while the last of its requests is answered.
struct Front {
  enum class Transport { kPlainOrTls, kPlain, kTls };  // kPlainOrTls: the first byte tells

  std::shared_ptr<Handler> handler;         // answers HTTP
  std::shared_ptr<protocol::Takeover> raw;  // or, without HTTP, has each connection from its first byte
  Transport transport = Transport::kPlain;
  std::shared_ptr<Tls> tls;  // unless kPlain
  Timeouts timeouts;
  std::int64_t max_connections = 0;  // of all listeners that share the count
  std::shared_ptr<ConnectionCount> connections;
  std::shared_ptr<BodyBudget> budget;
};

}  // namespace cumulite::net
