#pragma once
#include <atomic>
#include <memory>
#include <unordered_map>

#include "net/http_client.h"
#include "runtime/loop.h"
#include "runtime/signal.h"
#include "runtime/task.h"
#include "services/elb/proxy/proxy.h"
#include "services/elb/proxy/routing_table.h"

namespace cumulite::elb::proxy {

/// Checks the targets of all groups in use, each at its interval on the virtual clock, and ends what is still
/// in flight to those whose deregistration delay is over.
///
/// Thread: its home loop, unless said otherwise.
class HealthChecker : public std::enable_shared_from_this<HealthChecker> {
 public:
  /// `tools` outlive the loop's last work.
  HealthChecker(ProxyTools& tools, runtime::Loop& home);

  /// From now on these: a target that is new is checked at once, one that is gone no more.
  void Follow(std::shared_ptr<const RoutingTable> table);
  void Stop();

  /// Waits until every check that is due has ended; true if there was one. Thread: any loop.
  runtime::Task<bool> Settle();

 private:
  /// One target's place in the calendar.
  struct Entry {
    std::shared_ptr<const GroupAtWork> group;
    std::shared_ptr<TargetState> target;
    base::TimePoint due;
    bool checking = false;
    bool evicts = false;  // nothing to check: at `due` the deregistration delay is over
  };
  using Entries = std::unordered_map<const TargetState*, std::shared_ptr<Entry>>;

  void FireDue();
  void ArmNext();
  void Enter(Entries& next, const std::shared_ptr<const GroupAtWork>& group, std::size_t target);
  static runtime::Task<void> Check(std::shared_ptr<HealthChecker> self, std::shared_ptr<Entry> entry);
  void Conclude(Entry& entry, const CheckResult& result);

  ProxyTools& tools_;
  runtime::Loop& home_;
  runtime::Loop::Timer timer_;
  Entries entries_;
  bool stopped_ = false;
  std::atomic<int> under_way_{0};
  std::atomic<base::TimePoint::rep> next_due_ms_{base::TimePoint::max().time_since_epoch().count()};
  runtime::Signal progressed_;
};

}  // namespace cumulite::elb::proxy
