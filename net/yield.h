#pragma once
#include <coroutine>

#include "net/io_loop.h"

namespace cumulite::net {

/// Lets everything else that is ready on the loop go first.
class YieldAwaiter {
 public:
  explicit YieldAwaiter(IoLoop& loop) : loop_(loop) {}
  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> waiter) {
    loop_.Post([waiter] { waiter.resume(); });
  }
  void await_resume() const noexcept {}

 private:
  IoLoop& loop_;
};

}  // namespace cumulite::net
