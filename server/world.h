#pragma once
#include <atomic>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "config/settings.h"
#include "protocol/session.h"
#include "runtime/loop.h"
#include "runtime/signal.h"
#include "runtime/task.h"
#include "runtime/worker_pool.h"
#include "server/peers.h"
#include "server/service_slot.h"
#include "services/storage/data_directory.h"

namespace cumulite::server {

/// A set of services with the data directory, the clock and the settings that they share. A server runs one;
/// nothing in it is static, so several can live in a process (docs/architecture.md, "Worlds").
///
/// Thread: one owner constructs, starts, stops and destroys it; the rest on any.
class World {
 public:
  /// Locks the data directory; opens no service. What it is given outlives the world.
  /// Errors: storage::StorageError, std::system_error.
  World(const config::Settings& settings, base::Clock& clock, const net::Listening* listening = nullptr);

  /// Opens the services that left work to do, on the first of the loops, which run from now on until Stop
  /// has returned.
  void Start(std::vector<runtime::Loop*> loops);
  /// After the last request: waits for services that are being opened, then ends their background work.
  void Stop();

  const storage::DataDirectory& data() const { return data_; }
  base::Clock& clock() const { return clock_; }
  const protocol::SessionIssuer& sessions() const { return sessions_; }
  std::span<ServiceSlot* const> slots() const { return pointers_; }
  /// By name; null if it is not part of this server.
  ServiceSlot* Find(std::string_view name) const;

  /// Drops the state that is in `scope`, of one service or of all. Thread: a loop.
  runtime::Task<void> Reset(std::optional<std::string> service, services::ResetScope scope);

  /// While a reset runs new requests wait for its end: they see all that was there or nothing.
  bool resetting() const { return resetting_.load(std::memory_order_acquire); }
  runtime::Task<void> WaitForReset();

  /// Waits until all that fell due by clock().Now() is done: the loops' timers, then what the open services
  /// made of it. Thread: a loop.
  runtime::Task<void> Settle();

 private:
  static constexpr std::size_t kWorkers = 8;  // started as they are needed; most of them wait for the disk

  /// Stops every service that is open, again if need be, and lets whoever waited for its writes go on. Gives
  /// how many jobs their writers were given.
  std::uint64_t StopOnce();
  runtime::Task<void> ResetAll(const std::optional<std::string>& service,
                               const services::ResetScope& scope) const;
  runtime::Task<void> FireTimersOfAllLoops() const;

  const config::Settings& settings_;
  base::Clock& clock_;
  storage::DataDirectory data_;
  const protocol::SessionIssuer sessions_;
  SlotPeers peers_;
  const std::unique_ptr<net::HttpClient> http_ = net::MakeHttpClient();  // for services that call out
  const std::shared_ptr<runtime::WorkerPool> workers_ = std::make_shared<runtime::WorkerPool>(kWorkers);
  const Environment environment_;
  std::deque<ServiceSlot> slots_;
  std::vector<ServiceSlot*> pointers_;
  std::vector<runtime::Loop*> loops_;
  std::atomic<bool> resetting_{false};
  runtime::Signal reset_ended_;
};

}  // namespace cumulite::server
