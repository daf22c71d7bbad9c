#pragma once
#include <atomic>
#include <map>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "runtime/alarm.h"
#include "runtime/signal.h"
#include "runtime/task.h"
#include "services/elb/proxy/request_log.h"
#include "services/object_delivery.h"

namespace cumulite::elb {

/// One file of a log, before it is packed.
struct LogFile {
  std::string account;
  std::string region;
  std::string load_balancer;  // "app.my-lb.50dc6c495c0c9188"
  proxy::LogDestination destination;
  proxy::RequestLog::Kind kind = proxy::RequestLog::Kind::kAccess;
  std::string lines;
};

/// Where a file goes: "prefix/AWSLogs/ACCOUNT/elasticloadbalancing/REGION/2026/01/02/...log.gz".
std::string LogKey(const LogFile& file, base::TimePoint end, std::string_view random);

/// Gathers the lines of load balancers' logs and puts them into buckets every five minutes of the virtual
/// clock. As with AWS it does its best: lines that no file has yet are lost when the server ends.
/// Thread: any I/O thread.
class LogDelivery final : public proxy::RequestLog {
 public:
  /// Both outlive it.
  LogDelivery(services::ObjectDelivery& objects, const base::Clock& clock);

  void Add(const proxy::LoadBalancer& load_balancer, Kind kind, std::string line) override;
  /// Delivers what is due by now, and waits for what is being delivered; true if there was anything.
  runtime::Task<bool> DeliverDue();

 private:
  static constexpr std::chrono::minutes kInterval{5};
  /// Of a file; what comes while nothing takes it is dropped.
  static constexpr std::size_t kMaxBytes = 64U << 20U;

  using Files = std::map<std::pair<std::string, Kind>, LogFile>;  // by the load balancer's ARN

  /// What is due, as taken from files_.
  Files TakeDue(base::TimePoint& end);
  runtime::Task<bool> WaitForOthers();
  runtime::Task<void> Deliver(LogFile file, base::TimePoint end);

  services::ObjectDelivery& objects_;
  const base::Clock& clock_;
  std::mutex mutex_;
  Files files_;
  base::TimePoint due_{};
  std::atomic<int> under_way_{0};
  runtime::Signal ended_;
  runtime::Alarm alarm_;
};

}  // namespace cumulite::elb
