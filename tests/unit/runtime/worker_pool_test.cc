#include "runtime/worker_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <future>
#include <memory>
#include <mutex>

namespace cumulite::runtime {
namespace {

/// Work that ends once as many others have begun.
class Meeting {
 public:
  explicit Meeting(int size) : missing_(size) {}

  void Attend() {
    std::unique_lock lock(mutex_);
    --missing_;
    changed_.notify_all();
    changed_.wait_for(lock, std::chrono::seconds{10}, [this] { return missing_ <= 0; });
    ++left_;
    changed_.notify_all();
  }
  /// Whether all met; waits until all have left.
  bool Met(int size) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return left_ == size; });
    return missing_ == 0;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int missing_;
  int left_ = 0;
};

TEST(WorkerPoolTest, WorkNeverWaitsForAnotherWhileThreadsMayBeStarted) {
  Workers workers(std::make_shared<WorkerPool>(4));
  for (const int size : {2, 4}) {  // the two threads of the first meeting are idle at the second
    Meeting meeting(size);
    for (int i = 0; i < size; ++i) workers.Submit([&meeting] { meeting.Attend(); });
    EXPECT_TRUE(meeting.Met(size)) << size;
  }
}

TEST(WorkerPoolTest, AnOwnerWaitsForItsOwnWorkAndForNobodyElses) {
  const auto pool = std::make_shared<WorkerPool>(2);
  Workers other(pool);
  std::promise<void> held;
  other.Submit([&held] { held.get_future().wait(); });
  std::atomic<int> done{0};
  {
    Workers own(pool);
    for (int i = 0; i < 100; ++i) own.Submit([&done] { ++done; });
    own.WaitUntilIdle();
    EXPECT_EQ(done, 100);
    for (int i = 0; i < 100; ++i) own.Submit([&done] { ++done; });
  }
  EXPECT_EQ(done, 200) << "the end waits, too";
  held.set_value();
}

}  // namespace
}  // namespace cumulite::runtime
