#include "services/elb/proxy/target_health.h"

#include <algorithm>
#include <charconv>

namespace cumulite::elb::proxy {
using Kind = CheckResult::Kind;

bool TargetHealthMachine::Record(const CheckResult& result, const HealthCheck& settings) {
  const State before = state_;
  checking_ = true;
  if (result.kind == Kind::kPassed) {
    failed_ = 0;
    ++passed_;
    const int needed = state_ == State::kInitial ? 1 : settings.healthy_threshold;
    if (passed_ >= needed) state_ = State::kHealthy;
  } else {
    passed_ = 0;
    ++failed_;
    last_failure_ = result;
    if (failed_ >= settings.unhealthy_threshold) state_ = State::kUnhealthy;
  }
  return state_ != before;
}

std::string_view TargetHealthMachine::reason() const {
  if (state_ == State::kHealthy) return {};
  if (state_ == State::kInitial) {
    return checking_ ? "Elb.InitialHealthChecking" : "Elb.RegistrationInProgress";
  }
  switch (last_failure_.kind) {
    case Kind::kMismatch:
      return "Target.ResponseCodeMismatch";
    case Kind::kTimedOut:
      return "Target.Timeout";
    case Kind::kInternalError:
      return "Elb.InternalError";
    case Kind::kFailed:
    case Kind::kPassed:
      break;
  }
  return "Target.FailedHealthChecks";
}

std::string TargetHealthMachine::description() const {
  if (state_ == State::kHealthy) return {};
  if (state_ == State::kInitial) {
    return checking_ ? "Initial health checks in progress" : "Target registration is in progress";
  }
  switch (last_failure_.kind) {
    case Kind::kMismatch:
      return "Health checks failed with these codes: [" + std::to_string(last_failure_.code) + "]";
    case Kind::kTimedOut:
      return "Request timed out";
    case Kind::kInternalError:
      return "Health checks failed due to an internal error";
    case Kind::kFailed:
    case Kind::kPassed:
      break;
  }
  return "Health checks failed";
}

CodeMatcher::CodeMatcher(std::string_view text) {
  while (!text.empty()) {
    const std::string_view item = text.substr(0, text.find(','));
    text.remove_prefix(std::min(item.size() + 1, text.size()));
    const std::size_t dash = item.find('-');
    const auto number = [](std::string_view digits) {
      int value = -1;
      std::from_chars(digits.data(), digits.data() + digits.size(), value);
      return value;
    };
    const int first = number(item.substr(0, dash));
    ranges_.push_back({first, dash == std::string_view::npos ? first : number(item.substr(dash + 1))});
  }
}

bool CodeMatcher::Matches(int code) const {
  return std::ranges::any_of(ranges_,
                             [code](Range range) { return range.first <= code && code <= range.last; });
}

}  // namespace cumulite::elb::proxy
