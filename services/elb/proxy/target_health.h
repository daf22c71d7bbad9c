#pragma once
#include <string>
#include <string_view>

#include "services/elb/proxy/snapshot.h"

namespace cumulite::elb::proxy {

/// What a health check found.
struct CheckResult {
  enum class Kind { kPassed, kMismatch, kTimedOut, kFailed, kInternalError };
  Kind kind = Kind::kFailed;
  int code = 0;  // kMismatch: the status, or gRPC's
};

/// One target's health by its checks: pure, told what happened. Thread: its owner's.
///
/// initial becomes healthy with the first check passed, unhealthy after as many failures in a row as the
/// threshold says; from then on each change takes its threshold.
/// Source: User Guide "Health checks for Application Load Balancer target groups".
class TargetHealthMachine {
 public:
  enum class State { kInitial, kHealthy, kUnhealthy };

  /// The first check goes out: registration is over.
  void CheckBegins() { checking_ = true; }
  /// True when the state changed.
  bool Record(const CheckResult& result, const HealthCheck& settings);

  State state() const { return state_; }
  std::string_view reason() const;
  std::string description() const;

 private:
  State state_ = State::kInitial;
  bool checking_ = false;
  int passed_ = 0;  // in a row
  int failed_ = 0;
  CheckResult last_failure_;
};

/// A matcher's codes: "200", "200,202", "200-299,404".
class CodeMatcher {
 public:
  explicit CodeMatcher(std::string_view text);
  bool Matches(int code) const;

 private:
  struct Range {
    int first;
    int last;
  };
  std::vector<Range> ranges_;
};

}  // namespace cumulite::elb::proxy
