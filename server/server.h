#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "base/clock.h"
#include "config/settings.h"

namespace cumulite::server {

/// The whole server: settings in, a listening port out. main runs one; wire tests run one each.
///
/// Thread: one owner.
class Server {
 public:
  /// Binds, opens the data directory and its databases, and serves. `clock` outlives the server.
  /// Errors: std::runtime_error (and what derives from it) that says what cannot be used.
  Server(const config::Settings& settings, base::Clock& clock);
  /// Stops as Stop does.
  ~Server();

  /// Accepts no more, finishes what is in flight (shutdown_grace at most), closes cleanly.
  void Stop();

  /// One for each address of settings.listen, in order.
  std::vector<std::uint16_t> ports() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace cumulite::server
