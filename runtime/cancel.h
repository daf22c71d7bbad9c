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

  /// Runs every registered callback, once; later calls do nothing.
  void Request();

  /// A registered callback, removed again by its destructor (also while Request runs).
  class Registration {
   public:
    Registration(Cancel& cancel, std::function<void()> callback);
    Registration(const Registration&) = delete;
    Registration& operator=(const Registration&) = delete;
    ~Registration();

   private:
    friend class Cancel;
    Cancel& cancel_;
    std::function<void()> callback_;
    std::list<Registration*>::iterator position_;
    bool registered_ = true;
  };

 private:
  std::function<void()> on_first_wait_;
  std::list<Registration*> registrations_;
  bool requested_ = false;
};

}  // namespace cumulite::runtime
