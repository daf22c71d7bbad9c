#pragma once
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "services/dynamodb/dynamodb_service.h"
#include "tests/support/manual_loop.h"
#include "tests/support/rpc_call.h"
#include "tests/support/temporary_directory.h"

namespace cumulite::dynamodb {

/// A service on a real database, under a clock that the test moves, called with JSON as clients do.
class DynamoDbServiceTest : public testing::Test {
 protected:
  using Json = nlohmann::json;

  DynamoDbServiceTest() { Open(); }
  void TearDown() override { Close(); }

  void Open() {
    dynamodb_ = std::make_unique<DynamoDbService>(temporary_.path(), options_, clock_, settings_, buckets_);
  }
  void Close() {
    dynamodb_->Stop();
    Rest();
    dynamodb_.reset();
  }
  /// Until nothing goes on in the background.
  void Rest() {
    constexpr int kStepsOfTheLongest = 12;
    for (int i = 0; i < kStepsOfTheLongest; ++i) {
      loop_.RunUntilIdle();
      dynamodb_->writer().Flush();
    }
    loop_.RunUntilIdle();
  }
  void Reopen() {
    Close();
    Open();
  }

  test::RpcReply Answer(const test::RpcCall& call) {
    const auto pending = call.Begin(*dynamodb_);
    loop_.RunUntil([&] { return pending->done(); });
    return pending->Reply();
  }
  test::RpcCall CallOf(std::string_view operation, const Json& request) {
    const bool streams = operation.ends_with("Stream") || operation.ends_with("Streams") ||
                         operation == "GetRecords" || operation == "GetShardIterator";
    auto call = test::RpcCall::Json(streams ? kStreamsModel : kModel, operation, request.dump());
    call.clock = &clock_;
    return call;
  }
  /// In a region: as if signed for it.
  test::RpcReply Send(std::string_view operation, const Json& request) {
    return Answer(CallOf(operation, request));
  }
  /// The answer's members; fails the test when it is refused.
  Json Call(std::string_view operation, const Json& request) {
    const test::RpcReply reply = Send(operation, request);
    EXPECT_EQ(reply.status, 200) << operation << ' ' << reply.body;
    return reply.body.empty() ? Json::object() : Json::parse(reply.body, nullptr, false);
  }
  /// "ValidationException: why".
  std::string Refusal(std::string_view operation, const Json& request) {
    const test::RpcReply reply = Send(operation, request);
    EXPECT_NE(reply.status, 200) << operation << ' ' << reply.body;
    const Json error = Json::parse(reply.body, nullptr, false);
    return reply.error_code + ": " + error.value("message", error.value("Message", ""));
  }

  /// A table with the key p (S), on demand.
  void MakeTable(const std::string& name, Json more = Json::object()) {
    Json request{{"TableName", name},
                 {"KeySchema", {{{"AttributeName", "p"}, {"KeyType", "HASH"}}}},
                 {"AttributeDefinitions", {{{"AttributeName", "p"}, {"AttributeType", "S"}}}},
                 {"BillingMode", "PAY_PER_REQUEST"}};
    request.update(more);
    Call("CreateTable", request);
  }
  static Json Item(const std::string& key, int number) {
    return {{"p", {{"S", key}}}, {"n", {{"N", std::to_string(number)}}}};
  }
  void Put(const std::string& table, const std::string& key, int number) {
    Call("PutItem", {{"TableName", table}, {"Item", Item(key, number)}});
  }
  /// "a=1 b=2": what a table holds, in the order of its keys.
  std::string Contents(const std::string& table) {
    std::map<std::string, std::string> found;
    const Json scanned = Call("Scan", {{"TableName", table}});
    for (const Json& item : scanned["Items"]) {
      found[item["p"]["S"].get<std::string>()] = item["n"]["N"].get<std::string>();
    }
    std::string text;
    for (const auto& [key, number] : found) text += (text.empty() ? "" : " ") + key + "=" + number;
    return text;
  }
  std::string Status(const std::string& table) {
    const test::RpcReply reply = Send("DescribeTable", {{"TableName", table}});
    return reply.status == 200 ? Json::parse(reply.body)["Table"]["TableStatus"].get<std::string>()
                               : reply.error_code;
  }
  void WaitUntilActive(const std::string& table) {
    loop_.RunUntil([&] { return Status(table) == "ACTIVE"; });
  }

  base::Clock clock_{base::TimePoint{std::chrono::seconds{1'700'000'000}}};
  test_support::ManualLoop loop_{clock_};
  test_support::TemporaryDirectory temporary_;
  storage::DatabaseOptions options_;  // of the next Open
  DynamoDbSettings settings_;         // likewise
  Buckets buckets_;                   // likewise
  std::unique_ptr<DynamoDbService> dynamodb_;
};

}  // namespace cumulite::dynamodb
