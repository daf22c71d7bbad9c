#include "services/elb/log_delivery.h"

#include <exception>

#include "base/ids.h"
#include "base/log.h"
#include "base/time_text.h"
#include "protocol/inflate.h"

namespace cumulite::elb {
namespace {

/// The next end of an interval, on the clock's own fives.
base::TimePoint NextEnd(base::TimePoint now, std::chrono::minutes interval) {
  const auto since = now.time_since_epoch();
  return base::TimePoint(since - since % interval + interval);
}

}  // namespace

std::string LogKey(const LogFile& file, base::TimePoint end, std::string_view random) {
  const std::string time = base::FormatAmzDate(end);  // "20260102T030500Z"
  std::string key;
  if (!file.destination.prefix.empty()) key.append(file.destination.prefix).append("/");
  key.append("AWSLogs/").append(file.account).append("/elasticloadbalancing/").append(file.region);
  key.append("/").append(time, 0, 4).append("/").append(time, 4, 2).append("/").append(time, 6, 2);
  key.append(file.kind == proxy::RequestLog::Kind::kConnection ? "/conn_log." : "/");
  key.append(file.account).append("_elasticloadbalancing_").append(file.region).append("_");
  key.append(file.load_balancer).append("_").append(time, 0, 13).append("Z_127.0.0.1_");
  return key.append(random).append(".log.gz");
}

LogDelivery::LogDelivery(services::ObjectDelivery& objects, const base::Clock& clock)
    : objects_(objects), clock_(clock), alarm_([this] { DeliverDue().Detach(); }) {}

void LogDelivery::Add(const proxy::LoadBalancer& load_balancer, Kind kind, std::string line) {
  const auto& destination = kind == Kind::kAccess ? load_balancer.access_logs : load_balancer.connection_logs;
  if (!destination) return;
  base::TimePoint due;
  {
    const std::scoped_lock lock(mutex_);
    if (files_.empty()) due_ = NextEnd(clock_.Now(), kInterval);
    due = due_;
    LogFile& file = files_[{load_balancer.arn, kind}];
    if (file.lines.size() > kMaxBytes) return;
    file.account = load_balancer.account;
    file.region = load_balancer.region;
    file.load_balancer = "app." + load_balancer.name + "." + load_balancer.id;
    file.destination = *destination;
    file.kind = kind;
    file.lines.append(line).append("\n");
  }
  alarm_.SetAtMost(due);
}

LogDelivery::Files LogDelivery::TakeDue(base::TimePoint& end) {
  Files due;
  const std::scoped_lock lock(mutex_);
  if (files_.empty() || due_ > clock_.Now()) return due;
  due.swap(files_);
  end = due_;
  ++under_way_;
  return due;
}

runtime::Task<bool> LogDelivery::WaitForOthers() {
  static constexpr std::chrono::hours kLong{24};  // a delivery always ends and wakes those who wait
  for (bool waited = false;; waited = true) {
    runtime::Signal::Subscription waiting(ended_);
    if (under_way_ == 0) co_return waited;
    co_await waiting.Until(clock_.Now() + kLong, nullptr);
  }
}

runtime::Task<bool> LogDelivery::DeliverDue() {
  base::TimePoint end;
  Files due = TakeDue(end);
  if (due.empty()) {
    runtime::Task<bool> waiting = WaitForOthers();
    co_return co_await waiting;
  }
  try {
    for (auto& [key, file] : due) {
      runtime::Task<void> delivering = Deliver(std::move(file), end);
      co_await delivering;
    }
  } catch (const std::exception& failure) {
    base::Logger("elb")->error("logs could not be delivered cause={}", failure.what());
  }
  --under_way_;
  ended_.NotifyAll();
  co_return true;
}

runtime::Task<void> LogDelivery::Deliver(LogFile file, base::TimePoint end) {
  using Outcome = services::ObjectDelivery::Outcome;
  services::ObjectDelivery::Name name{.account = file.account,
                                      .region = file.region,
                                      .bucket = file.destination.bucket,
                                      .key = LogKey(file, end, base::RandomHex(8))};
  std::string packed = protocol::Deflate(protocol::Packing::kGzip, file.lines);
  runtime::Task<Outcome> putting = objects_.Put(std::move(name), std::move(packed), "application/x-gzip");
  if (const Outcome outcome = co_await putting; outcome != Outcome::kStored) {
    base::Logger("elb")->warn("a log could not be delivered load_balancer={} bucket={} cause={}",
                              file.load_balancer, file.destination.bucket,
                              outcome == Outcome::kNoBucket ? "no such bucket" : "refused");
  }
}

}  // namespace cumulite::elb
