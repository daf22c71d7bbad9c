#include "services/elb/proxy/health_checker.h"

#include <algorithm>
#include <charconv>

#include "base/log.h"
#include "protocol/trailers.h"
#include "services/elb/proxy/target_health.h"

namespace cumulite::elb::proxy {
namespace {
using Standing = TargetState::Standing;
using Kind = net::HttpError::Kind;

/// After a long jump of the clock a target is checked so often: more than any threshold asks for.
constexpr int kMostCaughtUp = 12;

net::HttpCall CallFor(const TargetGroup& group, const TargetState& target) {
  const HealthCheck& check = group.health_check;
  const std::string authority = target.address + ":" + std::to_string(check.port.value_or(target.port));
  const bool tls = check.protocol == HealthCheck::Protocol::kHttps;
  net::HttpCall call;
  call.url = (tls ? "https://" : "http://") + authority;
  call.target = check.path;
  call.headers = {{"Host", authority},
                  {"User-Agent", "ELB-HealthChecker/2.0"},
                  {"Connection", "close"},
                  {"Accept-Encoding", "gzip, compressed"}};
  call.answer = net::HttpCall::Answer::kStream;  // only its head is of interest
  call.connect_timeout = call.timeout = check.timeout;
  call.fresh_connection = true;
  call.http2 = group.version != TargetGroup::Version::kHttp1;
  if (group.version == TargetGroup::Version::kGrpc) {
    call.method = "POST";
    call.headers.push_back({"Content-Type", "application/grpc"});
    call.headers.push_back({"TE", "trailers"});
    call.body.assign(5, '\0');  // one message, of nothing
  }
  return call;
}

CheckResult ResultOf(net::HttpResult& result, const HealthCheck& check) {
  if (!result.ok()) {
    const bool late = result.error().kind == Kind::kTimeout;
    return {late ? CheckResult::Kind::kTimedOut : CheckResult::Kind::kFailed};
  }
  if (check.protocol == HealthCheck::Protocol::kTcp) return {CheckResult::Kind::kPassed};
  const int status = result.answer().status;
  if (CodeMatcher(check.matcher).Matches(status)) return {CheckResult::Kind::kPassed};
  return {CheckResult::Kind::kMismatch, status};
}

/// What grpc-status says, at the head of the answer or behind it; by it alone a target of gRPC is judged.
runtime::Task<std::optional<int>> GrpcStatusOf(net::HttpAnswer& answer) {
  std::string status(answer.Find("grpc-status").value_or(""));
  while (status.empty() && answer.stream) {
    runtime::Task<std::optional<std::string_view>> next = answer.stream->Receive();
    const std::optional<std::string_view> piece = co_await next;
    if (!piece) break;
    if (!piece->empty()) continue;
    const auto* const trailing = dynamic_cast<const protocol::Trailers*>(answer.stream.get());
    if (trailing == nullptr) break;
    for (const protocol::HeaderField& field : trailing->trailers()) {
      if (field.name == "grpc-status") status = field.value;
    }
    break;
  }
  int code = 0;
  const char* const end = status.data() + status.size();
  if (status.empty() || std::from_chars(status.data(), end, code).ptr != end) co_return std::nullopt;
  co_return code;
}

runtime::Task<CheckResult> GrpcResultOf(net::HttpResult& result, const HealthCheck& check) {
  if (!result.ok()) co_return ResultOf(result, check);
  runtime::Task<std::optional<int>> told = GrpcStatusOf(result.answer());
  const std::optional<int> status = co_await told;
  if (!status) co_return CheckResult{CheckResult::Kind::kFailed};
  if (CodeMatcher(check.matcher).Matches(*status)) co_return CheckResult{CheckResult::Kind::kPassed};
  co_return CheckResult{CheckResult::Kind::kMismatch, *status};
}

Standing StandingOf(TargetHealthMachine::State state) {
  switch (state) {
    case TargetHealthMachine::State::kHealthy:
      return Standing::kHealthy;
    case TargetHealthMachine::State::kUnhealthy:
      return Standing::kUnhealthy;
    case TargetHealthMachine::State::kInitial:
      break;
  }
  return Standing::kInitial;
}
}  // namespace

HealthChecker::HealthChecker(ProxyTools& tools, runtime::Loop& home)
    : tools_(tools), home_(home), timer_([this] { FireDue(); }) {}

void HealthChecker::Enter(Entries& next, const std::shared_ptr<const GroupAtWork>& group, std::size_t index) {
  const std::shared_ptr<TargetState>& target = group->targets[index];
  const Target& described = group->settings->targets[index];
  const bool drains = described.deregistered_at.has_value();
  const bool checked = group->settings->health_check.enabled && !described.stopped;
  if (!drains && !checked) return;
  const auto known = entries_.find(target.get());
  std::shared_ptr<Entry> entry = known == entries_.end() ? nullptr : known->second;
  if (!entry || entry->evicts != drains) {
    entry = std::make_shared<Entry>();
    entry->target = target;
    entry->evicts = drains;
    entry->due =
        drains ? *described.deregistered_at + group->settings->deregistration_delay : tools_.clock.Now();
  }
  entry->group = group;  // new settings hold from the next check on
  next.emplace(target.get(), std::move(entry));
}

void HealthChecker::Follow(std::shared_ptr<const RoutingTable> table) {
  if (stopped_) return;
  Entries next;
  for (const auto& [arn, group] : table->groups()) {
    for (std::size_t i = 0; i < group->targets.size(); ++i) Enter(next, group, i);
  }
  const base::TimePoint now = tools_.clock.Now();
  for (const auto& [target, entry] : entries_) {
    // The API forgets a target when it has drained, and may be first.
    if (entry->evicts && entry->due <= now && !next.contains(target)) entry->target->EvictAll();
  }
  entries_ = std::move(next);
  FireDue();
}

void HealthChecker::Stop() {
  stopped_ = true;
  timer_.Disarm();
  entries_.clear();
  next_due_ms_ = base::TimePoint::max().time_since_epoch().count();
  progressed_.NotifyAll();
}

void HealthChecker::FireDue() {
  if (stopped_) return;
  const base::TimePoint now = tools_.clock.Now();
  std::vector<std::shared_ptr<Entry>> due;
  for (const auto& [target, entry] : entries_) {
    if (!entry->checking && entry->due <= now) due.push_back(entry);
  }
  for (const std::shared_ptr<Entry>& entry : due) {
    if (entry->evicts) {
      entry->target->EvictAll();
      entries_.erase(entry->target.get());
      continue;
    }
    const seconds interval = entry->group->settings->health_check.interval;
    entry->due = std::max(entry->due + interval, now - kMostCaughtUp * interval);
    entry->checking = true;
    ++under_way_;
    Check(shared_from_this(), entry).Detach();
  }
  ArmNext();
}

void HealthChecker::ArmNext() {
  base::TimePoint next = base::TimePoint::max();
  for (const auto& [target, entry] : entries_) {
    if (!entry->checking) next = std::min(next, entry->due);
  }
  next_due_ms_ = next.time_since_epoch().count();
  if (next == base::TimePoint::max()) {
    timer_.Disarm();
  } else {
    timer_.Arm(home_, next);
  }
}

runtime::Task<void> HealthChecker::Check(std::shared_ptr<HealthChecker> self, std::shared_ptr<Entry> entry) {
  entry->target->WithHealth([](TargetHealthMachine& machine) { machine.CheckBegins(); });
  CheckResult result{CheckResult::Kind::kFailed};
  const std::shared_ptr<const TargetGroup> group = entry->group->settings;
  try {
    if (!entry->target->address.empty()) {
      net::HttpCall call = CallFor(*group, *entry->target);
      const bool tcp = group->health_check.protocol == HealthCheck::Protocol::kTcp;
      if (group->health_check.protocol == HealthCheck::Protocol::kHttps) call.tls = self->tools_.tls.Get();
      runtime::Task<net::HttpResult> sent =
          tcp ? self->tools_.http.Connect(std::move(call)) : self->tools_.http.Send(std::move(call));
      net::HttpResult answered = co_await sent;
      if (group->version == TargetGroup::Version::kGrpc) {
        runtime::Task<CheckResult> judged = GrpcResultOf(answered, group->health_check);
        result = co_await judged;
      } else {
        result = ResultOf(answered, group->health_check);
      }
    }
  } catch (const std::exception& failure) {
    base::Logger("elb")->error("health check failed target={} cause={}", entry->target->id, failure.what());
    result = {CheckResult::Kind::kInternalError};
  }
  self->Conclude(*entry, result);
}

void HealthChecker::Conclude(Entry& entry, const CheckResult& result) {
  entry.checking = false;
  const auto known = entries_.find(entry.target.get());
  // One that has been taken out, or begins to drain, is nobody's target any more.
  if (known != entries_.end() && known->second.get() == &entry) {
    const TargetGroup& group = *entry.group->settings;
    TargetHealthMachine::State state{};
    const bool changed = entry.target->WithHealth([&](TargetHealthMachine& machine) {
      const bool other = machine.Record(result, group.health_check);
      state = machine.state();
      return other;
    });
    if (changed && state == TargetHealthMachine::State::kHealthy) {
      BeginSlowStart(group, entry.group->targets, *entry.target, tools_.clock.Now());
    }
    if (changed) {
      entry.target->set_standing(StandingOf(state));
      base::Logger("elb")->info("target health changed group={} target={}:{} healthy={}", group.name,
                                entry.target->id, entry.target->port,
                                state == TargetHealthMachine::State::kHealthy);
    }
  }
  FireDue();  // by now it may be due again
  --under_way_;
  progressed_.NotifyAll();
}

runtime::Task<bool> HealthChecker::Settle() {
  const auto busy = [this] {
    return under_way_.load() > 0 || next_due_ms_.load() <= tools_.clock.Now().time_since_epoch().count();
  };
  bool any = false;
  for (;;) {
    runtime::Signal::Subscription progress(progressed_);
    if (!busy()) co_return any;
    any = true;
    auto waiting = progress.Until(base::TimePoint::max(), nullptr);
    co_await waiting;
  }
}

}  // namespace cumulite::elb::proxy
