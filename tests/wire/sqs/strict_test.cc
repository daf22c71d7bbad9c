#include "tests/wire/sqs/sqs_wire_test.h"

namespace cumulite::testing {
namespace {

/// Unsigned and unknown callers do not get far enough to meet a policy; that they are refused is what counts.
class SqsStrictTest : public SqsWireTest {
 protected:
  void Configure(config::Settings& settings) override {
    settings.auth = config::Auth::kStrict;
    settings.credential = {{"AKIAOWNER", "secret", "111111111111", "owner"}};
  }
};

TEST_F(SqsStrictTest, UnsignedCallIsRefusedInTheShapeOfTheService) {
  const Reply reply = Call("CreateQueue", {{"QueueName", "q"}});
  EXPECT_GE(reply.status, 400);
  EXPECT_LT(reply.status, 500);
  EXPECT_FALSE(reply.Json().value("__type", "").empty());
}

}  // namespace
}  // namespace cumulite::testing
