#pragma once
#include <memory>
#include <optional>

#include "runtime/cancel.h"
#include "runtime/loop.h"
#include "services/elb/proxy/target_state.h"

namespace cumulite::elb::proxy {

/// A request in flight to a target: counts for it, and ends when the client leaves or the target's
/// deregistration delay is over. Thread: its loop's.
class Transaction : public std::enable_shared_from_this<Transaction> {
 public:
  /// `client` may be null; else it outlives this.
  static std::shared_ptr<Transaction> Begin(std::shared_ptr<TargetState> target, runtime::Cancel* client);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  TargetState& target() { return *target_; }
  runtime::Cancel& cancel() { return cancel_; }
  /// It was the end of the deregistration delay.
  bool evicted() const { return evicted_; }
  /// Thread: any.
  void Evict();

 private:
  explicit Transaction(std::shared_ptr<TargetState> target) : target_(std::move(target)) {}

  const std::shared_ptr<TargetState> target_;
  runtime::Loop& loop_ = runtime::Loop::Current();
  runtime::Cancel cancel_;
  std::optional<runtime::Cancel::Registration> client_left_;
  TargetState::InFlight::iterator position_;
  bool evicted_ = false;
};

}  // namespace cumulite::elb::proxy
