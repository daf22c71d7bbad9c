#pragma once
#include <chrono>

namespace cumulite::net {

/// What a loop's one coarse timer looks after: a client's session, a call of ours to somebody else, a set of
/// idle connections. Registered with IoLoop::Add. Thread: the loop's.
class Watched {
 public:
  using Deadline = std::chrono::steady_clock::time_point;

  virtual ~Watched() = default;
  /// When to look again; max() when nothing is waited for.
  virtual Deadline deadline() const = 0;
  /// True when it is too late and Abort is to be called.
  virtual bool Expired(Deadline now) = 0;
  /// Breaks off: too slow, or the time to finish is over.
  virtual void Abort() = 0;
  /// The server stops: end after what is at hand.
  virtual void Finish() {}
};

}  // namespace cumulite::net
