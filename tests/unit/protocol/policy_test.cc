#include "protocol/policy.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "protocol/policy_condition.h"

namespace cumulite::protocol {
namespace {

constexpr std::string_view kQueue = "arn:aws:sqs:us-east-1:000000000000:q";

PolicyRequest Caller(std::string_view account = "111111111111") {
  static const std::string user = "arn:aws:iam::111111111111:user/ann";
  return {
      .principal = user, .account = account, .service = {}, .action = "sqs:SendMessage", .resource = kQueue};
}

PolicyDecision Evaluate(const std::string& statement, const PolicyRequest& request = Caller()) {
  return Policy::Parse(R"({"Version":"2012-10-17","Statement":[)" + statement + "]}").Evaluate(request);
}

std::string Allow(const std::string& rest) { return R"({"Effect":"Allow","Resource":"*",)" + rest + "}"; }

TEST(PolicyTest, NamesPrincipalsByAccountRootArnServiceAndStar) {
  const auto decide = [](const std::string& principal, const PolicyRequest& request = Caller()) {
    return Evaluate(Allow(R"("Action":"SQS:*","Principal":)" + principal), request);
  };
  EXPECT_EQ(decide(R"("*")"), PolicyDecision::kAllow);
  EXPECT_EQ(decide(R"({"AWS":"*"})"), PolicyDecision::kAllow);
  EXPECT_EQ(decide(R"({"AWS":"111111111111"})"), PolicyDecision::kAllow);
  EXPECT_EQ(decide(R"({"AWS":"arn:aws:iam::222222222222:root"})"), PolicyDecision::kNone);
  EXPECT_EQ(decide(R"({"AWS":["222222222222","arn:aws:iam::111111111111:root"]})"), PolicyDecision::kAllow);
  EXPECT_EQ(decide(R"({"AWS":"arn:aws:iam::111111111111:user/ann"})"), PolicyDecision::kAllow);
  EXPECT_EQ(decide(R"({"AWS":"arn:aws:iam::111111111111:user/bob"})"), PolicyDecision::kNone);
  EXPECT_EQ(decide(R"({"Service":"sns.amazonaws.com"})"), PolicyDecision::kNone);
  EXPECT_EQ(decide(R"({"Service":"*"})"), PolicyDecision::kNone) << "a person is no service";
  PolicyRequest sns = Caller();
  sns.service = "sns.amazonaws.com";
  EXPECT_EQ(decide(R"({"Service":"sns.amazonaws.com"})", sns), PolicyDecision::kAllow);
  PolicyRequest session = Caller();
  session.principal = "arn:aws:sts::111111111111:assumed-role/worker/job-1";
  EXPECT_EQ(decide(R"({"AWS":"arn:aws:iam::111111111111:role/worker"})", session), PolicyDecision::kAllow);
  EXPECT_EQ(decide(R"({"AWS":"arn:aws:iam::222222222222:role/worker"})", session), PolicyDecision::kNone);
}

TEST(PolicyTest, DenyBeatsAllow) {
  const std::string allow = Allow(R"("Action":"*","Principal":"*")");
  const std::string deny = R"({"Effect":"Deny","Action":"sqs:send*","Resource":"*","Principal":"*"})";
  EXPECT_EQ(Evaluate(allow + "," + deny), PolicyDecision::kDeny);
  EXPECT_EQ(Evaluate(deny + "," + allow), PolicyDecision::kDeny);
}

TEST(PolicyTest, ActionAndResourceTakeWildcardsAndNegation) {
  EXPECT_EQ(Evaluate(Allow(R"("Principal":"*","Action":"sqs:Receive*")")), PolicyDecision::kNone);
  EXPECT_EQ(Evaluate(Allow(R"("Principal":"*","NotAction":"sqs:Receive*")")), PolicyDecision::kAllow);
  EXPECT_EQ(Evaluate(R"({"Effect":"Allow","Principal":"*","Action":"*","Resource":"arn:aws:sqs:*:*:q?"})"),
            PolicyDecision::kNone);
  EXPECT_EQ(Evaluate(R"({"Effect":"Allow","Principal":"*","Action":"*","Resource":"arn:aws:sqs:*:*:Q"})"),
            PolicyDecision::kNone)
      << "exact, unlike an Action";
  EXPECT_EQ(
      Evaluate(R"({"Effect":"Allow","NotPrincipal":{"AWS":"222222222222"},"Action":"*","Resource":"*"})"),
      PolicyDecision::kAllow);
}

struct ConditionCase {
  const char* condition;
  bool met;
};

class PolicyConditionTest : public testing::TestWithParam<ConditionCase> {};

TEST_P(PolicyConditionTest, IsMetAsDocumented) {
  PolicyRequest request = Caller();
  request.context = {{"aws:sourcearn", {"arn:aws:sns:us-east-1:000000000000:t"}},
                     {"aws:sourceip", {"10.1.2.3"}},
                     {"aws:securetransport", {"false"}},
                     {"aws:currenttime", {"2026-01-02T03:04:05Z"}},
                     {"s3:max-keys", {"10"}},
                     {"aws:tagkeys", {"a", "b"}}};
  const std::string statement =
      Allow(std::string(R"("Principal":"*","Action":"*","Condition":)") + GetParam().condition);
  EXPECT_EQ(Evaluate(statement, request) == PolicyDecision::kAllow, GetParam().met) << GetParam().condition;
}

INSTANTIATE_TEST_SUITE_P(
    Operators, PolicyConditionTest,
    testing::Values(
        ConditionCase{R"({"ArnEquals":{"aws:SourceArn":"arn:aws:sns:us-east-1:000000000000:t"}})", true},
        ConditionCase{R"({"ArnLike":{"aws:SourceArn":"arn:aws:sns:*:*:t"}})", true},
        ConditionCase{R"({"ArnLike":{"aws:SourceArn":"arn:aws:sns:*:t"}})", false},
        ConditionCase{R"({"ArnLike":{"aws:SourceArn":"arn:aws:sns:us-east-1:*"}})", false},
        ConditionCase{R"({"StringEquals":{"AWS:SourceArn":["x","arn:aws:sns:us-east-1:000000000000:t"]}})",
                      true},
        ConditionCase{R"({"StringNotEquals":{"aws:SourceArn":"x"}})", true},
        ConditionCase{R"({"StringLike":{"aws:SourceArn":"arn:*:t"}})", true},
        ConditionCase{R"({"StringEquals":{"aws:Missing":"x"}})", false},
        ConditionCase{R"({"StringEqualsIfExists":{"aws:Missing":"x"}})", true},
        ConditionCase{R"({"StringNotEquals":{"aws:Missing":"x"}})", true},
        ConditionCase{R"({"Null":{"aws:Missing":"true"}})", true},
        ConditionCase{R"({"Null":{"aws:SourceIp":true}})", false},
        ConditionCase{R"({"IpAddress":{"aws:SourceIp":"10.1.0.0/16"}})", true},
        ConditionCase{R"({"NotIpAddress":{"aws:SourceIp":"10.1.0.0/16"}})", false},
        ConditionCase{R"({"IpAddress":{"aws:SourceIp":"2001:db8::/32"}})", false},
        ConditionCase{R"({"IpAddress":{"aws:SourceIp":"11.0.0.0/8"}})", false},
        ConditionCase{R"({"IpAddress":{"aws:SourceIp":"10.1.2.2/32"}})", false},
        ConditionCase{R"({"IpAddress":{"aws:SourceIp":"::/0"}})", false},
        ConditionCase{R"({"Bool":{"aws:SecureTransport":false}})", true},
        ConditionCase{R"({"DateGreaterThan":{"aws:CurrentTime":"2026-01-01T00:00:00Z"}})", true},
        ConditionCase{R"({"DateLessThan":{"aws:CurrentTime":"2026-01-01T00:00:00Z"}})", false},
        ConditionCase{R"({"DateEquals":{"aws:CurrentTime":"1767323045"}})", true},
        ConditionCase{R"({"DateLessThan":{"aws:CurrentTime":"1767323046"}})", true},
        ConditionCase{R"({"DateLessThan":{"aws:CurrentTime":"1767323045"}})", false},
        ConditionCase{R"({"DateLessThanEquals":{"aws:CurrentTime":"1767323045"}})", true},
        ConditionCase{R"({"DateGreaterThan":{"aws:CurrentTime":"1767323045"}})", false},
        ConditionCase{R"({"DateGreaterThanEquals":{"aws:CurrentTime":"1767323045"}})", true},
        ConditionCase{R"({"NumericLessThan":{"s3:max-keys":10}})", false},
        ConditionCase{R"({"NumericLessThanEquals":{"s3:max-keys":9}})", false},
        ConditionCase{R"({"NumericGreaterThanEquals":{"s3:max-keys":10}})", true},
        ConditionCase{R"({"NumericGreaterThanEquals":{"s3:max-keys":11}})", false},
        ConditionCase{R"({"NumericLessThanEquals":{"s3:max-keys":10}})", true},
        ConditionCase{R"({"NumericGreaterThan":{"s3:max-keys":"10"}})", false},
        ConditionCase{R"({"ForAllValues:StringEquals":{"aws:TagKeys":["a","b","c"]}})", true},
        ConditionCase{R"({"ForAllValues:StringEquals":{"aws:TagKeys":["a"]}})", false},
        ConditionCase{R"({"ForAnyValue:StringEquals":{"aws:TagKeys":["a"]}})", true},
        ConditionCase{R"({"StringMatches":{"aws:SourceIp":"10.1.2.3"}})", false},
        ConditionCase{R"({"StringEquals":{"aws:SourceIp":"10.1.2.3"},"Bool":{"aws:SecureTransport":"true"}})",
                      false}));

TEST(PolicyTest, APolicyOfAResourceNamesPrincipalAndResource) {
  const auto is_of_resource = [](const std::string& statement) {
    return Policy::Parse(R"({"Statement":[)" + statement + "]}").IsOfResource();
  };
  EXPECT_TRUE(is_of_resource(R"({"Effect":"Allow","Action":"*","Principal":"*","Resource":"*"})"));
  EXPECT_FALSE(is_of_resource(R"({"Effect":"Allow","Action":"*","Resource":"*"})"));
  EXPECT_FALSE(is_of_resource(R"({"Effect":"Allow","Action":"*","Principal":"*"})"));
}

TEST(PolicyTest, RefusesWhatIsNoPolicy) {
  for (const char* text : {"", "[]", "{}", "{\"Statement\":5}", "{\"Statement\":[{}]}",
                           R"({"Statement":[{"Effect":"Maybe","Action":"*"}]})",
                           R"({"Version":"2020-01-01","Statement":[]})", R"({"Statment":[]})"}) {
    EXPECT_THROW(Policy::Parse(text), std::invalid_argument) << text;
  }
}

TEST(WildcardTest, StarsDoNotCostExponentialTime) {
  std::string pattern;
  for (int i = 0; i < 50; ++i) pattern += "*a";
  EXPECT_FALSE(MatchesWildcard(pattern + "b", std::string(2'000, 'a')));
  EXPECT_TRUE(MatchesWildcard("a*c?", "abbcd"));
  EXPECT_TRUE(MatchesWildcard("*aab", "aaab")) << "what began to match may begin one later";
  EXPECT_TRUE(MatchesWildcard("*", ""));
}

TEST(PolicyTest, GlobalKeysDescribeTheRequest) {
  PolicyRequest request = Caller();
  AddGlobalKeys(request, base::TimePoint{std::chrono::seconds{1'700'000'000}}, true, "10.0.0.1");
  EXPECT_EQ(request.context["aws:epochtime"], std::vector<std::string>{"1700000000"});
  EXPECT_EQ(request.context["aws:principaltype"], std::vector<std::string>{"User"});
}

}  // namespace
}  // namespace cumulite::protocol
