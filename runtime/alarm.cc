#include "runtime/alarm.h"

#include <mutex>
#include <utility>

namespace cumulite::runtime {

struct Alarm::State {
  explicit State(std::function<void()> callback) : fire(std::move(callback)), timer([this] { Ring(); }) {}

  void Ring() {
    {
      const std::scoped_lock lock(mutex);
      due = base::TimePoint::max();
    }
    fire();
  }

  /// Brings the timer in line with `due`. On the home loop.
  void Adjust() {
    const std::scoped_lock lock(mutex);
    if (due == base::TimePoint::max()) {
      timer.Disarm();
    } else {
      timer.Arm(*home, due);
    }
  }

  std::mutex mutex;
  base::TimePoint due = base::TimePoint::max();
  Loop* home = nullptr;
  const std::function<void()> fire;
  Loop::Timer timer;  // the home loop's
};

namespace {

template <class State>
void AdjustAtHome(const std::shared_ptr<State>& state) {
  if (Loop::CurrentOrNull() == state->home) {
    state->Adjust();
  } else {
    state->home->Post([state] { state->Adjust(); });
  }
}

}  // namespace

Alarm::Alarm(std::function<void()> fire) : state_(std::make_shared<State>(std::move(fire))) {}

Alarm::~Alarm() { Cancel(); }

void Alarm::SetAtMost(base::TimePoint due) {
  {
    const std::scoped_lock lock(state_->mutex);
    if (state_->due <= due) return;
    if (state_->home == nullptr) state_->home = Loop::CurrentOrNull();
    if (state_->home == nullptr) return;
    state_->due = due;
  }
  AdjustAtHome(state_);
}

void Alarm::Cancel() {
  {
    const std::scoped_lock lock(state_->mutex);
    if (state_->due == base::TimePoint::max()) return;
    state_->due = base::TimePoint::max();
  }
  AdjustAtHome(state_);
}

}  // namespace cumulite::runtime
