#pragma once
#include <gtest/gtest.h>

#include <future>
#include <memory>

#include "base/clock.h"
#include "net/http_client.h"
#include "net/io_loop.h"
#include "tests/unit/net/raw_server.h"

namespace cumulite::net {

/// A running loop and a client on it.
class ClientFixture : public ::testing::Test {
 protected:
  ClientFixture() { loop_.Start(); }
  ~ClientFixture() override { Stop(); }

  void Stop() {
    if (std::exchange(stopped_, true)) return;
    loop_.Join();
    client_.reset();
  }

  /// Runs a coroutine on the loop and waits for its end.
  template <class F>
  auto OnLoop(F start) -> decltype(start().Get()) {
    using Result = decltype(start().Get());
    std::promise<Result> done;
    loop_.Post([&] { Forward(start, done).Detach(); });
    return done.get_future().get();
  }

  HttpResult Send(HttpCall call) {
    return OnLoop([&] { return client_->Send(std::move(call)); });
  }
  HttpResult Get(const std::string& url) { return Send({.url = url}); }
  /// The kind of failure; fails the test when there was an answer.
  HttpError::Kind Failure(HttpCall call) {
    HttpResult result = Send(std::move(call));
    EXPECT_FALSE(result.ok());
    return result.ok() ? HttpError::Kind::kInvalid : result.error().kind;
  }

  base::Clock clock_;
  IoLoop loop_{clock_};
  std::unique_ptr<HttpClient> client_ = MakeHttpClient();

 private:
  template <class F, class Result>
  static runtime::Task<void> Forward(F& start, std::promise<Result>& done) {
    auto task = start();
    try {
      Result result = co_await task;
      done.set_value(std::move(result));
    } catch (...) {
      done.set_exception(std::current_exception());
    }
  }

  bool stopped_ = false;
};

}  // namespace cumulite::net
