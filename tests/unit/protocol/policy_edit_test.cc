#include "protocol/policy_edit.h"

#include <gtest/gtest.h>

#include <vector>

namespace cumulite::protocol {
namespace {

constexpr std::string_view kArn = "arn:aws:sqs:us-east-1:000000000000:q";
const std::vector<std::string> kOneAccount{"111111111111"};
const std::vector<std::string> kOneAction{"SQS:ReceiveMessage"};

TEST(PolicyEditTest, FirstStatementMakesTheDocumentThatAwsMakes) {
  EXPECT_EQ(
      AddStatement("", "arn:aws:sqs:us-east-1:000000000000:q/SQSDefaultPolicy",
                   {"crl", kOneAccount, kOneAction, kArn}),
      R"({"Version":"2008-10-17","Id":"arn:aws:sqs:us-east-1:000000000000:q/SQSDefaultPolicy","Statement":[)"
      R"({"Sid":"crl","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111111111111:root"},)"
      R"("Action":"SQS:ReceiveMessage","Resource":"arn:aws:sqs:us-east-1:000000000000:q"}]})");
}

TEST(PolicyEditTest, SeveralAccountsAndActionsAreLists) {
  const std::vector<std::string> accounts{"111111111111", "222222222222"};
  const std::vector<std::string> actions{"SQS:ReceiveMessage", "SQS:SendMessage"};
  const std::string policy = AddStatement("", "id", {"two", accounts, actions, kArn});
  EXPECT_NE(policy.find(R"({"AWS":["arn:aws:iam::111111111111:root","arn:aws:iam::222222222222:root"]})"),
            std::string::npos);
  EXPECT_NE(policy.find(R"("Action":["SQS:ReceiveMessage","SQS:SendMessage"])"), std::string::npos);
}

TEST(PolicyEditTest, RemovingLeavesTheOthersAndTheLastTakesThePolicyAlong) {
  std::string policy = AddStatement("", "id", {"a", kOneAccount, kOneAction, kArn});
  const std::string one = policy;
  policy = AddStatement(policy, "other id", {"b", kOneAccount, kOneAction, kArn});
  EXPECT_TRUE(HasStatement(policy, "b"));
  EXPECT_FALSE(RemoveStatement(policy, "c").has_value());
  EXPECT_EQ(RemoveStatement(policy, "b"), one);
  EXPECT_EQ(RemoveStatement(one, "a"), "");
}

TEST(PolicyEditTest, CompactsObjectsOnly) {
  EXPECT_EQ(CompactJsonObject("{ \"a\" : [ 1 , 2 ] }"), R"({"a":[1,2]})");
  EXPECT_FALSE(CompactJsonObject("[1]"));
  EXPECT_FALSE(CompactJsonObject("{"));
}

}  // namespace
}  // namespace cumulite::protocol
