#include "services/storage/completions.h"

namespace cumulite::storage {

bool detail::Job::ResumeWhenDone(std::coroutine_handle<> waiter, runtime::Loop& loop) {
  waiter_ = waiter;
  loop_ = &loop;
  State expected = State::kPending;
  return state_.compare_exchange_strong(expected, State::kAwaited, std::memory_order_acq_rel);
}

bool detail::Job::Complete() {
  return state_.exchange(State::kDone, std::memory_order_acq_rel) == State::kAwaited;
}

void Completions::Publish(JobList& jobs) {
  while (detail::Job* const job = jobs.Pop()) {
    if (job->Complete()) {
      Append(job);
    } else {
      job->Release();
    }
  }
  for (const Waiting& waiting : waiting_) {
    waiting.loop->Post([first = waiting.first] { Resume(first); });
  }
  waiting_.clear();
}

void Completions::Append(detail::Job* job) {
  for (Waiting& waiting : waiting_) {
    if (waiting.loop != job->loop_) continue;
    waiting.last->next_ = job;
    waiting.last = job;
    return;
  }
  waiting_.push_back({job->loop_, job, job});
}

void Completions::Resume(detail::Job* first) {
  for (detail::Job* job = first; job != nullptr;) {
    detail::Job* const next = job->next_;
    job->waiter_.resume();
    job->Release();
    job = next;
  }
}

}  // namespace cumulite::storage
