#include "tests/support/wire/wire_test.h"

namespace cumulite::testing {
namespace {

using RoutingWireTest = WireTest;

TEST_F(RoutingWireTest, ServicesOutsideThisServerAreNamedInA501) {
  const Reply reply =
      Request("POST", "/", "Action=ListStacks&Version=2010-05-15",
              {Signed("cloudformation"), {"Content-Type", "application/x-www-form-urlencoded"}});
  EXPECT_EQ(reply.status, 501);
  EXPECT_THAT(reply.body, ::testing::HasSubstr(
                              "<Code>NotImplemented</Code><Message>The service cloudformation is not part "
                              "of this server."));
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

TEST_F(RoutingWireTest, ApiPreflightIsAllowedFromLocalPages) {
  const Reply reply = Request("OPTIONS", "/", "",
                              {{"Origin", "http://localhost:3000"},
                               {"Access-Control-Request-Method", "POST"},
                               {"Access-Control-Request-Headers", "x-amz-target,authorization"}});
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.Header("Access-Control-Allow-Origin"), "http://localhost:3000");
  EXPECT_EQ(reply.Header("Access-Control-Allow-Headers"), "x-amz-target,authorization");
}

TEST_F(RoutingWireTest, ApiAnswersAreReadableByPages) {
  const Reply reply = Request("POST", "/", "{}",
                              {{"X-Amz-Target", "AmazonSQS.ListQueues"},
                               {"Content-Type", "application/x-amz-json-1.0"},
                               {"Origin", "https://app.localhost"}});
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.Header("Access-Control-Allow-Origin"), "https://app.localhost");
}

TEST_F(RoutingWireTest, ForeignPagesCallNothing) {
  for (const char* origin :
       {"http://app.example", "null", "http://localhost.evil.example", "http://127.0.0.1.evil.example"}) {
    const Reply created = Request("POST", "/", R"({"QueueName":"q"})",
                                  {{"X-Amz-Target", "AmazonSQS.CreateQueue"},
                                   {"Content-Type", "application/x-amz-json-1.0"},
                                   {"Origin", origin}});
    EXPECT_EQ(created.status, 403) << origin;
    EXPECT_FALSE(created.Has("Access-Control-Allow-Origin")) << origin;
    const Reply preflight =
        Request("OPTIONS", "/", "", {{"Origin", origin}, {"Access-Control-Request-Method", "POST"}});
    EXPECT_EQ(preflight.status, 403) << origin;
    EXPECT_FALSE(preflight.Has("Access-Control-Allow-Origin")) << origin;
  }
  EXPECT_EQ(Json("AmazonSQS.ListQueues", "{}").body, "{}");
}

class AllowedOriginTest : public WireTest {
  void Configure(config::Settings& settings) override { settings.allow_origin = {"https://app.example"}; }
};

TEST_F(AllowedOriginTest, TheListDecides) {
  const auto status = [&](const char* origin) {
    return Request("GET", "/?Action=ListQueues&Version=2012-11-05", "", {{"Origin", origin}}).status;
  };
  EXPECT_EQ(status("https://app.example"), 200);
  EXPECT_EQ(status("http://app.example"), 403);
  EXPECT_EQ(status("http://localhost:3000"), 403);
}

class BaseHostTest : public WireTest {
  void Configure(config::Settings& settings) override { settings.base_hosts = {"host.docker.internal"}; }
};

TEST_F(BaseHostTest, VirtualHostsOfAllServicesWorkBelowIt) {
  ASSERT_EQ(Request("PUT", "/bucket", "", {{"Host", "host.docker.internal:4566"}}).status, 200);
  ASSERT_EQ(Request("PUT", "/k", "x", {{"Host", "bucket.s3.host.docker.internal:4566"}}).status, 200);
  EXPECT_EQ(Request("GET", "/bucket/k").body, "x");
  EXPECT_NE(Request("GET", "/?Action=ListQueues", "", {{"Host", "sqs.eu-west-1.host.docker.internal"}})
                .body.find("ListQueuesResponse"),
            std::string::npos);
}

TEST_F(RoutingWireTest, LoadBalancersComeBeforeBuckets) {
  const Reply reply = Request("GET", "/", "", {{"Host", "app-0123456789.us-east-1.elb.localhost:4566"}});
  EXPECT_EQ(reply.status, 503) << "there is no such load balancer";
  EXPECT_EQ(reply.Header("Server"), "awselb/2.0");
}

TEST_F(RoutingWireTest, AbsentServicesAreNamedInTheirClientsProtocol) {
  const Reply lambda = Request("GET", "/2015-03-31/functions", "", {Signed("lambda")});
  EXPECT_EQ(lambda.status, 501);
  EXPECT_EQ(lambda.Header("x-amzn-ErrorType"), "NotImplemented");
  EXPECT_EQ(lambda.Json()["message"], "The service lambda is not part of this server.");
  EXPECT_EQ(Json("Kinesis_20131202.ListStreams", "{}", "1.1").Json()["message"],
            "The service kinesis is not part of this server.");
  EXPECT_EQ(Json("AmazonSSM.GetParameter", "{}", "1.1").Json()["message"],
            "The service ssm is not part of this server.");
  EXPECT_THAT(Query("Action=ListStacks&Version=2010-05-15").body,
              ::testing::HasSubstr("The service cloudformation is not"));
  EXPECT_THAT(Query("Action=ListUsers&Version=2010-05-08").body, ::testing::HasSubstr("ListUsers"))
      << "IAM is here, but not that";
}

}  // namespace
}  // namespace cumulite::testing
