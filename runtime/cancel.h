#pragma once
#include <functional>
#include <list>

namespace cumulite::runtime {

/// Tells a waiting request that nobody waits for its answer any more: the client went away, or the server
/// stops.
///
/// Thread: the request's own loop only.
class Cancel {
 public:
  /// Runs when the first long wait begins; the session then watches its socket for a disconnect.
  explicit Cancel(std::function<void()> on_first_wait = nullptr) : on_first_wait_(std::move(on_first_wait)) {}
  Cancel(const Cancel&) = delete;
  Cancel& operator=(const Cancel&) = delete;

  bool requested() const { return requested_; }

  void Request() {
    if (requested_) return;
    requested_ = true;
    while (!callbacks_.empty()) {
      auto callback = std::move(callbacks_.front());
      callbacks_.pop_front();
      callback();
    }
  }

  /// A registered callback, removed again by its destructor.
  class Registration {
   public:
    Registration(Cancel& cancel, std::function<void()> callback);
    Registration(const Registration&) = delete;
    Registration& operator=(const Registration&) = delete;
    ~Registration();

   private:
    Cancel& cancel_;
    std::list<std::function<void()>>::iterator position_;
  };

 private:
  std::function<void()> on_first_wait_;
  std::list<std::function<void()>> callbacks_;
  bool requested_ = false;
};

}  // namespace cumulite::runtime
