#pragma once
#include <condition_variable>
#include <coroutine>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include "runtime/loop.h"
#include "runtime/task.h"

namespace cumulite::storage {

/// A few threads for work that would stall an I/O thread: loading a queue of a million rows, removing a file.
/// They start with the first work, so an idle server has none.
///
/// Thread: any; Run from a coroutine on a Loop, which is resumed there.
class WorkerPool {
 public:
  explicit WorkerPool(std::size_t max_threads) : max_threads_(max_threads) {}
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;
  /// Finishes what was begun and what waits.
  ~WorkerPool();

  /// Runs `work` on a worker and gives its result, or rethrows what it threw.
  template <class F>
  runtime::Task<std::invoke_result_t<F&>> Run(F work) {
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
  void Submit(std::function<void()> work);

 private:
  /// Moves to a worker, runs the job there and comes back to the loop.
  class Handover {
   public:
    Handover(WorkerPool& pool, const std::function<void()>& job) : pool_(pool), job_(job) {}
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> waiter);
    void await_resume() const {
      if (error_) std::rethrow_exception(error_);
    }

   private:
    WorkerPool& pool_;
    const std::function<void()>& job_;
    std::exception_ptr error_;
  };

  void StartThread();
  void Work();

  const std::size_t max_threads_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> queue_;
  std::vector<std::thread> threads_;
  std::size_t idle_ = 0;
  bool stopping_ = false;
};

}  // namespace cumulite::storage
