#include "services/elb/log_delivery.h"

namespace cumulite::elb {
namespace {

TEST(LogKeyTest, IsAsAwsNamesIt) {
  LogFile file;
  file.account = "123456789012";
  file.region = "us-east-2";
  file.load_balancer = "app.my-loadbalancer.1234567890abcdef";
  file.destination = {"logs", "team/alb"};
  const base::TimePoint end{std::chrono::sys_days{std::chrono::May / 7 / 2026} + std::chrono::hours(23) +
                            std::chrono::minutes(40)};
  EXPECT_EQ(LogKey(file, end, "20sg8hgm"),
            "team/alb/AWSLogs/123456789012/elasticloadbalancing/us-east-2/2026/05/07/"
            "123456789012_elasticloadbalancing_us-east-2_app.my-loadbalancer.1234567890abcdef_"
            "20260507T2340Z_127.0.0.1_20sg8hgm.log.gz");
  file.kind = proxy::RequestLog::Kind::kConnection;
  file.destination.prefix.clear();
  EXPECT_THAT(LogKey(file, end, "x"), testing::StartsWith("AWSLogs/123456789012/elasticloadbalancing/"
                                                          "us-east-2/2026/05/07/conn_log.123456789012_"));
}

}  // namespace
}  // namespace cumulite::elb
