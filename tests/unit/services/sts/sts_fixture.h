#pragma once
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "protocol/session.h"
#include "services/sts/sts_service.h"
#include "tests/support/manual_loop.h"
#include "tests/support/rpc_call.h"
#include "tests/support/temporary_directory.h"

namespace cumulite::sts {

/// The text of the first element of that name.
inline std::string Element(const std::string& xml, const std::string& name) {
  const std::size_t start = xml.find("<" + name + ">");
  if (start == std::string::npos) return {};
  const std::size_t text = start + name.size() + 2;
  return xml.substr(text, xml.find('<', text) - text);
}

class StsTest : public testing::Test {
 protected:
  static constexpr std::int64_t kNow = 1'700'000'000;

  test::RpcReply Send(std::string_view operation, std::string form = {}) {
    return SendAs("test", operation, std::move(form));
  }

  test::RpcReply SendAs(std::string access_key, std::string_view operation, std::string form) {
    test::RpcCall call = Call(operation, std::move(form));
    call.access_key = std::move(access_key);
    return Finish(call);
  }

  /// As one who has the credentials in `made`, the answer of an operation that hands out some.
  test::RpcReply SendWith(const std::string& made, std::string_view operation, std::string form) {
    test::RpcCall call = Call(operation, std::move(form));
    call.access_key = Element(made, "AccessKeyId");
    const auto session = sessions_.Open(call.access_key, Element(made, "SessionToken"));
    EXPECT_TRUE(session) << made;
    if (session) call.session = session->identity.session;
    return Finish(call);
  }

  test::RpcCall Call(std::string_view operation, std::string form) {
    test::RpcCall call = test::RpcCall::Query(kModel, operation, std::move(form));
    call.clock = &clock_;
    call.account = "123456789012";
    return call;
  }

  test::RpcReply Finish(const test::RpcCall& call) {
    const auto pending = call.Begin(sts_);
    loop_.RunUntil([&pending] { return pending->done(); });
    return pending->Reply();
  }

  base::Clock clock_{base::TimePoint(std::chrono::seconds(kNow))};
  test_support::ManualLoop loop_{clock_};
  test_support::TemporaryDirectory directory_;
  std::shared_ptr<runtime::WorkerPool> workers_ = std::make_shared<runtime::WorkerPool>(2);
  protocol::SessionIssuer sessions_{std::string(protocol::SessionIssuer::kKeySize, 'k')};
  StsService sts_{sessions_, directory_.path(), workers_};
};

}  // namespace cumulite::sts
