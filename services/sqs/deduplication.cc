#include "services/sqs/deduplication.h"

#include <utility>

namespace cumulite::sqs {

std::optional<Deduplication::Entry> Deduplication::Find(std::string_view scoped_id, TimePoint now) {
  Expire(now);
  const auto found = entries_.find(std::string(scoped_id));
  if (found == entries_.end()) return std::nullopt;
  return found->second;
}

void Deduplication::Add(std::string scoped_id, const Entry& entry) {
  entries_.insert_or_assign(scoped_id, entry);
  by_time_.push_back({entry.sent_at, entry.key, std::move(scoped_id)});
}

void Deduplication::Clear() {
  entries_.clear();
  by_time_.clear();
}

void Deduplication::Expire(TimePoint now) {
  while (!by_time_.empty() && by_time_.front().sent_at + kWindow <= now) {
    const auto found = entries_.find(by_time_.front().scoped_id);
    if (found != entries_.end() && found->second.key == by_time_.front().key) entries_.erase(found);
    by_time_.pop_front();
  }
}

}  // namespace cumulite::sqs
