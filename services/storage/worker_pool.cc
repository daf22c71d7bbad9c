#include "services/storage/worker_pool.h"

#include <pthread.h>

#include <system_error>

namespace cumulite::storage {

WorkerPool::~WorkerPool() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void WorkerPool::Handover::await_suspend(std::coroutine_handle<> waiter) {
  runtime::Loop& loop = runtime::Loop::Current();
  pool_.Submit([this, waiter, &loop] {
    try {
      job_();
    } catch (...) {
      error_ = std::current_exception();
    }
    loop.Post([waiter] { waiter.resume(); });
  });
}

void WorkerPool::Submit(std::function<void()> work) {
  const std::scoped_lock lock(mutex_);
  // Idle threads that have been given work and did not wake yet count as idle still. First the thread: if
  // there is none to be had, nothing is queued.
  if (queue_.size() >= idle_ && threads_.size() < max_threads_) StartThread();
  queue_.push_back(std::move(work));
  wake_.notify_one();
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
    const std::function<void()> work = std::move(queue_.front());
    queue_.pop_front();
    lock.unlock();
    work();
    lock.lock();
  }
}

}  // namespace cumulite::storage
