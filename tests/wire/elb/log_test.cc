#include "protocol/inflate.h"
#include "tests/wire/elb/elb_wire_test.h"

namespace cumulite::testing {
namespace {

/// Access and connection logs in the bucket "logs".
class LogTest : public ElbWireTest {
 protected:
  void SetUp() override {
    ElbWireTest::SetUp();
    EXPECT_EQ(Request("PUT", "/logs", {}, {Signed("s3")}).status, 200);
    const std::string made =
        Do("CreateLoadBalancer", "Name=lb&Subnets.member.1=subnet-aaa&Subnets.member.2=subnet-bbb");
    balancer_ = Text(made, "LoadBalancerArn");
    host_ = Text(made, "DNSName");
    Do("CreateListener", "LoadBalancerArn=" + balancer_ +
                             "&Protocol=HTTP&Port=8099&DefaultActions.member.1.Type=fixed-response"
                             "&DefaultActions.member.1.FixedResponseConfig.StatusCode=418");
  }
  void Configure(config::Settings& settings) override { settings.elb_listen = ""; }

  void Keep(const std::string& kind, const std::string& bucket = "logs") const {
    Do("ModifyLoadBalancerAttributes",
       "LoadBalancerArn=" + balancer_ + "&Attributes.member.1.Key=" + kind +
           ".s3.enabled&Attributes.member.1.Value=true&Attributes.member.2.Key=" + kind +
           ".s3.bucket&Attributes.member.2.Value=" + bucket);
  }
  void Ask() const {
    EXPECT_EQ(Request("GET", "/a?b=1", {}, {{"Host", host_ + ":8099"}, {"User-Agent", "tester"}}).status,
              418);
  }
  void Advance(const std::string& by) const {
    EXPECT_EQ(Request("POST", "/_cumulite/clock", R"({"advance":")" + by + "\"}").status, 200);
  }
  std::vector<std::string> Files() const {
    return Texts(Request("GET", "/logs?list-type=2", {}, {Signed("s3")}).body, "Key");
  }
  std::string Lines(const std::string& key) const {
    std::string lines;
    const Reply reply = Request("GET", "/logs/" + key, {}, {Signed("s3")});
    EXPECT_EQ(protocol::Inflate(protocol::Packing::kGzip, reply.body, 1U << 20U, lines),
              protocol::InflateResult::kOk);
    return lines;
  }

  std::string balancer_;
  std::string host_;
};

TEST_F(LogTest, RequestsAreInTheBucketAfterFiveMinutes) {
  Ask();
  Keep("access_logs");
  Ask();
  Ask();
  EXPECT_THAT(Files(), ::testing::IsEmpty());
  Advance("5m");
  const std::vector<std::string> files = Files();
  ASSERT_EQ(files.size(), 1u);
  EXPECT_THAT(files[0], ::testing::MatchesRegex(
                            "AWSLogs/000000000000/elasticloadbalancing/us-east-1/2026/01/02/"
                            "000000000000_elasticloadbalancing_us-east-1_app\\.lb\\.[0-9a-f]+_20260102T0305Z_"
                            "127\\.0\\.0\\.1_[0-9a-f]+\\.log\\.gz"));
  const std::string lines = Lines(files[0]);
  EXPECT_EQ(std::count(lines.begin(), lines.end(), '\n'), 2) << lines;
  EXPECT_THAT(lines, ::testing::HasSubstr(" 418 - "));
  EXPECT_THAT(lines, ::testing::HasSubstr("\"GET http://" + host_ + ":8099/a?b=1 HTTP/1.1\" \"tester\""));
  EXPECT_THAT(lines, ::testing::HasSubstr("\"fixed-response\""));
  Advance("5m");
  EXPECT_EQ(Files().size(), 1u) << "nothing happened since";
}

TEST_F(LogTest, ConnectionsHaveALogOfTheirOwn) {
  Keep("connection_logs");
  Ask();
  Advance("5m");
  const std::vector<std::string> files = Files();
  ASSERT_EQ(files.size(), 1u);
  EXPECT_THAT(files[0], ::testing::HasSubstr("/conn_log.000000000000_"));
  EXPECT_THAT(Lines(files[0]), ::testing::ContainsRegex(" 127.0.0.1 [0-9]+ 8099 - - - - - - - TID_"));
}

TEST_F(LogTest, ABucketThatIsNotThereCostsTheLinesOnly) {
  Keep("access_logs", "none");
  Ask();
  Advance("5m");
  Ask();
  EXPECT_THAT(Files(), ::testing::IsEmpty());
}

}  // namespace
}  // namespace cumulite::testing
