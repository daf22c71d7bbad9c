#include "tests/support/wire/wire_test.h"

namespace cumulite::testing {
namespace {

using RoutingWireTest = WireTest;

TEST_F(RoutingWireTest, ServicesOutsideThisServerAreNamedInA501) {
  const Reply reply = Request("POST", "/", "Action=ListRoles&Version=2010-05-08",
                              {Signed("iam"), {"Content-Type", "application/x-www-form-urlencoded"}});
  EXPECT_EQ(reply.status, 501);
  EXPECT_NE(
      reply.body.find("<Code>NotImplemented</Code><Message>The service iam is not part of this server."),
      std::string::npos)
      << reply.body;
  EXPECT_NE(reply.body.find("</Error><RequestId>"), std::string::npos) << "as Query clients read it";
}

TEST_F(RoutingWireTest, JsonClientsAreToldInJson) {
  for (const char* version : {"1.0", "1.1"}) {
    const Reply reply = Json("TrentService.ListKeys", "{}", version);
    EXPECT_EQ(reply.status, 501);
    EXPECT_EQ(reply.body, R"({"__type":"com.amazon.coral.service#NotImplemented",)"
                          R"("message":"The service kms is not part of this server."})");
    EXPECT_EQ(reply.Header("Content-Type"), std::string("application/x-amz-json-") + version);
  }
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

TEST_F(RoutingWireTest, WhatOnlyLooksLikeSqsGoesToS3) {
  const std::pair<std::string, std::string> form{"Content-Type", "application/x-www-form-urlencoded"};
  const std::pair<std::string, std::string> sigv2{"Authorization", "AWS KEY:c2lnbmF0dXJl"};
  const Reply replies[] = {
      Request("POST", "/", "ActionX=ListQueues&VersionX=2012-11-05", {form}),
      Request("POST", "/", "ActionX=ListQueues&Version=2012-11-05", {form}),
      Request("GET", "/123456789012/key", {}, {sigv2}),
      Request("GET", "/123456789012/a/b"),
  };
  for (const Reply& reply : replies) EXPECT_TRUE(reply.Has("x-amz-id-2")) << reply.body;
  EXPECT_FALSE(Request("GET", "/123456789012/queue").Has("x-amz-id-2"));
}

TEST_F(RoutingWireTest, TheLegacyEndpointOfSqsIsKnown) {
  const Reply reply = Request("GET", "/?Action=ListQueues", "", {{"Host", "us-east-1.queue.localhost:4566"}});
  EXPECT_NE(reply.body.find("ListQueuesResponse"), std::string::npos) << reply.body;
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
