#pragma once
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <list>
#include <thread>

#include "base/clock.h"
#include "net/watched.h"
#include "runtime/loop.h"

namespace cumulite::net {

/// One I/O thread: an io_context of its own, the timers of the virtual clock, and the connections that live
/// here.
///
/// Thread: Post from any; everything else on the loop's own thread, Start and Join on the owner's.
class IoLoop final : public runtime::Loop {
 public:
  explicit IoLoop(base::Clock& clock);
  ~IoLoop() override;

  void Start();
  /// Breaks off what is still watched, lets the thread end once nothing is left to do, and waits for it.
  void Join();
  /// The loop ends: nothing new is begun here. Owner thread.
  bool stopping() const { return stopping_; }

  void Post(std::function<void()> work) override;
  boost::asio::io_context& context() { return context_; }

  /// Connections are watched for time-outs by one coarse timer, not by one timer an operation. Each tells of
  /// a deadline that it gives itself; only one that is earlier than the timer's moves the timer.
  void Expect(std::chrono::steady_clock::time_point deadline) {
    if (deadline < reaper_due_) ArmReaper(deadline);
  }
  std::list<Watched*>::iterator Add(Watched& watched);
  void Remove(std::list<Watched*>::iterator position);
  /// Calls it for each that is watched; acting on one may remove it, and others.
  void ForEachWatched(const std::function<void(Watched&)>& act);

  /// "Sat, 21 Nov 2026 01:22:46 GMT" of the virtual clock, formatted once a second.
  std::string_view HttpDate();

 private:
  static constexpr auto kNever = std::chrono::steady_clock::time_point::max();

  void ScheduleWakeUp(base::TimePoint due) override;
  void Run();
  void FireTimers();
  void ArmReaper(std::chrono::steady_clock::time_point due);
  void ReapExpired();

  base::Clock& mutable_clock_;
  boost::asio::io_context context_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{context_.get_executor()};
  boost::asio::steady_timer wake_up_{context_};
  boost::asio::steady_timer reaper_{context_};
  std::chrono::steady_clock::time_point reaper_due_ = kNever;
  std::list<Watched*> watched_;
  std::list<Watched*>::iterator next_watched_ = watched_.end();  // while they are gone through
  bool stopping_ = false;
  std::uint64_t clock_registration_ = 0;
  std::int64_t date_second_ = -1;
  std::string date_;
  std::thread thread_;
};

}  // namespace cumulite::net
