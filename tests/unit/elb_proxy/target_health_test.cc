#include "services/elb/proxy/target_health.h"

#include <gtest/gtest.h>

namespace cumulite::elb::proxy {
namespace {
using Kind = CheckResult::Kind;
using State = TargetHealthMachine::State;

class TargetHealthTest : public testing::Test {
 protected:
  State Record(Kind kind, int code = 0) {
    machine_.Record({kind, code}, settings_);
    return machine_.state();
  }

  const HealthCheck settings_{.healthy_threshold = 3, .unhealthy_threshold = 2};
  TargetHealthMachine machine_;
};

TEST_F(TargetHealthTest, RegistrationThenTheFirstCheck) {
  EXPECT_EQ(machine_.reason(), "Elb.RegistrationInProgress");
  EXPECT_EQ(machine_.description(), "Target registration is in progress");
  machine_.CheckBegins();
  EXPECT_EQ(machine_.reason(), "Elb.InitialHealthChecking");
  EXPECT_EQ(machine_.description(), "Initial health checks in progress");
  EXPECT_EQ(Record(Kind::kPassed), State::kHealthy) << "one passed check is enough";
  EXPECT_EQ(machine_.reason(), "");
  EXPECT_EQ(machine_.description(), "");
}

TEST_F(TargetHealthTest, InitialBecomesUnhealthyAfterTheThreshold) {
  EXPECT_EQ(Record(Kind::kFailed), State::kInitial);
  EXPECT_EQ(Record(Kind::kFailed), State::kUnhealthy);
  EXPECT_EQ(machine_.reason(), "Target.FailedHealthChecks");
  EXPECT_EQ(machine_.description(), "Health checks failed");
}

TEST_F(TargetHealthTest, EachChangeTakesItsThresholdInARow) {
  Record(Kind::kPassed);
  EXPECT_EQ(Record(Kind::kFailed), State::kHealthy);
  EXPECT_EQ(Record(Kind::kPassed), State::kHealthy);
  EXPECT_EQ(Record(Kind::kFailed), State::kHealthy) << "not in a row";
  EXPECT_EQ(Record(Kind::kTimedOut), State::kUnhealthy);
  EXPECT_EQ(Record(Kind::kPassed), State::kUnhealthy);
  EXPECT_EQ(Record(Kind::kPassed), State::kUnhealthy);
  EXPECT_EQ(Record(Kind::kFailed), State::kUnhealthy);
  EXPECT_EQ(Record(Kind::kPassed), State::kUnhealthy);
  EXPECT_EQ(Record(Kind::kPassed), State::kUnhealthy);
  EXPECT_EQ(Record(Kind::kPassed), State::kHealthy);
}

TEST_F(TargetHealthTest, Reasons) {
  Record(Kind::kFailed);
  Record(Kind::kMismatch, 404);
  EXPECT_EQ(machine_.reason(), "Target.ResponseCodeMismatch");
  EXPECT_EQ(machine_.description(), "Health checks failed with these codes: [404]");
  Record(Kind::kTimedOut);
  EXPECT_EQ(machine_.reason(), "Target.Timeout");
  EXPECT_EQ(machine_.description(), "Request timed out");
  Record(Kind::kInternalError);
  EXPECT_EQ(machine_.reason(), "Elb.InternalError");
}

TEST(CodeMatcherTest, ListsAndRanges) {
  const CodeMatcher matcher("200,202,300-399");
  for (const int code : {200, 202, 300, 350, 399}) EXPECT_TRUE(matcher.Matches(code)) << code;
  for (const int code : {201, 299, 400, 0, -1}) EXPECT_FALSE(matcher.Matches(code)) << code;
}

}  // namespace
}  // namespace cumulite::elb::proxy
