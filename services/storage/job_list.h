#pragma once
#include <cstddef>
#include <utility>

#include "services/storage/ticket.h"

namespace cumulite::storage {

/// A queue of jobs linked through themselves; holds one reference to each.
///
/// Internal to services/storage.
class JobList {
 public:
  JobList() = default;
  JobList(const JobList&) = delete;
  JobList& operator=(const JobList&) = delete;

  bool empty() const { return first_ == nullptr; }
  std::size_t size() const { return size_; }

  void Push(detail::Job* job) {
    (first_ == nullptr ? first_ : last_->next_) = job;
    last_ = job;
    ++size_;
  }

  /// Null when empty; the caller takes over the reference.
  detail::Job* Pop() {
    detail::Job* const job = first_;
    if (job != nullptr) {
      first_ = std::exchange(job->next_, nullptr);
      --size_;
    }
    return job;
  }

  /// Takes over the other's jobs, behind its own.
  void Append(JobList& other) {
    if (other.empty()) return;
    (first_ == nullptr ? first_ : last_->next_) = std::exchange(other.first_, nullptr);
    last_ = other.last_;
    size_ += std::exchange(other.size_, 0);
  }

  template <class F>
  void ForEach(F visit) const {
    for (detail::Job* job = first_; job != nullptr; job = job->next_) visit(*job);
  }

 private:
  detail::Job* first_ = nullptr;
  detail::Job* last_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace cumulite::storage
