#include "services/elb/proxy/request_log.h"

namespace cumulite::elb::proxy {
namespace {
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr base::TimePoint kTime{milliseconds(1'530'570'180'186)};  // 2018-07-02T22:23:00.186Z

RequestRecord Forwarded() {
  RequestRecord record;
  record.type = "http";
  record.load_balancer = "app/my-loadbalancer/50dc6c495c0c9188";
  record.client = "192.168.131.39:2817";
  record.request = "GET http://www.example.com:80/ HTTP/1.1";
  record.user_agent = "curl/7.46.0";
  record.trace_id = "Root=1-58337262-36d228ad5d99923122bbe354";
  record.connection_id = "TID_1";
  record.received_bytes = 34;
  record.created = kTime - milliseconds(186);
  record.began = RequestRecord::Steady(seconds(10));
  record.priority = 0;
  record.actions = "forward";
  record.target = "10.0.0.1:80";
  record.target_group = "arn:tg";
  record.sent = record.began + milliseconds(2);
  record.answered = record.sent + milliseconds(48);
  record.target_status = 200;
  record.status = 200;
  record.sent_bytes = 366;
  return record;
}

TEST(RequestLogTest, ALineHasAllFieldsInAwssOrder) {
  const RequestRecord record = Forwarded();
  EXPECT_EQ(FormatAccess(record, kTime, record.answered + milliseconds(1)),
            "http 2018-07-02T22:23:00.186000Z app/my-loadbalancer/50dc6c495c0c9188 192.168.131.39:2817 "
            "10.0.0.1:80 0.002 0.048 0.001 200 200 34 366 \"GET http://www.example.com:80/ HTTP/1.1\" "
            "\"curl/7.46.0\" - - arn:tg \"Root=1-58337262-36d228ad5d99923122bbe354\" \"-\" \"-\" 0 "
            "2018-07-02T22:23:00.000000Z \"forward\" \"-\" \"-\" \"10.0.0.1:80\" \"200\" \"-\" \"-\" TID_1");
}

TEST(RequestLogTest, ATargetThatNeverAnsweredHasNoTimes) {
  RequestRecord record = Forwarded();
  record.answered = {};
  record.target_status = 0;
  record.status = 504;
  EXPECT_THAT(FormatAccess(record, kTime, record.sent + seconds(60)),
              testing::AllOf(testing::HasSubstr(" 10.0.0.1:80 0.002 -1 -1 504 - 34 "),
                             testing::HasSubstr(" \"10.0.0.1:80\" \"-\" \"-\" \"-\" TID_1")));
}

TEST(RequestLogTest, WhatTheLoadBalancerAnswersItselfHasNoTarget) {
  RequestRecord record = Forwarded();
  record.target.clear();
  record.target_group.clear();
  record.target_status = 0;
  record.actions = "redirect";
  record.redirect_url = "https://www.example.com:443/";
  EXPECT_THAT(
      FormatAccess(record, kTime, record.began),
      testing::AllOf(testing::HasSubstr(":2817 - -1 -1 -1 200 - "),
                     testing::HasSubstr("\"redirect\" \"https://www.example.com:443/\" \"-\" \"-\" ")));
}

TEST(RequestLogTest, NothingThatAClientSendsEndsAFieldOrALine) {
  RequestRecord record = Forwarded();
  record.user_agent = "a\" 200\\\n\x7f";
  EXPECT_THAT(FormatAccess(record, kTime, record.began),
              testing::HasSubstr(R"("a\x22 200\x5C\x0A\x7F" - - )"));
}

TEST(RequestLogTest, AConnectionWithoutTlsIsMostlyDashes) {
  protocol::ConnectionInfo connection;
  connection.peer_address = "203.0.113.1";
  connection.peer_port = 36280;
  Listener listener;
  listener.port = 80;
  EXPECT_EQ(
      FormatConnection(connection, listener, kTime),
      "2018-07-02T22:23:00.186000Z 203.0.113.1 36280 80 - - - - - - - " + ConnectionTraceId(connection));
  EXPECT_THAT(ConnectionTraceId(connection), testing::MatchesRegex("TID_[0-9a-f]+"));
}

}  // namespace
}  // namespace cumulite::elb::proxy
