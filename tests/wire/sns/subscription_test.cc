#include "tests/wire/sns/sns_wire_test.h"

namespace cumulite::testing {
namespace {

constexpr const char* kQueue = "arn:aws:sqs:us-east-1:000000000000:q";

class SnsSubscriptionTest : public SnsWireTest {};

TEST_F(SnsSubscriptionTest, EndpointsAreCheckedByProtocol) {
  const std::string arn = CreateTopic("t");
  const auto refused = [&](const char* protocol, const char* endpoint, const std::string& message) {
    ExpectError(Call("Subscribe", {{"TopicArn", arn}, {"Protocol", protocol}, {"Endpoint", endpoint}}),
                "InvalidParameterException", message);
  };
  refused("test-protocol", "x",
          "Invalid parameter: Amazon SNS does not support this protocol string: test-protocol");
  refused("sqs", "http://localhost/q", "Invalid parameter: SQS endpoint ARN");
  refused("sqs", "arn:aws:sqs:us-east-1:000000000000:q.fifo",
          "Invalid parameter: Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to "
          "standard "
          "SNS topics");
  for (const char* number : {"+15--55", "abc", "/123", "123."}) {
    refused("sms", number, std::string("Invalid SMS endpoint: ") + number);
  }
  Subscribe(arn, "sms", "+12/34-567.890");
}

TEST_F(SnsSubscriptionTest, SubscribingAgainGivesTheSameArnUnlessAttributesDiffer) {
  const std::string topic = CreateTopic("t");
  const std::string arn = Subscribe(topic, "sqs", kQueue);
  EXPECT_EQ(Subscribe(topic, "sqs", kQueue, {{"RawMessageDelivery", "false"}}), arn);
  ExpectError(Call("Subscribe", {{"TopicArn", topic},
                                 {"Protocol", "sqs"},
                                 {"Endpoint", kQueue},
                                 {"Attributes", {{"RawMessageDelivery", "true"}}}}),
              "InvalidParameterException",
              "Invalid parameter: Attributes Reason: Subscription already exists with different attributes");
}

TEST_F(SnsSubscriptionTest, FilterPolicyScopeIsShownWithAPolicyOnly) {
  const std::string arn = Subscribe(CreateTopic("t"), "sqs", kQueue);
  const auto set = [&](const char* name, const char* value) {
    return Call("SetSubscriptionAttributes",
                {{"SubscriptionArn", arn}, {"AttributeName", name}, {"AttributeValue", value}});
  };
  const auto get = [&] { return Do("GetSubscriptionAttributes", {{"SubscriptionArn", arn}})["Attributes"]; };
  EXPECT_EQ(set("FilterPolicyScope", "MessageBody").status, 200);
  EXPECT_FALSE(get().contains("FilterPolicyScope"));
  EXPECT_EQ(set("FilterPolicy", R"({"a":{"b":["c"]}})").status, 200);
  EXPECT_EQ(get()["FilterPolicyScope"], "MessageBody");
  ExpectError(
      set("FilterPolicyScope", "RandomValue"), "InvalidParameterException",
      "Invalid parameter: FilterPolicyScope: Invalid value [RandomValue]. Please use either MessageBody or "
      "MessageAttributes");
  ExpectError(set("Wrong", "x"), "InvalidParameterException", "Invalid parameter: AttributeName");
  EXPECT_EQ(set("FilterPolicy", "").status, 200);
  EXPECT_FALSE(get().contains("FilterPolicy"));
  EXPECT_FALSE(get().contains("FilterPolicyScope"));
}

TEST_F(SnsSubscriptionTest, PendingOnesAreConfirmedByTheirTokenOnly) {
  const std::string topic = CreateTopic("t");
  const json pending = Do("Subscribe", {{"TopicArn", topic}, {"Protocol", "email"}, {"Endpoint", "a@b.c"}});
  EXPECT_EQ(pending["SubscriptionArn"], "pending confirmation");
  EXPECT_EQ(Do("ListSubscriptions", json::object())["Subscriptions"][0]["SubscriptionArn"],
            "PendingConfirmation");
  const auto confirm = [&](const std::string& token) {
    return Request("GET", "/?Action=ConfirmSubscription&TopicArn=" + topic + "&Token=" + token);
  };
  EXPECT_NE(confirm("x").body.find("<Message>Invalid token</Message>"), std::string::npos);
  const std::string unknown = "2336412f37" + std::string(96, 'a');
  EXPECT_NE(confirm(unknown).body.find("<Message>Invalid parameter: Token</Message>"), std::string::npos);
}

TEST_F(SnsSubscriptionTest, UnsubscribingTwiceIsFineAndTheTopicCounts) {
  const std::string topic = CreateTopic("t");
  const std::string arn = Subscribe(topic, "sqs", kQueue);
  Do("Unsubscribe", {{"SubscriptionArn", arn}});
  Do("Unsubscribe", {{"SubscriptionArn", arn}});
  ExpectError(Call("Unsubscribe", {{"SubscriptionArn", topic}}), "InvalidParameterException",
              "Invalid parameter: SubscriptionId");
  ExpectError(Call("Unsubscribe", json::object()), "InvalidParameterException",
              "Invalid parameter: SubscriptionArn Reason: no value for required parameter");
  ExpectError(Call("GetSubscriptionAttributes", {{"SubscriptionArn", arn}}), "NotFoundException",
              "Subscription does not exist", 404);
  const json attributes = Do("GetTopicAttributes", {{"TopicArn", topic}})["Attributes"];
  EXPECT_EQ(attributes["SubscriptionsConfirmed"], "0");
  EXPECT_EQ(attributes["SubscriptionsDeleted"], "1");
}

}  // namespace
}  // namespace cumulite::testing
