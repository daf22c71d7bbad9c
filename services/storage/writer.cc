#include "services/storage/writer.h"

#include <pthread.h>
#include <sched.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "services/storage/completions.h"
#include "services/storage/database.h"
#include "services/storage/error.h"
#include "services/storage/group_commit.h"
#include "services/storage/job_list.h"

namespace cumulite::storage {

class Writer::Impl {
 public:
  Impl(Database& database, const WriterOptions& options)
      : options_(options),
        group_(database, options),
        thread_([this, name = database.file().stem().string() + "-writer"] {
          ::pthread_setname_np(::pthread_self(), name.substr(0, 15).c_str());  // what the kernel keeps of it
          Work();
        }) {}

  void Submit(detail::Job* job, Urgency urgency) {
    bool wake = false;
    {
      const std::scoped_lock lock(mutex_);
      if (stopping_) throw StorageError(StorageError::Kind::kRefused, "the database is closing");
      if (depth_.load(std::memory_order_relaxed) >= options_.max_queued) throw QueueFull();
      // A sleeping writer hears of the first lazy job, so that it sets its alarm, and of the first urgent
      // one.
      const bool urgent = urgency == Urgency::kAwaited || queue_.size() * 2 >= options_.max_queued;
      wake = sleeping_ && (queue_.empty() || (urgent && !urgent_));
      urgent_ = urgent_ || urgent;
      queue_.Push(job);
      depth_.fetch_add(1, std::memory_order_relaxed);
    }
    if (wake) wake_.notify_one();
  }

  void RequireRoom() const {
    if (depth_.load(std::memory_order_relaxed) >= options_.max_queued / 8 * 7) throw QueueFull();
  }

  void Wait(const Ticket& ticket) {
    std::unique_lock lock(mutex_);
    rested_.wait(lock, [&ticket] { return ticket.done(); });
  }

  void Flush() {
    std::unique_lock lock(mutex_);
    urgent_ = true;
    wake_.notify_one();
    rested_.wait(lock, [this] { return queue_.empty() && sleeping_; });
  }

  void Stop() {
    {
      const std::scoped_lock lock(mutex_);
      stopping_ = true;
    }
    wake_.notify_one();
    if (thread_.joinable()) thread_.join();
  }

  WriterCounters counters() const {
    WriterCounters counters;
    counters.queue_depth = depth_.load(std::memory_order_relaxed);
    counters.groups = groups_.load(std::memory_order_relaxed);
    counters.jobs = jobs_.load(std::memory_order_relaxed);
    counters.failed_groups = failed_groups_.load(std::memory_order_relaxed);
    counters.last_group_size = last_group_size_.load(std::memory_order_relaxed);
    counters.refusal = group_.Refusal();
    return counters;
  }

 private:
  void Work() {
    JobList waiting;
    JobList group;
    Completions completions;
    while (TakeJobs(waiting)) {
      const bool committed = group_.Run(waiting, group);
      const std::size_t size = group.size();
      groups_.fetch_add(1, std::memory_order_relaxed);
      jobs_.fetch_add(size, std::memory_order_relaxed);
      if (!committed) failed_groups_.fetch_add(1, std::memory_order_relaxed);
      last_group_size_.store(size, std::memory_order_relaxed);
      depth_.fetch_sub(size, std::memory_order_relaxed);  // before: whoever hears of it finds room
      completions.Publish(group);
      group_.Tidy();
    }
  }

  /// Takes all jobs that are queued; waits for some, unless the last group left any. False when the writer is
  /// to end and nothing is left.
  bool TakeJobs(JobList& waiting) {
    std::unique_lock lock(mutex_);
    if (waiting.empty()) AwaitJobs(lock);
    urgent_ = false;  // nothing stays behind
    waiting.Append(queue_);
    return !waiting.empty();
  }

  void AwaitJobs(std::unique_lock<std::mutex>& lock) {
    do {
      AwaitWork(lock);
      // On cores that are all busy, whoever is about to queue a write gets to do so first: fewer, larger
      // groups cost a third less CPU a write. With a core to spare this returns at once.
      lock.unlock();
      ::sched_yield();
      lock.lock();
      urgent_ = false;  // Flush says so although there is nothing to do
    } while (queue_.empty() && !stopping_);
  }

  void AwaitWork(std::unique_lock<std::mutex>& lock) {
    rested_.notify_all();
    const auto urgent = [this] { return urgent_ || stopping_; };
    sleeping_ = true;
    while (!urgent() && queue_.empty()) wake_.wait(lock);
    if (!urgent()) wake_.wait_for(lock, options_.lazy_delay, urgent);
    sleeping_ = false;
  }

  const WriterOptions options_;
  GroupCommit group_;

  std::mutex mutex_;
  std::condition_variable wake_;    // the writer: work is there
  std::condition_variable rested_;  // Wait and Flush: a group is done
  JobList queue_;
  bool urgent_ = false;    // something in the queue is awaited
  bool sleeping_ = false;  // the writer waits on wake_
  bool stopping_ = false;

  std::atomic<std::size_t> depth_{0};  // jobs that have not completed, in whichever list they are
  std::atomic<std::uint64_t> groups_{0};
  std::atomic<std::uint64_t> jobs_{0};
  std::atomic<std::uint64_t> failed_groups_{0};
  std::atomic<std::uint64_t> last_group_size_{0};

  std::thread thread_;  // last: it uses all of the above
};

Writer::Writer(Database& database, WriterOptions options)
    : impl_(std::make_unique<Impl>(database, options)) {}

Writer::~Writer() { Stop(); }

Ticket Writer::Submit(detail::Job* job, Urgency urgency, Room room) {
  job->room_ = room;
  Ticket ticket(job);
  try {
    impl_->Submit(job, urgency);
  } catch (...) {
    job->Release();  // the queue's reference
    throw;
  }
  return ticket;
}

void Writer::Wait(const Ticket& ticket) {
  impl_->Wait(ticket);
  ticket.Rethrow();
}

void Writer::RequireRoom() const { impl_->RequireRoom(); }
void Writer::Flush() { impl_->Flush(); }
void Writer::Stop() { impl_->Stop(); }
WriterCounters Writer::counters() const { return impl_->counters(); }

}  // namespace cumulite::storage
