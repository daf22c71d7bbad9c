#include "net/io_loop.h"

#include <pthread.h>

#include <algorithm>
#include <boost/asio/post.hpp>

#include "base/log.h"
#include "base/time_text.h"

namespace cumulite::net {
namespace {
/// How late a time-out may be noticed; it buys one timer a loop instead of one a socket operation.
constexpr std::chrono::milliseconds kReaperPeriod{100};
}  // namespace

IoLoop::IoLoop(base::Clock& clock) : Loop(clock), mutable_clock_(clock) {
  clock_registration_ = clock.OnAdvance([this] { Post([this] { FireTimers(); }); });
}

IoLoop::~IoLoop() { mutable_clock_.RemoveOnAdvance(clock_registration_); }

void IoLoop::Start() {
  thread_ = std::thread([this] {
    ::pthread_setname_np(::pthread_self(), "io");
    SetCurrent(this);
    Run();
    SetCurrent(nullptr);
  });
}

void IoLoop::Run() {
  for (;;) {
    try {
      context_.run();
      return;
    } catch (const std::exception& failure) {
      // No memory to go on with something: that is lost, the thread and all other connections are not.
      base::Logger("net")->error("loop failed cause={}", failure.what());
    }
  }
}

void IoLoop::Join() {
  work_.reset();
  // A timer that is due in an hour must not keep the thread until then.
  Post([this] {
    stopping_ = true;
    wake_up_.cancel();
    ForEachWatched([](Watched& watched) { watched.Abort(); });
    reaper_.cancel();
  });
  if (thread_.joinable()) thread_.join();
}

void IoLoop::Post(std::function<void()> work) { boost::asio::post(context_, std::move(work)); }

void IoLoop::ScheduleWakeUp(base::TimePoint due) {
  // A frozen clock reaches no moment by waiting; whatever moves it fires the timers.
  if (stopping_ || clock().frozen()) return;
  // Some wait for the end of time, which is further away than a timer can tell.
  constexpr std::chrono::milliseconds kLongest = std::chrono::hours(24);
  wake_up_.expires_after(std::min<std::chrono::milliseconds>(due - clock().Now(), kLongest));
  wake_up_.async_wait([this](boost::system::error_code error) {
    if (!error) FireTimers();
  });
}

void IoLoop::FireTimers() {
  const base::TimePoint next = FireDueTimers();
  if (next != base::TimePoint::max()) ScheduleWakeUp(next);
}

std::list<Watched*>::iterator IoLoop::Add(Watched& watched) {
  watched_.push_back(&watched);
  return std::prev(watched_.end());
}

void IoLoop::Remove(std::list<Watched*>::iterator position) {
  if (position == next_watched_) ++next_watched_;
  watched_.erase(position);
  if (watched_.empty()) {  // an idle server has no timer at all
    reaper_.cancel();
    reaper_due_ = kNever;
  }
}

void IoLoop::ForEachWatched(const std::function<void(Watched&)>& act) {
  for (next_watched_ = watched_.begin(); next_watched_ != watched_.end();) act(**next_watched_++);
}

void IoLoop::ArmReaper(std::chrono::steady_clock::time_point due) {
  if (stopping_) return;
  reaper_due_ = due;
  reaper_.expires_at(std::max(due, std::chrono::steady_clock::now() + kReaperPeriod));
  reaper_.async_wait([this](boost::system::error_code moved) {
    if (!moved) ReapExpired();
  });
}

void IoLoop::ReapExpired() {
  const auto now = std::chrono::steady_clock::now();
  auto next = kNever;
  ForEachWatched([now, &next](Watched& watched) {
    if (watched.deadline() == kNever) return;
    if (watched.Expired(now)) {
      watched.Abort();
    } else {
      next = std::min(next, watched.deadline());
    }
  });
  reaper_due_ = kNever;
  if (next != kNever) ArmReaper(next);
}

std::string_view IoLoop::HttpDate() {
  const auto time = std::chrono::floor<std::chrono::seconds>(clock().Now());
  if (const std::int64_t second = time.time_since_epoch().count(); second != date_second_) {
    date_second_ = second;
    date_ = base::FormatHttpDate(time);
  }
  return date_;
}

}  // namespace cumulite::net
