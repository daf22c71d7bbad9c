#pragma once
#include <condition_variable>
#include <coroutine>
#include <cstddef>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "runtime/loop.h"
#include "runtime/task.h"

namespace cumulite::runtime {
class Workers;

/// A few threads for work that would stall an I/O thread: loading a queue of a million rows, removing a file.
/// They start with the first work, so an idle server has none. Used through Workers.
///
/// Thread: any; not destroyed on one of its own threads.
class WorkerPool {
 public:
  explicit WorkerPool(std::size_t max_threads) : max_threads_(max_threads) {}
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;
  ~WorkerPool();

 private:
  friend class Workers;
  struct Job {
    std::function<void()> work;
    Workers* owner;
  };

  void Submit(Job job);
  void WaitFor(const Workers& owner);
  void StartThread();
  void Work();

  const std::size_t max_threads_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::condition_variable finished_;  // an owner's last job
  std::deque<Job> queue_;
  std::vector<std::thread> threads_;
  std::size_t idle_ = 0;
  bool stopping_ = false;
};

/// What one owner has done by a pool that it shares with others.
///
/// Thread: any; Run from a coroutine on a Loop, which is resumed there.
class Workers {
 public:
  explicit Workers(std::shared_ptr<WorkerPool> pool) : pool_(std::move(pool)) {}
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;
  /// Waits as WaitUntilIdle does.
  ~Workers() { WaitUntilIdle(); }

  /// Runs `work` on a worker and gives its result, or rethrows what it threw.
  template <class F>
  Task<std::invoke_result_t<F&>> Run(F work) {
    using Result = std::invoke_result_t<F&>;
    if constexpr (std::is_void_v<Result>) {
      const auto run = [&work] { work(); };
      const std::function<void()> job = std::cref(run);
      Handover handover(*this, job);
      co_await handover;
    } else {
      std::optional<Result> result;
      const auto run = [&work, &result] { result.emplace(work()); };
      const std::function<void()> job = std::cref(run);
      Handover handover(*this, job);
      co_await handover;
      co_return std::move(*result);
    }
  }

  /// Runs `work` on a worker some time; nobody waits for it, and it must not throw. From any thread.
  /// Errors: std::system_error when no thread can be started; `work` is then not run.
  void Submit(std::function<void()> work) { pool_->Submit({std::move(work), this}); }

  /// Blocks until all that was handed over is done and whoever awaits it is on its way back to its loop.
  /// Thread: any but the workers.
  void WaitUntilIdle() { pool_->WaitFor(*this); }

  const std::shared_ptr<WorkerPool>& pool() const { return pool_; }

 private:
  friend class WorkerPool;
  /// Moves to a worker, runs the job there and comes back to the loop.
  class Handover {
   public:
    Handover(Workers& workers, const std::function<void()>& job) : workers_(workers), job_(job) {}
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> waiter);
    void await_resume() const {
      if (error_) std::rethrow_exception(error_);
    }

   private:
    Workers& workers_;
    const std::function<void()>& job_;
    std::exception_ptr error_;
  };

  const std::shared_ptr<WorkerPool> pool_;
  std::size_t unfinished_ = 0;  // waiting or being done; guarded by the pool
};

}  // namespace cumulite::runtime
