#pragma once
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "net/http_client.h"
#include "services/sns/sns_service.h"
#include "tests/support/failing_vfs.h"
#include "tests/support/manual_loop.h"
#include "tests/support/rpc_call.h"
#include "tests/support/temporary_directory.h"

namespace cumulite::sns {
using nlohmann::json;

/// Takes whatever is delivered.
class AnyQueue final : public services::QueueDelivery {
 public:
  runtime::Task<Outcome> Deliver(services::QueueMessage message) override {
    delivered.push_back(std::move(message));
    co_return Outcome::kDelivered;
  }
  std::vector<services::QueueMessage> delivered;
};

/// A service on a disk that obeys the test, under a clock that the test moves, driven by one loop.
class SnsServiceTest : public testing::Test {
 protected:
  ~SnsServiceTest() override {
    faults_.Release();
    // What goes on when it is stopped may write once more, and be waited for: as World::Stop does.
    for (int i = 0; i < 3; ++i) {
      sns_.Stop();
      loop_.RunUntilIdle();
    }
  }

  test::RpcReply Answer(const test::RpcCall& call) {
    const auto pending = call.Begin(sns_);
    loop_.RunUntil([&] { return pending->done(); });
    return pending->Reply();
  }
  /// The answer of an operation that must succeed.
  json Make(std::string_view operation, const json& request) {
    auto call = test::RpcCall::Json(kModel, operation, request.dump());
    call.clock = &clock_;
    const test::RpcReply reply = Answer(call);
    EXPECT_EQ(reply.status, 200) << operation << ' ' << reply.body;
    return json::parse(reply.body, nullptr, false);
  }

  storage::Faults& faults_ = storage::InstallFailingVfs();
  base::Clock clock_{TimePoint{std::chrono::seconds{1'700'000'000}}};
  test_support::ManualLoop loop_{clock_};
  test_support::TemporaryDirectory temporary_;
  storage::DataDirectory directory_{temporary_.path()};
  AnyQueue queues_;
  std::unique_ptr<net::HttpClient> http_ = net::MakeHttpClient();
  SnsService sns_{directory_, storage::DatabaseOptions{.vfs = storage::kFailingVfs}, clock_, queues_, *http_};
};

}  // namespace cumulite::sns
