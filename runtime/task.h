#pragma once
#include <coroutine>
#include <cstddef>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

#include "runtime/frame_pool.h"

namespace cumulite::runtime {

/// The result of an asynchronous operation: a coroutine that starts when it is called.
///
/// It runs on the caller's thread until it first has to wait; if it never waits, awaiting it costs no
/// suspension. Whatever it waits for resumes it on the I/O thread (Loop) on which it started, so a Task needs
/// no synchronisation. A Task must be awaited or detached; destroying one that is still waiting is a defect
/// in the caller, since whatever would resume it still holds its handle.
///
/// Why not boost::asio::awaitable: one translation unit with it costs 20 s to compile, and each nested
/// co_await an allocation and a dispatch; with this type only `server/` includes Asio.
///
/// GCC 12 destroys some temporaries of a co_await expression twice. Name every argument that owns something
/// (a lambda with captures, a braced aggregate) before the expression that awaits.
template <class T = void>
class Task;

namespace detail {

class PromiseBase {
 public:
  static void* operator new(std::size_t size) { return FramePool::Take(size); }
  static void operator delete(void* frame, std::size_t size) { FramePool::Give(frame, size); }

  std::suspend_never initial_suspend() noexcept { return {}; }

  struct FinalAwaiter {
    bool await_ready() noexcept { return false; }
    template <class Promise>
    std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> self) noexcept {
      PromiseBase& promise = self.promise();
      if (promise.detached_) {
        self.destroy();
        return std::noop_coroutine();
      }
      if (promise.continuation_) return promise.continuation_;
      return std::noop_coroutine();
    }
    void await_resume() noexcept {}
  };
  FinalAwaiter final_suspend() noexcept { return {}; }

  void set_continuation(std::coroutine_handle<> continuation) { continuation_ = continuation; }
  void set_detached() { detached_ = true; }

 private:
  std::coroutine_handle<> continuation_;
  bool detached_ = false;
};

template <class T>
class Promise : public PromiseBase {
 public:
  Task<T> get_return_object();
  template <class U>
  void return_value(U&& value) {
    value_.emplace(std::forward<U>(value));
  }
  void unhandled_exception() { exception_ = std::current_exception(); }
  T Take() {
    if (exception_) std::rethrow_exception(std::exchange(exception_, nullptr));
    return std::move(*value_);
  }

 private:
  std::optional<T> value_;
  std::exception_ptr exception_;
};

template <>
class Promise<void> : public PromiseBase {
 public:
  Task<void> get_return_object();
  void return_void() {}
  void unhandled_exception() { exception_ = std::current_exception(); }
  void Take() {
    if (exception_) std::rethrow_exception(std::exchange(exception_, nullptr));
  }

 private:
  std::exception_ptr exception_;
};

}  // namespace detail

template <class T>
class [[nodiscard]] Task {
 public:
  using promise_type = detail::Promise<T>;

  explicit Task(std::coroutine_handle<promise_type> handle) : handle_(handle) {}
  Task(Task&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
  Task& operator=(Task&&) = delete;
  ~Task() {
    if (handle_) handle_.destroy();
  }

  /// True once the result (or exception) is there.
  bool done() const { return handle_.done(); }

  /// The result of a done() task; rethrows what it threw.
  T Get() { return handle_.promise().Take(); }

  /// Lets the task finish on its own; it must not throw.
  void Detach() && {
    auto handle = std::exchange(handle_, nullptr);
    if (handle.done()) {
      handle.destroy();
    } else {
      handle.promise().set_detached();
    }
  }

  bool await_ready() const noexcept { return handle_.done(); }
  void await_suspend(std::coroutine_handle<> continuation) noexcept {
    handle_.promise().set_continuation(continuation);
  }
  T await_resume() { return handle_.promise().Take(); }

 private:
  std::coroutine_handle<promise_type> handle_;
};

namespace detail {
template <class T>
Task<T> Promise<T>::get_return_object() {
  return Task<T>(std::coroutine_handle<Promise<T>>::from_promise(*this));
}
inline Task<void> Promise<void>::get_return_object() {
  return Task<void>(std::coroutine_handle<Promise<void>>::from_promise(*this));
}
}  // namespace detail

}  // namespace cumulite::runtime
