#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace cumulite::net {

/// How many connections are open, for the cap, the metrics and the graceful stop. Thread: any.
class ConnectionCount {
 public:
  void Add() { open_.fetch_add(1, std::memory_order_relaxed); }
  void Remove() {
    if (open_.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
    const std::scoped_lock lock(mutex_);
    none_.notify_all();
  }
  std::int64_t open() const { return open_.load(std::memory_order_relaxed); }

  /// False when some are still open after `limit`.
  bool WaitForNone(std::chrono::milliseconds limit) {
    std::unique_lock lock(mutex_);
    return none_.wait_for(lock, limit, [this] { return open_.load(std::memory_order_acquire) == 0; });
  }

 private:
  std::atomic<std::int64_t> open_{0};
  std::mutex mutex_;
  std::condition_variable none_;
};

}  // namespace cumulite::net
