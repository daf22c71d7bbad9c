#include "protocol/rpc.h"

#include "protocol/error.h"
#include "tests/support/rpc_call.h"
#include "tests/unit/protocol/rpc_example.h"

namespace cumulite::protocol {
namespace {

using example::kModel;
using test::RpcCall;
using test::RpcReply;
using testing::EndsWith;
using testing::HasSubstr;

class RpcTest : public testing::Test {
 protected:
  RpcReply Send(const RpcCall& call) { return call.Send(kModel, &service_); }
  example::Service service_;
};

TEST_F(RpcTest, AnswersJsonInJson) {
  const auto reply = Send(RpcCall::Json(kModel, "Echo", R"({"QueueUrl":"u","DelaySeconds":7})"));
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body, R"({"QueueUrl":"u","DelaySeconds":7,"Failed":[]})");
  EXPECT_EQ(reply.Header("Content-Type"), "application/x-amz-json-1.0");
  EXPECT_EQ(reply.Header("x-amzn-RequestId"), "b25f48e8-84fd-11e6-80d9-574e0c4664cb");
  EXPECT_EQ(reply.operation, "Echo");
}

TEST_F(RpcTest, AnswersQueryInXml) {
  const auto reply = Send(RpcCall::Query(kModel, "Echo", "QueueUrl=u&DelaySeconds=7&Name.1=a&Name.2=b%0D"));
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.body,
            "<?xml version=\"1.0\"?>\n"
            "<EchoResponse xmlns=\"http://example.amazonaws.com/doc/2012-11-05/\"><EchoResult>"
            "<QueueUrl>u</QueueUrl><DelaySeconds>7</DelaySeconds><Name>a</Name><Name>b&#xD;</Name><Failed/>"
            "</EchoResult><ResponseMetadata><RequestId>b25f48e8-84fd-11e6-80d9-574e0c4664cb</RequestId>"
            "</ResponseMetadata></EchoResponse>");
  EXPECT_EQ(reply.Header("Content-Type"), "text/xml");
}

}  // namespace
}  // namespace cumulite::protocol
