#include "tests/wire/sns/sns_wire_test.h"

namespace cumulite::testing {
namespace {

class SnsTopicTest : public SnsWireTest {};

TEST_F(SnsTopicTest, CreatingAgainIsTheSameTopicUnlessSomethingDiffers) {
  const std::string arn = CreateTopic("t", {{"DisplayName", "d"}});
  EXPECT_EQ(arn, "arn:aws:sns:us-east-1:000000000000:t");
  EXPECT_EQ(CreateTopic("t"), arn);
  EXPECT_EQ(CreateTopic("t", {{"FifoTopic", "false"}}), arn);
  ExpectError(Call("CreateTopic", {{"Name", "t"}, {"Attributes", {{"DisplayName", "e"}}}}),
              "InvalidParameterException",
              "Invalid parameter: Attributes Reason: Topic already exists with different attributes");
  ExpectError(Call("CreateTopic", {{"Name", "t"}, {"Tags", {{{"Key", "k"}, {"Value", "v"}}}}}),
              "InvalidParameterException",
              "Invalid parameter: Tags Reason: Topic already exists with different tags");
}

TEST_F(SnsTopicTest, NamesAreRefusedInTheWordsOfAws) {
  for (const char* name : {"a b", "a/b", "t.fifo", ".fifo", ""}) {
    ExpectError(Call("CreateTopic", {{"Name", name}}), "InvalidParameterException",
                "Invalid parameter: Topic Name");
  }
  ExpectError(Call("CreateTopic", {{"Name", "t"}, {"Attributes", {{"FifoTopic", "true"}}}}),
              "InvalidParameterException", "Invalid parameter: Topic Name");
}

TEST_F(SnsTopicTest, AttributesSurviveARestart) {
  const std::string arn =
      CreateTopic("f.fifo", {{"FifoTopic", "true"}, {"ContentBasedDeduplication", "TRUE"}});
  Do("SetTopicAttributes",
     {{"TopicArn", arn}, {"AttributeName", "DisplayName"}, {"AttributeValue", "shown"}});
  RestartServer();
  const json attributes = Do("GetTopicAttributes", {{"TopicArn", arn}})["Attributes"];
  EXPECT_EQ(attributes["FifoTopic"], "true");
  EXPECT_EQ(attributes["ContentBasedDeduplication"], "true");
  EXPECT_EQ(attributes["DisplayName"], "shown");
  EXPECT_EQ(attributes["SubscriptionsConfirmed"], "0");
  EXPECT_EQ(json::parse(attributes["Policy"].get<std::string>())["Id"], "__default_policy_ID");
}

TEST_F(SnsTopicTest, ArnsAreRefusedInTheWordsOfAws) {
  const std::string arn = CreateTopic("t");
  ExpectError(Call("GetTopicAttributes", {{"TopicArn", ""}}), "InvalidParameterException",
              "Invalid parameter: TopicArn Reason: An ARN must have at least 6 elements, not 1");
  ExpectError(Call("GetTopicAttributes", {{"TopicArn", arn + "x"}}), "NotFoundException",
              "Topic does not exist", 404);
  ExpectError(Call("GetTopicAttributes", {{"TopicArn", "arn:aws:sns:eu-west-1:000000000000:t"}}),
              "InvalidParameterException", "Invalid parameter: TopicArn");
  EXPECT_EQ(Call("DeleteTopic", {{"TopicArn", arn + "x"}}).status, 200);
}

TEST_F(SnsTopicTest, QueryErrorsAreXmlOfTheService) {
  const Reply reply = Query("Action=GetTopicAttributes&Version=2010-03-31&TopicArn=x");
  EXPECT_EQ(reply.status, 400);
  EXPECT_NE(
      reply.body.find("<ErrorResponse xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><Error><Type>Sender"
                      "</Type><Code>InvalidParameter</Code><Message>Invalid parameter: TopicArn Reason: "),
      std::string::npos)
      << reply.body;
}

TEST_F(SnsTopicTest, ListsHaveAHundredAPage) {
  for (int i = 0; i < 101; ++i) CreateTopic("t" + std::to_string(i));
  const json first = Do("ListTopics", json::object());
  EXPECT_EQ(first["Topics"].size(), 100u);
  const json second = Do("ListTopics", {{"NextToken", first["NextToken"]}});
  EXPECT_EQ(second["Topics"].size(), 1u);
  EXPECT_FALSE(second.contains("NextToken"));
}

TEST_F(SnsTopicTest, PermissionsAreStatementsOfThePolicy) {
  const std::string arn = CreateTopic("t");
  const json permission = {{"TopicArn", arn},
                           {"Label", "l"},
                           {"AWSAccountId", {"111111111111"}},
                           {"ActionName", {"Publish", "Subscribe"}}};
  Do("AddPermission", permission);
  ExpectError(Call("AddPermission", permission), "InvalidParameterException",
              "Invalid parameter: Statement already exists");
  const std::string policy = Do("GetTopicAttributes", {{"TopicArn", arn}})["Attributes"]["Policy"];
  const json statement = json::parse(policy)["Statement"][1];
  EXPECT_EQ(statement["Principal"]["AWS"], "arn:aws:iam::111111111111:root");
  EXPECT_EQ(statement["Action"], json({"SNS:Publish", "SNS:Subscribe"}));
  Do("RemovePermission", {{"TopicArn", arn}, {"Label", "l"}});
  const std::string removed = Do("GetTopicAttributes", {{"TopicArn", arn}})["Attributes"]["Policy"];
  EXPECT_EQ(json::parse(removed)["Statement"].size(), 1u);
}

TEST_F(SnsTopicTest, TagsMergeAndGoWithTheTopic) {
  const std::string arn = CreateTopic("t");
  Do("TagResource",
     {{"ResourceArn", arn}, {"Tags", {{{"Key", "a"}, {"Value", "1"}}, {{"Key", "b"}, {"Value", ""}}}}});
  Do("UntagResource", {{"ResourceArn", arn}, {"TagKeys", {"a", "z"}}});
  EXPECT_EQ(Do("ListTagsForResource", {{"ResourceArn", arn}})["Tags"], json({{{"Key", "b"}, {"Value", ""}}}));
  ExpectError(
      Call("TagResource", {{"ResourceArn", arn},
                           {"Tags", {{{"Key", "a"}, {"Value", "1"}}, {{"Key", "a"}, {"Value", "2"}}}}}),
      "InvalidParameterException", "Invalid parameter: Duplicated keys are not allowed.");
  Do("DeleteTopic", {{"TopicArn", arn}});
  CreateTopic("t");
  EXPECT_EQ(Do("ListTagsForResource", {{"ResourceArn", arn}})["Tags"], json::array());
}

}  // namespace
}  // namespace cumulite::testing
