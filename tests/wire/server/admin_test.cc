#include "tests/support/wire/wire_test.h"

namespace cumulite::testing {
namespace {

using AdminWireTest = WireTest;

TEST_F(AdminWireTest, HealthNamesEveryService) {
  const Reply reply = Request("GET", "/_cumulite/health");
  EXPECT_EQ(reply.Header("Content-Type"), "application/json");
  EXPECT_EQ(reply.Json()["status"], "ok");
  for (const char* service : {"s3", "sqs", "sts"}) EXPECT_EQ(reply.Json()["services"][service], "running");
}

TEST_F(AdminWireTest, LocalStackShapesAreThere) {
  const Reply health = Request("GET", "/_localstack/health");
  EXPECT_EQ(health.Json()["edition"], "community");
  EXPECT_EQ(health.Json()["services"]["s3"], "running");
  EXPECT_TRUE(health.Json()["version"].is_string());
  EXPECT_EQ(Request("GET", "/_localstack/init").Json()["completed"]["READY"], true);
  EXPECT_EQ(Request("GET", "/_localstack/info").Json()["edition"], "community");
}

TEST_F(AdminWireTest, ClockMovesForwardOnly) {
  const auto before = Request("GET", "/_cumulite/clock").Json()["now_ms"].get<std::int64_t>();
  EXPECT_EQ(Request("POST", "/_cumulite/clock", R"({"advance":"1h30m"})").status, 200);
  EXPECT_EQ(Request("POST", "/_cumulite/clock", R"({"advance":15})").status, 200);
  EXPECT_EQ(Request("GET", "/_cumulite/clock").Json()["now_ms"], before + 5'415'000);
}

TEST_F(AdminWireTest, NonsenseIsRefusedAndMovesNothing) {
  for (const std::string body :
       {"", "{}", "[]", R"({"advance":[1]})", R"({"advance":{"s":1}})", R"({"advance":"-1s"})",
        R"({"advance":"1y"})", R"({"advance":-5})", R"({"advance":"9999999999999999d"})",
        R"({"advance":"1s","x":1})", "{\"advance\":"}) {
    EXPECT_EQ(Request("POST", "/_cumulite/clock", body).status, 400) << body;
  }
  const std::string deep(30'000, '[');
  EXPECT_EQ(Request("POST", "/_cumulite/clock", "{\"advance\":" + deep + std::string(deep.size(), ']') + "}")
                .status,
            400);
  EXPECT_EQ(Request("GET", "/_cumulite/clock").Json()["offset_ms"], 0);
}

TEST_F(AdminWireTest, PagesOfOtherOriginsAreRefused) {
  EXPECT_EQ(Request("POST", "/_cumulite/reset", "", {{"Origin", "http://evil.example"}}).status, 403);
  EXPECT_EQ(Request("GET", "/_cumulite/health", "", {{"Origin", "null"}}).status, 403);
  EXPECT_EQ(
      Request("GET", "/_cumulite/health", "", {{"Host", "me:4566"}, {"Origin", "http://me:4566"}}).status,
      200);
}

TEST_F(AdminWireTest, UnknownResourcesAndMethodsAre404) {
  EXPECT_EQ(Request("GET", "/_cumulite/nothing").status, 404);
  EXPECT_EQ(Request("DELETE", "/_cumulite/health").status, 404);
  EXPECT_EQ(Request("POST", "/_cumulite/reset?service=nothing").status, 404);
}

TEST_F(AdminWireTest, ResetDropsWhatWasStored) {
  ASSERT_EQ(Request("PUT", "/kept-no-more").status, 200);
  EXPECT_EQ(Request("POST", "/_cumulite/reset?service=sqs").status, 200);
  EXPECT_EQ(Request("HEAD", "/kept-no-more").status, 200) << "another service's reset";
  for (const char* query : {"Service=s3", "services=s3", "service=s3&x=1", "service=%zz"}) {
    EXPECT_EQ(Request("POST", std::string("/_cumulite/reset?") + query).status, 400) << query;
    EXPECT_EQ(Request("HEAD", "/kept-no-more").status, 200) << "a misspelt reset takes nothing";
  }
  for (const char* path : {"/_cumulite/reset", "/_localstack/state/reset", "/moto-api/reset"}) {
    EXPECT_EQ(Request("POST", path).status, 200) << path;
    EXPECT_EQ(Request("HEAD", "/kept-no-more").status, 404);
    ASSERT_EQ(Request("PUT", "/kept-no-more").status, 200);
  }
}

TEST_F(AdminWireTest, MetricsCountRequestsByServiceAndOperation) {
  Request("PUT", "/counted");
  Request("HEAD", "/missing-bucket");
  const std::string text = Request("GET", "/_cumulite/metrics").body;
  EXPECT_NE(text.find(R"(cumulite_requests_total{service="s3",operation="CreateBucket",status="2xx"} 1)"),
            std::string::npos);
  EXPECT_NE(text.find(R"(cumulite_requests_total{service="s3",operation="HeadBucket",status="4xx"} 1)"),
            std::string::npos);
  for (const char* name :
       {"cumulite_connections ", "cumulite_request_duration_seconds_bucket{service=\"s3\"",
        "cumulite_writer_queue_depth{service=\"s3\"}", "cumulite_database_bytes{service=\"s3\"}"}) {
    EXPECT_NE(text.find(name), std::string::npos) << name;
  }
}

}  // namespace
}  // namespace cumulite::testing
