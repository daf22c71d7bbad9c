#include "tests/support/commit_watch.h"

#include <algorithm>
#include <chrono>
#include <stdexcept>
#include <thread>

#include "gtest/gtest.h"

namespace cumulite::test {

RpcReply CommitWatch::Finish(PendingRpcCall& call) {
  loop_.RunUntil([&call] { return call.done(); });
  try {
    return call.Reply();
  } catch (const std::exception& failure) {
    return {.status = 500, .headers = {}, .body = failure.what(), .operation = {}, .error_code = {}};
  }
}

std::uint64_t CommitWatch::Queued() const {
  const auto stats = service_.store_stats();
  return stats ? stats->writer.queue_depth : 0;
}

void CommitWatch::Settle() {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{20};
  while (Queued() > 0) {
    if (std::chrono::steady_clock::now() > deadline) throw std::runtime_error("the writer does not rest");
    std::this_thread::yield();
  }
}

void CommitWatch::ExpectPromise(const RpcCall& call, Promise promise) {
  Settle();
  faults_.held = true;
  const auto pending = call.Begin(service_);
  if (promise == Promise::kCommitted) {
    // It may have work for other threads first, such as making a key.
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{20};
    while (faults_.standing == 0 && !pending->done() && std::chrono::steady_clock::now() < deadline) {
      loop_.RunUntilIdle();
      std::this_thread::yield();
    }
    EXPECT_GT(faults_.standing, 0) << "nothing is written";
  }
  loop_.RunUntilIdle();
  EXPECT_EQ(pending->done(), promise != Promise::kCommitted) << "while nothing can be written";
  EXPECT_EQ(Queued() > 0, promise != Promise::kNothing) << "a write is queued";
  faults_.Release();
  const RpcReply reply = Finish(*pending);
  EXPECT_EQ(reply.status / 100, 2) << reply.status << ' ' << reply.body;
}

void CommitWatch::ExpectFullDiskAnswer(const RpcCall& call, Promise promise, int status) {
  Settle();
  faults_.disk_full = true;
  const auto pending = call.Begin(service_);
  const RpcReply reply = Finish(*pending);
  faults_.disk_full = false;
  if (promise == Promise::kCommitted) {
    EXPECT_EQ(reply.status, status) << reply.body;
  } else {
    EXPECT_EQ(reply.status / 100, 2) << reply.status << ' ' << reply.body;
  }
}

std::vector<std::string> OperationsWithoutRow(const protocol::RpcModel& model,
                                              const std::vector<std::string_view>& rows) {
  std::vector<std::string> wrong;
  for (const auto& operation : model.operations) {
    const auto count = std::ranges::count(rows, operation.name);
    if (count != 1) wrong.push_back(std::string(operation.name) + ": " + std::to_string(count) + " rows");
  }
  for (const std::string_view row : rows) {
    const bool known =
        std::ranges::any_of(model.operations, [&](const auto& operation) { return operation.name == row; });
    if (!known) wrong.push_back(std::string(row) + ": no operation of the model");
  }
  return wrong;
}

}  // namespace cumulite::test
