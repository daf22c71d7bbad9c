#pragma once
#include <chrono>
#include <deque>
#include <mutex>
#include <unordered_map>
#include <utility>
#include <vector>

#include "services/sqs/message.h"

namespace cumulite::sqs {

/// A receive or a changed visibility, on its way into the journal.
struct VisibilityRow {
  MessageKey key;
  TimePoint visible_at;
  TimePoint first_received_at;
  std::uint32_t receive_count;
};

/// Visibility changes on their way to the database: the newest of each message, held back for a moment.
///
/// A consumer that deletes what it receives within that moment costs no visibility write at all. What is in
/// here is lost by a kill, which redelivers. Thread: any.
class PendingVisibility {
 public:
  using SteadyTime = std::chrono::steady_clock::time_point;

  /// `never_written`: the database has no visibility row of that message.
  void Put(const VisibilityRow& row, SteadyTime now, bool never_written);
  /// The message goes away. True when nothing of it can be in the database's visibility rows.
  bool Remove(MessageKey key);
  /// All messages of that range go away; else a write after the sweep would leave rows that nobody misses.
  void Remove(MessageKey first, MessageKey end);

  /// Takes what was put no later than `until`, by growing key.
  std::vector<VisibilityRow> TakeUntil(SteadyTime until);
  std::vector<VisibilityRow> TakeAll() { return TakeUntil(SteadyTime::max()); }
  /// Takes these, as far as they are still here.
  std::vector<VisibilityRow> Take(const std::vector<MessageKey>& keys);
  bool empty() const;

 private:
  struct Entry {
    VisibilityRow row;
    SteadyTime since;
    bool never_written;
  };

  mutable std::mutex mutex_;
  std::unordered_map<MessageKey, Entry> entries_;
  std::deque<std::pair<SteadyTime, MessageKey>> order_;  // may name entries that have left or come anew
};

}  // namespace cumulite::sqs
