#include "services/sqs/redrive_policy.h"

#include <gtest/gtest.h>

#include "services/sqs/errors.h"

namespace cumulite::sqs {
namespace {

const std::string kArn = "arn:aws:sqs:us-east-1:000000000000:d";

std::string Policy(const std::string& count) {
  return std::string(R"({"deadLetterTargetArn":")") + kArn + R"(","maxReceiveCount":)" + count + "}";
}

TEST(RedrivePolicyTest, CountIsANumberOrItsDigits) {
  for (const char* count : {"5", R"("5")"}) {
    const RedrivePolicy policy = ParseRedrivePolicy(Policy(count));
    EXPECT_EQ(policy.dead_letter_arn, kArn);
    EXPECT_EQ(policy.max_receive_count, 5u);
    EXPECT_EQ(Format(policy), Policy("5"));
  }
  EXPECT_NO_THROW(ParseRedrivePolicy(Policy("1000")));
  for (const char* count :
       {"0", "1001", "-1", "2.5", "\"\"", "\"x\"", "\"5 \"", "null", "[]", "true", "99999999999999999999"}) {
    EXPECT_THROW(ParseRedrivePolicy(Policy(count)), AwsError) << count;
  }
}

TEST(RedrivePolicyTest, BothMembersAndNoOthersAreWanted) {
  for (const std::string& policy :
       {std::string(""), std::string("{}"), std::string("[]"), std::string("null"), std::string("{"),
        std::string(R"({"maxReceiveCount":5})"), std::string(R"({"deadLetterTargetArn":")") + kArn + "\"}",
        std::string(R"({"deadLetterTargetArn":"x","maxReceiveCount":5})"),
        std::string(R"({"deadLetterTargetArn":5,"maxReceiveCount":5})"), Policy("5,\"x\":1")}) {
    EXPECT_THROW(ParseRedrivePolicy(policy), AwsError) << policy;
  }
}

TEST(RedrivePolicyTest, MissingMembersAreReportedBeforeUnknownOnes) {
  const auto refusal = [](const std::string& policy) {
    try {
      ParseRedrivePolicy(policy);
    } catch (const AwsError& error) {
      return error.message();
    }
    return std::string();
  };
  EXPECT_EQ(
      refusal("{}"),
      "Value {} for parameter RedrivePolicy is invalid. Reason: Redrive policy does not contain mandatory "
      "attribute: maxReceiveCount.");
  const std::string misspelt = R"({"deadLetterQueueARN":"x","maxReceiveCount":5})";
  EXPECT_EQ(refusal(misspelt), "Value " + misspelt +
                                   " for parameter RedrivePolicy is invalid. Reason: Redrive policy does not "
                                   "contain mandatory attribute: deadLetterTargetArn.");
}

TEST(RedriveAllowPolicyTest, AllowsWhatItSays) {
  EXPECT_TRUE(RedriveAllowPolicy{}.Allows(kArn));
  EXPECT_TRUE(ParseRedriveAllowPolicy(R"({"redrivePermission":"allowAll"})").Allows(kArn));
  EXPECT_FALSE(ParseRedriveAllowPolicy(R"({"redrivePermission":"denyAll"})").Allows(kArn));
  const auto by_queue = ParseRedriveAllowPolicy(
      std::string(R"({"redrivePermission":"byQueue","sourceQueueArns":[")") + kArn + "\"]}");
  EXPECT_TRUE(by_queue.Allows(kArn));
  EXPECT_FALSE(by_queue.Allows("arn:aws:sqs:us-east-1:000000000000:other"));
}

TEST(RedriveAllowPolicyTest, SourceQueuesAreNamedForByQueueOnly) {
  std::string eleven;
  for (int i = 0; i < 11; ++i) eleven += std::string(i == 0 ? "\"" : ",\"") + kArn + "\"";
  for (const std::string& policy :
       {std::string("{}"), std::string(R"({"redrivePermission":"some"})"),
        std::string(R"({"redrivePermission":"byQueue"})"),
        std::string(R"({"redrivePermission":"byQueue","sourceQueueArns":[]})"),
        std::string(R"({"redrivePermission":"byQueue","sourceQueueArns":["x"]})"),
        std::string(R"({"redrivePermission":"byQueue","sourceQueueArns":[)") + eleven + "]}",
        std::string(R"({"redrivePermission":"denyAll","sourceQueueArns":[")") + kArn + "\"]}",
        std::string(R"({"redrivePermission":"denyAll","x":1})")}) {
    EXPECT_THROW(ParseRedriveAllowPolicy(policy), AwsError) << policy;
  }
}

}  // namespace
}  // namespace cumulite::sqs
