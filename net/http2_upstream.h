#pragma once
#include <list>
#include <memory>
#include <string>
#include <vector>

#include "net/connection_pool.h"
#include "net/http2_connection.h"
#include "net/watched.h"

namespace cumulite::net {

/// A connection of ours that speaks HTTP/2, shared by the calls that go to its origin; closed when none has
/// needed it for a while. Thread: its loop's.
class Http2Upstream final : public Http2Connection, public Watched {
 public:
  static std::shared_ptr<Http2Upstream> Start(IoLoop& loop, std::unique_ptr<ClientConnection> connection,
                                              std::chrono::seconds idle_timeout);
  Http2Upstream(IoLoop& loop, std::unique_ptr<ClientConnection> connection,
                std::chrono::seconds idle_timeout);
  ~Http2Upstream() override;

  bool Serves(const std::string& origin, const ClientTls* tls) const;
  /// It takes another request.
  bool usable();
  /// Some call has used it before.
  bool used() const { return used_; }
  /// Null when it cannot be sent.
  std::shared_ptr<Http2Stream> Request(Http2Lines& head, bool with_body);

  // Watched
  Deadline deadline() const override { return idle_until_; }
  bool Expired(Deadline now) override;
  void Abort() override { BreakOff(); }

 private:
  static runtime::Task<void> Run(std::shared_ptr<Http2Upstream> self);
  void OnFirstStream() override { idle_until_ = Deadline::max(); }
  void OnLastStream() override;

  IoLoop& loop_;
  const std::unique_ptr<ClientConnection> connection_;
  const std::chrono::seconds idle_timeout_;
  std::list<Watched*>::iterator position_;
  Deadline idle_until_ = Deadline::max();
  bool used_ = false;
};

/// Those of one loop. Thread: the loop's.
class Http2Pool {
 public:
  std::shared_ptr<Http2Upstream> Find(const std::string& origin, const ClientTls* tls);
  void Keep(std::shared_ptr<Http2Upstream> upstream) { all_.push_back(std::move(upstream)); }

 private:
  std::vector<std::weak_ptr<Http2Upstream>> all_;  // a connection keeps itself until it is over
};

}  // namespace cumulite::net
