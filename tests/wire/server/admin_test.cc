#include "tests/support/wire/signer.h"
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

TEST_F(AdminWireTest, ClockMovesForward) {
  const auto before = Request("GET", "/_cumulite/clock").Json()["now_ms"].get<std::int64_t>();
  EXPECT_EQ(Request("POST", "/_cumulite/clock", R"({"advance":"1h30m"})").status, 200);
  EXPECT_EQ(Request("POST", "/_cumulite/clock", R"({"advance":15})").status, 200);
  EXPECT_EQ(Request("GET", "/_cumulite/clock").Json()["now_ms"], before + 5'415'000);
}

TEST_F(AdminWireTest, TheClocksOffsetIsKeptWithTheData) {
  EXPECT_EQ(Request("POST", "/_cumulite/clock", R"({"advance":"1h"})").status, 200);
  const auto now = Request("GET", "/_cumulite/clock").Json()["now_ms"];
  clock_.TakeBack();
  RestartServer();
  EXPECT_EQ(Request("GET", "/_cumulite/clock").Json()["now_ms"], now);
  EXPECT_EQ(Request("POST", "/_cumulite/clock", R"({"freeze":true})").Json()["frozen"], true);
  clock_.TakeBack();
  RestartServer();
  EXPECT_EQ(Request("GET", "/_cumulite/clock").Json()["frozen"], true);
  EXPECT_EQ(Request("GET", "/_cumulite/clock").Json()["now_ms"], now);
  EXPECT_EQ(Request("POST", "/_cumulite/clock", R"({"resume":true})").Json()["frozen"], false);
  EXPECT_EQ(Request("POST", "/_cumulite/clock", R"({"reset":true})").Json()["offset_ms"], 0);
  RestartServer();
  EXPECT_EQ(Request("GET", "/_cumulite/clock").Json()["offset_ms"], 0);
}

TEST_F(AdminWireTest, TimeEndsWithTheYear9999) {
  EXPECT_EQ(Request("POST", "/_cumulite/clock", R"({"advance":"2920000d"})").status, 400);
  EXPECT_EQ(Request("POST", "/_cumulite/clock", R"({"advance":"2900000d"})").status, 200);
  EXPECT_EQ(Request("POST", "/_cumulite/clock", R"({"advance":"20000d"})").status, 400);
  EXPECT_EQ(Json("AmazonSQS.ListQueues", "{}").status, 200);
}

TEST_F(AdminWireTest, AResetThatIsNotUnderstoodTakesNothing) {
  ASSERT_EQ(Request("PUT", "/kept").status, 200);
  for (const char* query : {"?Service=s3", "?service=s3&service=sqs", "?service=", "?acount=000000000000",
                            "?account=12", "?region=", "?all", "?service=s3&x=1", "?service=%zz"}) {
    EXPECT_EQ(Request("POST", std::string("/_cumulite/reset") + query).status, 400) << query;
  }
  EXPECT_EQ(Request("POST", "/_cumulite/reset", R"({"service":"sqs"})").status, 400);
  EXPECT_EQ(Request("HEAD", "/kept").status, 200);
}

TEST_F(AdminWireTest, AResetTakesServiceAccountAndRegionInAnyCombination) {
  const auto create = [&](const char* account, const char* region) {
    EXPECT_EQ(Request("POST", "/", R"({"QueueName":"q"})",
                      {Signed("sqs", region, account),
                       {"X-Amz-Target", "AmazonSQS.CreateQueue"},
                       {"Content-Type", "application/x-amz-json-1.0"}})
                  .status,
              200);
  };
  const auto has = [&](const char* account, const char* region) {
    return Request("POST", "/", R"({"QueueName":"q"})",
                   {Signed("sqs", region, account),
                    {"X-Amz-Target", "AmazonSQS.GetQueueUrl"},
                    {"Content-Type", "application/x-amz-json-1.0"}})
               .status == 200;
  };
  for (const char* account : {"111111111111", "222222222222"}) {
    for (const char* region : {"us-east-1", "eu-west-1"}) create(account, region);
  }
  ASSERT_EQ(Request("PUT", "/east", "", {Signed("s3", "us-east-1", "111111111111")}).status, 200);
  EXPECT_EQ(Request("POST", "/_cumulite/reset?account=111111111111&region=eu-west-1").status, 200);
  EXPECT_FALSE(has("111111111111", "eu-west-1"));
  EXPECT_TRUE(has("111111111111", "us-east-1"));
  EXPECT_TRUE(has("222222222222", "eu-west-1"));
  EXPECT_EQ(Request("HEAD", "/east", "", {Signed("s3", "us-east-1", "111111111111")}).status, 200);
  EXPECT_EQ(Request("POST", "/_cumulite/reset?region=us-east-1&service=sqs").status, 200);
  EXPECT_FALSE(has("222222222222", "us-east-1"));
  EXPECT_TRUE(has("222222222222", "eu-west-1"));
  EXPECT_EQ(Request("HEAD", "/east", "", {Signed("s3", "us-east-1", "111111111111")}).status, 200);
}

