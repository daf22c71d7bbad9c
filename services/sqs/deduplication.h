#pragma once
#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "services/sqs/message.h"

namespace cumulite::sqs {

/// The sends of a FIFO queue in the last five minutes, by their deduplication id.
///
/// Source: SQS Developer Guide "Exactly-once processing in Amazon SQS"; a deletion does not end the window.
class Deduplication {
 public:
  static constexpr std::chrono::minutes kWindow{5};

  /// The first send under that id.
  struct Entry {
    MessageKey key;
    MessageId id;
    TimePoint sent_at;
  };

  /// The send that a new one under `scoped_id` repeats, if it is still in the window.
  std::optional<Entry> Find(std::string_view scoped_id, TimePoint now);
  /// Remembers a send; `entry.sent_at` grows from call to call.
  void Add(std::string scoped_id, const Entry& entry);
  void Clear();

  std::size_t size() const { return entries_.size(); }

 private:
  struct Expiry {
    TimePoint sent_at;
    MessageKey key;
    std::string scoped_id;
  };
  void Expire(TimePoint now);

  std::unordered_map<std::string, Entry> entries_;
  std::deque<Expiry> by_time_;
};

}  // namespace cumulite::sqs
