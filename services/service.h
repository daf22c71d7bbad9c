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

/// One AWS service as the server sees it. `server/` owns one of each and routes requests to it.
class Service {
 public:
  virtual ~Service() = default;

  /// "sqs": the name in health, metrics, settings and the SigV4 credential scope.
  virtual std::string_view name() const = 0;

  /// Answers one request. Renders every AwsError itself, in the shape of its protocol; anything else that it
  /// throws becomes a 500 in `server/`. Thread: the I/O thread of the connection.
  virtual runtime::Task<void> Handle(protocol::Exchange& exchange) = 0;

  /// Writes `error` into exchange.response in the shape of the protocol that the request speaks. The server
  /// calls it for what it refuses before Handle (authentication, limits); must not throw.
  virtual void RenderError(const protocol::AwsError& error, protocol::Exchange& exchange) = 0;

  /// Drops the state of one account, or all of it. Thread: an I/O thread.
  virtual runtime::Task<void> Reset(std::optional<std::string> account) = 0;

  /// Answers GET /_cumulite/<name>/<resource> (and /_aws/<name>/<resource>): looking without touching.
  /// False when there is no such resource. Thread: an I/O thread.
  virtual runtime::Task<bool> Inspect([[maybe_unused]] std::string_view resource,
                                      [[maybe_unused]] protocol::Exchange& exchange) {
    co_return false;
  }

  /// Whether calls without a signature reach Handle in strict mode too, because the service's own policies
  /// decide about them (S3's always do).
  virtual bool judges_anonymous_calls() const { return false; }

  /// Nothing when the service keeps nothing. Thread: any.
  virtual std::optional<StoreStats> store_stats() const { return std::nullopt; }

  /// Ends background work; called on an I/O thread after the last request, before the writers stop.
  virtual void Stop() {}
};

}  // namespace cumulite::services
