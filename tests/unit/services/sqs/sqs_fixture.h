#pragma once
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "base/clock.h"
#include "services/sqs/sqs_service.h"
#include "tests/support/manual_loop.h"
#include "tests/support/temporary_directory.h"

namespace cumulite::sqs {

/// A service on a real database, under a clock that the test moves, driven by one loop.
class SqsServiceTest : public testing::Test {
 protected:
  SqsServiceTest() { Open(); }

  void Open() {
    directory_ = std::make_unique<storage::DataDirectory>(temporary_.path());
    sqs_ = std::make_unique<SqsService>(*directory_, options_, clock_, SqsSettings{});
  }
  void Close() {
    sqs_->Stop();
    loop_.RunUntilIdle();
    sqs_.reset();
    directory_.reset();
  }
  void Reopen() {
    Close();
    Open();
  }
  void TearDown() override { Close(); }

  protocol::RequestContext Context() {
    protocol::RequestContext context;
    context.identity = {"000000000000", "us-east-1", "test", "arn:aws:iam::000000000000:root",
                        "AIDATEST",     ""};
    context.scheme = "http";
    context.host = "localhost";
    context.path = "/";
    context.clock = &clock_;
    return context;
  }
  /// Runs one operation to its end.
  template <class Handler, class Request>
  auto Run(Handler handler, Request request) {
    const auto context = Context();
    return loop_.Get(handler(*sqs_, context, std::move(request)));
  }

  /// Waits until all that was journalled is written, receives too.
  void WriteAll() {
    static constexpr auto kWait = [](QueueStore& store, storage::Ticket ticket) -> runtime::Task<void> {
      co_await store.Committed(ticket);
    };
    loop_.Get(kWait(sqs_->store(), sqs_->store().Barrier()));
  }

  base::Clock clock_{TimePoint{std::chrono::seconds{1'700'000'000}}};
  test_support::ManualLoop loop_{clock_};
  test_support::TemporaryDirectory temporary_;
  storage::DatabaseOptions options_;  // of the next Open
  std::unique_ptr<storage::DataDirectory> directory_;
  std::unique_ptr<SqsService> sqs_;
};

}  // namespace cumulite::sqs
