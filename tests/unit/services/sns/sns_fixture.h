#pragma once
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "net/http_client.h"
#include "runtime/signal.h"
#include "services/sns/sns_service.h"
#include "tests/support/failing_vfs.h"
#include "tests/support/manual_loop.h"
#include "tests/support/rpc_call.h"
#include "tests/support/temporary_directory.h"

namespace cumulite::sns {
using nlohmann::json;

/// Takes whatever is delivered, unless the test decides otherwise.
class AnyQueue final : public services::QueueFanOut {
 public:
  runtime::Task<Outcome> Deliver(services::QueueMessage message) override {
    const Outcome outcome = decide ? decide(message) : Outcome::kDelivered;
    if (outcome == Outcome::kDelivered) delivered.push_back(std::move(message));
    co_return outcome;
  }
  runtime::Task<std::vector<Outcome>> DeliverEach(std::vector<Parcel> parcels) override {
    std::vector<Outcome> outcomes;
    for (const Parcel& parcel : parcels) {
      services::QueueMessage message = *parcel.message;
      message.queue_arn = parcel.queue_arn;
      outcomes.push_back(Deliver(std::move(message)).Get());
    }
    co_return outcomes;
  }
  /// The texts that the queue has, in their order.
  std::vector<std::string> BodiesOf(std::string_view arn) const {
    std::vector<std::string> bodies;
    for (const auto& message : delivered) {
      if (message.queue_arn == arn) bodies.push_back(message.body);
    }
    return bodies;
  }
  std::vector<services::QueueMessage> delivered;
  std::function<Outcome(const services::QueueMessage& message)> decide;
};

/// Answers what the test says, else 200; a URL may hang until it is let go.
class AnyEndpoint final : public net::HttpClient {
 public:
  runtime::Task<net::HttpResult> Send(net::HttpCall call) override {
    const std::string url = call.url;
    calls.push_back(std::move(call));
    while (url == hanging) {
      runtime::Signal::Subscription change(let_go_);
      co_await change.Until(TimePoint::max(), nullptr);
    }
    if (failure) co_return net::HttpResult(*failure);
    net::HttpAnswer answer;
    answer.status = statuses.contains(url) ? statuses[url] : 200;
    if (!next_statuses.empty()) {
      answer.status = next_statuses.front();
      next_statuses.pop_front();
    }
    co_return net::HttpResult(std::move(answer));
  }
  void LetGo(std::optional<net::HttpError> with = std::nullopt) {
    hanging.clear();
    failure = std::move(with);
    let_go_.NotifyAll();
  }
  std::size_t CallsTo(std::string_view url) const {
    return static_cast<std::size_t>(std::ranges::count(calls, url, &net::HttpCall::url));
  }

  std::vector<net::HttpCall> calls;
  std::map<std::string, int> statuses;  // by URL
  std::deque<int> next_statuses;        // of any URL, the first first
  std::string hanging;
  std::optional<net::HttpError> failure;

 private:
  runtime::Signal let_go_;
};

/// A service on a disk that obeys the test, under a clock that the test moves, driven by one loop.
class SnsServiceTest : public testing::Test {
 protected:
  SnsServiceTest() { sns_.Start(); }
  ~SnsServiceTest() override {
    endpoints_.LetGo();
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
  AnyEndpoint endpoints_;
  SnsService sns_{directory_, storage::DatabaseOptions{.vfs = storage::kFailingVfs}, clock_, queues_,
                  endpoints_};
};

}  // namespace cumulite::sns