TEST_F(AdminWireTest, HostsThatAPageCouldHaveReboundAreRefused) {
  for (const char* host : {"evil.example", "localhost.evil.example", "10.0.0.1.nip.io:4566", "a.b"}) {
    EXPECT_EQ(Request("GET", "/_cumulite/health", "", {{"Host", host}}).status, 403) << host;
    EXPECT_EQ(Request("POST", "/_localstack/state/reset", "", {{"Host", host}}).status, 403) << host;
  }
  for (const char* host : {"localhost:4566", "127.0.0.1", "10.1.2.3:80", "[::1]:4566", "cumulite",
                           "Cumulite:4566", "sqs.localhost", "box.local", "host.docker.internal:4566",
                           "a.test", "s3.us-east-1.amazonaws.com", "localhost.localstack.cloud"}) {
    EXPECT_EQ(Request("GET", "/_cumulite/health", "", {{"Host", host}}).status, 200) << host;
  }
}

class AllowHostTest : public WireTest {
  void Configure(config::Settings& settings) override {
    settings.allow_host = {"aws.example"};
    settings.base_hosts = {"dev.example"};
  }
};

TEST_F(AllowHostTest, ConfiguredNamesAreOurs) {
  const auto status = [&](const char* host) {
    return Request("GET", "/_cumulite/health", "", {{"Host", host}}).status;
  };
  EXPECT_EQ(status("aws.example:4566"), 200);
  EXPECT_EQ(status("sqs.dev.example"), 200);
  EXPECT_EQ(status("x.aws.example"), 403);
}

TEST_F(AdminWireTest, ItListsWhatItAnswers) {
  const Reply reply = Request("GET", "/_cumulite/");
  EXPECT_EQ(reply.status, 200);
  EXPECT_TRUE(reply.Json().contains("POST /_cumulite/reset"));
}

class StrictAdminTest : public WireTest {
  void Configure(config::Settings& settings) override {
    settings.auth = config::Auth::kStrict;
    settings.credential = {{"AKIDEXAMPLE", "secret", "", ""}};
    settings.admin_token = "open sesame";
  }
};

TEST_F(StrictAdminTest, StrictModeAsksForTheTokenOrASignature) {
  EXPECT_EQ(Request("GET", "/_cumulite/health").status, 200);
  EXPECT_EQ(Request("GET", "/_localstack/health").status, 200);
  EXPECT_EQ(Request("GET", "/_cumulite/metrics").status, 403);
  EXPECT_EQ(Request("POST", "/_cumulite/reset").status, 403);
  EXPECT_EQ(Request("POST", "/_cumulite/reset", "", {{"Authorization", "Bearer open"}}).status, 403);
  EXPECT_EQ(Request("POST", "/_cumulite/reset", "", {{"Authorization", "Bearer open sesame"}}).status, 200);
  const Signer signer{.access_key = "AKIDEXAMPLE", .secret = "secret", .service = "cumulite"};
  EXPECT_EQ(Request("GET", "/_cumulite/metrics", "", signer.Sign("GET", "/_cumulite/metrics", "", {})).status,
            200);
  const Signer wrong{.access_key = "AKIDEXAMPLE", .secret = "guessed", .service = "cumulite"};
  EXPECT_EQ(Request("GET", "/_cumulite/metrics", "", wrong.Sign("GET", "/_cumulite/metrics", "", {})).status,
            403);
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
