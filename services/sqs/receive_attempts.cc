#include "services/sqs/receive_attempts.h"

#include <utility>

namespace cumulite::sqs {

ReceiveAttempts::Attempt* ReceiveAttempts::Find(std::string_view id, TimePoint now) {
  while (!by_time_.empty() && by_time_.front().at <= now) {
    attempts_.erase(by_time_.front().id);
    by_time_.pop_front();
  }
  const auto found = attempts_.find(std::string(id));
  return found == attempts_.end() ? nullptr : &found->second;
}

void ReceiveAttempts::Remember(std::string_view id, Attempt attempt, TimePoint now) {
  // An id that is used again for other messages keeps its first window.
  if (attempts_.insert_or_assign(std::string(id), std::move(attempt)).second) {
    by_time_.push_back({now + kWindow, std::string(id)});
  }
}

void ReceiveAttempts::Clear() {
  attempts_.clear();
  by_time_.clear();
}

}  // namespace cumulite::sqs
