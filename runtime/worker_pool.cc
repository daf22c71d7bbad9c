#include "runtime/worker_pool.h"

#include <pthread.h>

#include <system_error>

namespace cumulite::runtime {

WorkerPool::~WorkerPool() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Workers::Handover::await_suspend(std::coroutine_handle<> waiter) {
  Loop& loop = Loop::Current();
  workers_.Submit([this, waiter, &loop] {
    try {
      job_();
    } catch (...) {
      error_ = std::current_exception();
    }
    loop.Post([waiter] { waiter.resume(); });
  });
}

void WorkerPool::Submit(Job job) {
  const std::scoped_lock lock(mutex_);
  // Idle threads that have been given work and did not wake yet count as idle still. First the thread: if
  // there is none to be had, nothing is queued.
  if (queue_.size() >= idle_ && threads_.size() < max_threads_) StartThread();
  ++job.owner->unfinished_;
  queue_.push_back(std::move(job));
  wake_.notify_one();
}

void WorkerPool::WaitFor(const Workers& owner) {
  std::unique_lock lock(mutex_);
  finished_.wait(lock, [&owner] { return owner.unfinished_ == 0; });
}

void WorkerPool::StartThread() {
  try {
    threads_.emplace_back([this] { Work(); });
  } catch (const std::system_error&) {
    if (threads_.empty()) throw;  // else those that are there do it
  }
}

void WorkerPool::Work() {
  ::pthread_setname_np(::pthread_self(), "worker");
  std::unique_lock lock(mutex_);
  for (;;) {
    ++idle_;
    wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    --idle_;
    if (queue_.empty()) return;
    Job job = std::move(queue_.front());
    queue_.pop_front();
    lock.unlock();
    job.work();
    job.work = nullptr;  // what it holds may be the owner's
    lock.lock();
    if (--job.owner->unfinished_ == 0) finished_.notify_all();
  }
}

}  // namespace cumulite::runtime
