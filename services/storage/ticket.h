#pragma once
#include <atomic>
#include <coroutine>
#include <cstdint>
#include <exception>
#include <utility>

#include "runtime/loop.h"

namespace cumulite::storage {
class Completions;
class GroupCommit;
class JobList;
class Writer;

/// When a write must reach the database.
enum class Urgency : unsigned char {
  kAwaited,  // now: somebody waits for it
  kLazy,     // with the next awaited write, or a few milliseconds from now
};

/// What a write does to a disk that is full.
enum class Room : unsigned char {
  kTakes,  // it is refused once it would make the database larger
  kMakes,  // it deletes, or is needed to: it may use what was set aside
};

namespace detail {

/// A write from its queueing to its completion: the closure, its result and who waits, in one allocation.
class Job {
 public:
  Job(const Job&) = delete;
  Job& operator=(const Job&) = delete;

  void AddReference() { references_.fetch_add(1, std::memory_order_relaxed); }
  void Release() {
    if (references_.fetch_sub(1, std::memory_order_acq_rel) == 1) delete this;
  }

  bool done() const { return state_.load(std::memory_order_acquire) == State::kDone; }
  /// Rethrows what made a done() job fail.
  void Rethrow() const {
    if (error_) std::rethrow_exception(error_);
  }
  /// Arranges that the writer resumes `waiter` on `loop`; false if the job is done already.
  bool ResumeWhenDone(std::coroutine_handle<> waiter, runtime::Loop& loop);

 protected:
  Job() = default;
  virtual ~Job() = default;

 private:
  friend class storage::JobList;
  friend class storage::GroupCommit;
  friend class storage::Completions;
  friend class storage::Writer;
  enum class State : unsigned char { kPending, kAwaited, kDone };

  virtual void Run() = 0;
  /// Publishes the outcome; true if a coroutine waits for it.
  bool Complete();

  std::atomic<std::uint32_t> references_{2};  // the ticket's and the queue's
  std::atomic<State> state_{State::kPending};
  Room room_ = Room::kTakes;
  Job* next_ = nullptr;
  runtime::Loop* loop_ = nullptr;
  std::coroutine_handle<> waiter_;
  std::exception_ptr error_;
};

}  // namespace detail

/// A write that was handed to a Writer. An empty one counts as committed.
class Ticket {
 public:
  Ticket() = default;
  /// Takes over one reference.
  explicit Ticket(detail::Job* job) : job_(job) {}
  Ticket(const Ticket& other) : job_(other.job_) {
    if (job_ != nullptr) job_->AddReference();
  }
  Ticket(Ticket&& other) noexcept : job_(std::exchange(other.job_, nullptr)) {}
  Ticket& operator=(Ticket other) noexcept {
    std::swap(job_, other.job_);
    return *this;
  }
  ~Ticket() {
    if (job_ != nullptr) job_->Release();
  }

  /// True once the write has committed or failed.
  bool done() const { return job_ == nullptr || job_->done(); }
  /// Rethrows what made a done() write fail.
  void Rethrow() const {
    if (job_ != nullptr) job_->Rethrow();
  }

 private:
  friend class CommitAwaiter;
  detail::Job* job_ = nullptr;
};

/// What co_await Writer::Committed(ticket) waits on. One coroutine at a time may wait for a ticket.
class [[nodiscard]] CommitAwaiter {
 public:
  explicit CommitAwaiter(const Ticket& ticket) : ticket_(ticket) {}
  bool await_ready() const noexcept { return ticket_.done(); }
  bool await_suspend(std::coroutine_handle<> waiter) {
    return ticket_.job_->ResumeWhenDone(waiter, runtime::Loop::Current());
  }
  void await_resume() const { ticket_.Rethrow(); }

 private:
  Ticket ticket_;
};

}  // namespace cumulite::storage
