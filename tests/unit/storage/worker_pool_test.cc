#include "services/storage/worker_pool.h"

#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace cumulite::storage {
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
  WorkerPool pool(4);
  for (const int size : {2, 4}) {  // the two threads of the first meeting are idle at the second
    Meeting meeting(size);
    for (int i = 0; i < size; ++i) pool.Submit([&meeting] { meeting.Attend(); });
    EXPECT_TRUE(meeting.Met(size)) << size;
  }
}

}  // namespace
}  // namespace cumulite::storage
