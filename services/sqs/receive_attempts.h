#pragma once
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "services/sqs/receipt_handle.h"

namespace cumulite::sqs {

/// The receives of a FIFO queue that named a ReceiveRequestAttemptId, for five minutes each.
///
/// Kept in memory only: after a restart a repeated attempt is a new one.
/// Source: SQS API Reference "ReceiveMessage", ReceiveRequestAttemptId.
class ReceiveAttempts {
 public:
  static constexpr std::chrono::minutes kWindow{5};

  struct Attempt {
    std::vector<ReceiptHandle> handles;
    TimePoint visible_at;  // of every message, unless it was changed since
  };

  /// The attempt of that id, or null. Valid until the next call.
  Attempt* Find(std::string_view id, TimePoint now);
  void Remember(std::string_view id, Attempt attempt, TimePoint now);
  void Clear();

 private:
  struct Expiry {
    TimePoint at;
    std::string id;
  };

  std::unordered_map<std::string, Attempt> attempts_;
  std::deque<Expiry> by_time_;
};

}  // namespace cumulite::sqs
