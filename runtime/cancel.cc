#include "runtime/cancel.h"

#include <iterator>
#include <utility>

namespace cumulite::runtime {

void Cancel::Request() {
  if (requested_) return;
  requested_ = true;
  for (bool last = registrations_.empty(); !last;) {
    Registration& first = *registrations_.front();
    registrations_.pop_front();
    first.registered_ = false;
    const auto callback = std::move(first.callback_);
    last = registrations_.empty();
    // Resumes what waited and so may destroy `first`; after the last one the request may have ended, and this
    // object with it. None is added meanwhile: whoever waits asks requested() first.
    callback();
  }
}

Cancel::Registration::Registration(Cancel& cancel, std::function<void()> callback)
    : cancel_(cancel), callback_(std::move(callback)) {
  cancel_.registrations_.push_back(this);
  position_ = std::prev(cancel_.registrations_.end());
  // Last, so that a watch that finds the client gone already cancels this wait too.
  if (const auto first_wait = std::exchange(cancel_.on_first_wait_, nullptr)) first_wait();
}

Cancel::Registration::~Registration() {
  if (registered_) cancel_.registrations_.erase(position_);
}

}  // namespace cumulite::runtime
