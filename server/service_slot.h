#pragma once
#include <atomic>
#include <memory>

#include "base/log.h"
#include "runtime/signal.h"
#include "runtime/task.h"
#include "server/service_table.h"
#include "runtime/worker_pool.h"

namespace cumulite::server {

/// A service's place in a world, empty until somebody calls the service: it then has no file, no thread and
/// no memory but this.
///
/// Thread: any.
class ServiceSlot {
 public:
  /// Both outlive the slot.
  ServiceSlot(const ServiceDescriptor& descriptor, const Environment& environment);

  const ServiceDescriptor& descriptor() const { return descriptor_; }
  std::string_view name() const { return descriptor_.name; }

  /// Null while nobody has called it.
  services::Service* opened() const { return opened_.load(std::memory_order_acquire); }

  /// Opens the service on a worker and starts it on the calling loop; once, others who ask meanwhile wait.
  /// Errors: what kept it from opening, logged; the next caller tries again. Thread: a loop.
  runtime::Task<services::Service*> Open();

  /// Whether there may be state of it, in memory or on disk.
  bool HasState() const;

  /// Makes `error` the answer, in the words of the service, without opening it.
  void RenderError(const protocol::AwsError& error, protocol::Exchange& exchange) const;

  /// From now on nobody opens it; blocks until nobody does any more. Off the loops, which must run.
  void Close();

 private:
  runtime::Task<void> OpenNow();

  const ServiceDescriptor& descriptor_;
  const Environment& environment_;
  std::unique_ptr<services::Service> service_;
  std::atomic<services::Service*> opened_{nullptr};
  std::atomic<bool> opening_{false};
  std::atomic<bool> closed_{false};
  runtime::Signal settled_;   // an opening ended, well or not
  runtime::Workers openers_;  // last: ends before what it opens
};

/// The slot's service, opened if need be; null when it could not be opened, which the slot has logged.
/// Thread: a loop.
runtime::Task<services::Service*> OpenedOrNull(ServiceSlot& slot);

}  // namespace cumulite::server
