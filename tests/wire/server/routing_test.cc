#include "tests/support/wire/wire_test.h"

namespace cumulite::testing {
namespace {

using RoutingWireTest = WireTest;

TEST_F(RoutingWireTest, ServicesOutsideThisServerAreNamedInA501) {
  const Reply reply = Request("POST", "/", "Action=ListRoles&Version=2010-05-08",
                              {Signed("iam"), {"Content-Type", "application/x-www-form-urlencoded"}});
  EXPECT_EQ(reply.status, 501);
  EXPECT_NE(reply.body.find("iam"), std::string::npos);
}

TEST_F(RoutingWireTest, ServiceNamesFromClientsCannotForgeXml) {
  const Reply reply = Request("POST", "/", "", {{"X-Amz-Target", "<script>.X"}});
  EXPECT_EQ(reply.status, 501);
  EXPECT_EQ(reply.body.find("<script>"), std::string::npos);
}

TEST_F(RoutingWireTest, UnsignedFormsAreRoutedByTheirVersion) {
  EXPECT_NE(Query("Action=ListQueues&Version=2012-11-05").body.find("ListQueuesResponse"), std::string::npos);
  EXPECT_NE(Query("Action=GetCallerIdentity&Version=2011-06-15").body.find("GetCallerIdentityResponse"),
            std::string::npos);
}

TEST_F(RoutingWireTest, HostsNameServices) {
  const Reply reply = Request("GET", "/?Action=ListQueues", "", {{"Host", "sqs.eu-west-1.localhost:4566"}});
  EXPECT_NE(reply.body.find("ListQueuesResponse"), std::string::npos);
}

TEST_F(RoutingWireTest, AbsoluteFormReachesTheSameResource) {
  EXPECT_EQ(Request("GET", "http://localhost/_cumulite/health").status, 200);
}

TEST_F(RoutingWireTest, ApiPreflightIsAllowedFromAnywhere) {
  const Reply reply = Request("OPTIONS", "/", "",
                              {{"Origin", "http://app.example"},
                               {"Access-Control-Request-Method", "POST"},
                               {"Access-Control-Request-Headers", "x-amz-target,authorization"}});
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.Header("Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(reply.Header("Access-Control-Allow-Headers"), "x-amz-target,authorization");
}

TEST_F(RoutingWireTest, ApiAnswersAreReadableByPages) {
  const Reply reply = Request("POST", "/", "{}",
                              {{"X-Amz-Target", "AmazonSQS.ListQueues"},
                               {"Content-Type", "application/x-amz-json-1.0"},
                               {"Origin", "http://app.example"}});
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.Header("Access-Control-Allow-Origin"), "*");
}

}  // namespace
}  // namespace cumulite::testing
