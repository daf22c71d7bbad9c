#include "runtime/cancel.h"

#include <iterator>
#include <utility>

namespace cumulite::runtime {

void Cancel::Request() {
  if (requested_) return;
  requested_ = true;
  // A callback resumes what waited; the request may end then, and this object with it. So from here on only
  // the stack is used, where registrations that go away meanwhile leave a null.
  std::list<Registration*> waiting;
  waiting.swap(registrations_);
  for (Registration*& entry : waiting) {
    if (entry == nullptr) continue;
    entry->registered_ = false;
    const auto callback = std::move(entry->callback_);
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
  if (!registered_) return;
  if (cancel_.requested_) {
    *position_ = nullptr;
  } else {
    cancel_.registrations_.erase(position_);
  }
}

}  // namespace cumulite::runtime
