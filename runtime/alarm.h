#pragma once
#include <functional>
#include <memory>

#include "base/clock.h"
#include "runtime/loop.h"

namespace cumulite::runtime {

/// A timer on the virtual clock that any I/O thread may set, for work that belongs to no request.
///
/// It lives on the loop from which it was first set and fires there. Fires once; `fire` sets it anew.
/// Thread: any; setting it off the I/O threads before it has a loop does nothing.
class Alarm {
 public:
  explicit Alarm(std::function<void()> fire);
  Alarm(const Alarm&) = delete;
  Alarm& operator=(const Alarm&) = delete;
  /// Does not wait for a `fire` that runs already: let it hold what it needs.
  ~Alarm();

  /// Fires at `due`, or earlier if it is set for earlier.
  void SetAtMost(base::TimePoint due);
  void Cancel();

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace cumulite::runtime
