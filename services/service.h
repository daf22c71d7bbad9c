#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "protocol/error.h"
#include "protocol/exchange.h"
#include "runtime/task.h"
#include "services/storage/writer.h"

namespace cumulite::services {

/// What /_cumulite/metrics shows of a service's database.
struct StoreStats {
  storage::WriterCounters writer;
  std::uint64_t database_bytes = 0;
};

/// What a reset takes: what belongs to the account and region, absent: to any.
struct ResetScope {
  std::optional<std::string> account;
  std::optional<std::string> region;

  bool Takes(std::string_view of_account, std::string_view of_region) const {
    return (!account || *account == of_account) && (!region || *region == of_region);
  }
};

/// One AWS service as the server sees it: opened on a worker when it is first called, from a row of
/// server/service_table.cc, or at start if its storage::WorkMarker is raised.
class Service {
 public:
  virtual ~Service() = default;

  /// "sqs": the name in health, metrics, settings and the SigV4 credential scope.
  virtual std::string_view name() const = 0;

  /// Begins what runs by itself (timers of the virtual clock, tasks, listeners); once, after the opening and
  /// before the first request. What it throws fails the opening. Thread: a loop.
  virtual void Start() {}

  /// After the clock was moved: waits until everything of the service's own that fell due by clock.Now() is
  /// done and durable, so that POST /_cumulite/clock answers when the world is as it would be at that time.
  /// The loops have fired their timers. True if there was anything to wait for: every service is then asked
  /// once more, for one may have given another work. Thread: a loop.
  virtual runtime::Task<bool> Settle() { co_return false; }

  /// Answers one request, whose exchange.route is set. Renders every AwsError itself, in the shape of its
  /// protocol; anything else that it throws becomes a 500 in `server/`. Thread: the I/O thread of the
  /// connection.
  virtual runtime::Task<void> Handle(protocol::Exchange& exchange) = 0;

  /// Answers a request to a host of the service's own, such as a load balancer's, which is no call of an API:
  /// nobody has read more of it than its Host. See ServiceDescriptor::web_host. Thread: as Handle.
  virtual runtime::Task<void> ServeHost(protocol::Exchange& exchange) { return Handle(exchange); }

  /// Drops the state that is in `scope`, as one change: a request sees all of it or nothing. New requests
  /// wait meanwhile, those in flight go on. Thread: an I/O thread.
  virtual runtime::Task<void> Reset(ResetScope scope) = 0;

  /// Answers GET /_cumulite/<name>/<resource> (and /_aws/<name>/<resource>): looking without touching.
  /// False when there is no such resource. Thread: an I/O thread.
  virtual runtime::Task<bool> Inspect([[maybe_unused]] std::string_view resource,
                                      [[maybe_unused]] protocol::Exchange& exchange) {
    co_return false;
  }

  /// Nothing when the service keeps nothing. Thread: any.
  virtual std::optional<StoreStats> store_stats() const { return std::nullopt; }

  /// More for /_cumulite/metrics, as Prometheus text. Thread: any.
  virtual void AppendMetrics([[maybe_unused]] std::string& out) const {}

  /// Ends background work; called on an I/O thread after the last request, before the writers stop.
  virtual void Stop() {}
};

}  // namespace cumulite::services
