// What becomes of a message between its publisher and those who subscribed.
#include "tests/unit/services/sns/sns_fixture.h"

namespace cumulite::sns {
namespace {
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;
using Outcome = services::QueueDelivery::Outcome;

constexpr const char* kTopic = "arn:aws:sns:us-east-1:000000000000:t";
constexpr const char* kFifoTopic = "arn:aws:sns:us-east-1:000000000000:t.fifo";
constexpr const char* kFirst = "arn:aws:sqs:us-east-1:000000000000:first";
constexpr const char* kSecond = "arn:aws:sqs:us-east-1:000000000000:second";
constexpr const char* kFifoQueue = "arn:aws:sqs:us-east-1:000000000000:q.fifo";
constexpr const char* kLetters = "arn:aws:sqs:us-east-1:000000000000:letters";
constexpr const char* kUrl = "http://endpoint.example/";

class DeliveryTest : public SnsServiceTest {
 protected:
  void SetUp() override { Make("CreateTopic", {{"Name", "t"}}); }

  std::string Subscribe(const std::string& protocol, const std::string& endpoint,
                        json attributes = json::object(), const char* topic = kTopic) {
    attributes["RawMessageDelivery"] = "true";
    return Make("Subscribe", {{"TopicArn", topic},
                              {"Protocol", protocol},
                              {"Endpoint", endpoint},
                              {"ReturnSubscriptionArn", true},
                              {"Attributes", attributes}})
        .value("SubscriptionArn", "");
  }
  /// An endpoint that has confirmed; what it was called with until then is forgotten.
  std::string SubscribeUrl(const json& attributes = json::object()) {
    const std::string arn = Subscribe("http", kUrl, attributes);
    Make("ConfirmSubscription", {{"TopicArn", kTopic}, {"Token", sns_.store().FindSubscription(arn)->token}});
    Settle();
    endpoints_.calls.clear();
    return arn;
  }
  json Publish(const std::string& text) { return Make("Publish", {{"TopicArn", kTopic}, {"Message", text}}); }
  json PublishFifo(const std::string& text, const std::string& group, const std::string& id) {
    return Make("Publish", {{"TopicArn", kFifoTopic},
                            {"Message", text},
                            {"MessageGroupId", group},
                            {"MessageDeduplicationId", id}});
  }
  /// Until nothing is to be delivered at this moment.
  void Settle() { loop_.Get(sns_.outbox().Settled()); }
  void Pass(seconds time) {
    clock_.Advance(time);
    Settle();
  }
  test::RpcCall Call(std::string_view operation, const json& request) const {
    auto call = test::RpcCall::Json(kModel, operation, request.dump());
    call.clock = &clock_;
    call.strict = true;
    return call;
  }
};

TEST_F(DeliveryTest, WhatFailedIsTriedAgainForThoseWhoDoNotHaveIt) {
  Subscribe("sqs", kFirst);
  Subscribe("sqs", kSecond);
  queues_.decide = [](const auto& message) {
    return message.queue_arn == kFirst ? Outcome::kFailed : Outcome::kDelivered;
  };
  Publish("text");
  Settle();
  EXPECT_THAT(queues_.BodiesOf(kFirst), IsEmpty());
  queues_.decide = nullptr;
  Pass(seconds(1));
  EXPECT_THAT(queues_.BodiesOf(kFirst), ElementsAre("text"));
  EXPECT_THAT(queues_.BodiesOf(kSecond), ElementsAre("text")) << "which had it already";
}

TEST_F(DeliveryTest, ARetryForWhoUnsubscribedMeanwhileReachesNobodyElse) {
  const std::string gone = Subscribe("sqs", kFirst);
  Subscribe("sqs", kSecond);
  queues_.decide = [](const auto& message) {
    return message.queue_arn == kFirst ? Outcome::kFailed : Outcome::kDelivered;
  };
  Publish("text");
  Settle();
  queues_.decide = nullptr;
  Make("Unsubscribe", {{"SubscriptionArn", gone}});
  Pass(seconds(30));
  EXPECT_THAT(queues_.BodiesOf(kFirst), IsEmpty());
  EXPECT_THAT(queues_.BodiesOf(kSecond), ElementsAre("text"));
}

TEST_F(DeliveryTest, ADeadLetterIsKeptUntilItsQueueHasIt) {
  Subscribe("sqs", kFirst, {{"RedrivePolicy", json{{"deadLetterTargetArn", kLetters}}.dump()}});
  queues_.decide = [](const auto& message) {
    return message.queue_arn == kFirst ? Outcome::kNoQueue : Outcome::kFailed;
  };
  Publish("text");
  Settle();
  queues_.decide = [](const auto& message) {
    return message.queue_arn == kFirst ? Outcome::kNoQueue : Outcome::kDelivered;
  };
  Pass(seconds(1));
  EXPECT_THAT(queues_.BodiesOf(kLetters), ElementsAre("text"));
  Pass(seconds(60));
  EXPECT_EQ(queues_.delivered.size(), 1u);
}

TEST_F(DeliveryTest, QueuesAreAskedForTheirPolicyInStrictMode) {
  Subscribe("sqs", kFirst);
  Publish("permissive");
  Answer(Call("Publish", {{"TopicArn", kTopic}, {"Message", "strict"}}));
  Settle();
  ASSERT_EQ(queues_.delivered.size(), 2u);
  for (const services::QueueMessage& message : queues_.delivered) {  // in any order
    EXPECT_EQ(message.strict, message.body == "strict") << message.body;
  }
}

TEST_F(DeliveryTest, AnEndpointGetsNothingBeforeItConfirmed) {
  Subscribe("http", kUrl);
  Publish("text");
  Settle();
  ASSERT_EQ(endpoints_.calls.size(), 1u);
  EXPECT_EQ(endpoints_.calls[0].headers.at(0).value, "SubscriptionConfirmation");
}

TEST_F(DeliveryTest, TooManyRequestsIsTriedAgain) {
  SubscribeUrl();
  endpoints_.next_statuses = {429};
  Publish("text");
  Settle();
  ASSERT_EQ(endpoints_.calls.size(), 1u);
  Pass(seconds(19));
  EXPECT_EQ(endpoints_.calls.size(), 1u);
  Pass(seconds(1));
  ASSERT_EQ(endpoints_.calls.size(), 2u);
  const auto raw =
      std::ranges::find(endpoints_.calls[1].headers, "x-amz-sns-rawdelivery", &net::HttpHeader::name);
  ASSERT_NE(raw, endpoints_.calls[1].headers.end());
  EXPECT_EQ(raw->value, "true");
  EXPECT_EQ(endpoints_.calls[1].body, "text");
}

TEST_F(DeliveryTest, WhatAnEndpointRefusesIsADeadLetterOnce) {
  SubscribeUrl({{"RedrivePolicy", json{{"deadLetterTargetArn", kLetters}}.dump()}});
  endpoints_.next_statuses = {404};
  Publish("text");
  Settle();
  Pass(seconds(60));
  EXPECT_EQ(endpoints_.calls.size(), 1u);
  EXPECT_THAT(queues_.BodiesOf(kLetters), ElementsAre("text"));
}

TEST_F(DeliveryTest, AThrottledEndpointGetsNoMoreASecond) {
  SubscribeUrl({{"DeliveryPolicy", R"({"throttlePolicy":{"maxReceivesPerSecond":2}})"}});
  for (int i = 0; i < 5; ++i) Publish("text");
  Settle();
  EXPECT_EQ(endpoints_.calls.size(), 2u);
  Pass(seconds(1));
  EXPECT_EQ(endpoints_.calls.size(), 4u);
  Pass(seconds(1));
  EXPECT_EQ(endpoints_.calls.size(), 5u);
}

TEST_F(DeliveryTest, AnEndpointsPlacesAreGivenBack) {
  SubscribeUrl();
  for (int i = 0; i < 40; ++i) Publish("text");
  Settle();
  EXPECT_EQ(endpoints_.calls.size(), 40u);
}

TEST_F(DeliveryTest, TheMessagesOfAGroupDoNotPassOneAnother) {
  Make("CreateTopic", {{"Name", "t.fifo"}, {"Attributes", {{"FifoTopic", "true"}}}});
  Subscribe("sqs", kFifoQueue, {}, kFifoTopic);
  bool fails = true;
  queues_.decide = [&](const auto& message) {
    return fails && message.body == "1" ? Outcome::kFailed : Outcome::kDelivered;
  };
  PublishFifo("1", "g", "1");
  Settle();
  fails = false;
  PublishFifo("2", "g", "2");
  PublishFifo("other", "h", "3");
  Settle();
  EXPECT_THAT(queues_.BodiesOf(kFifoQueue), ElementsAre("other"));
  Pass(seconds(1));
  EXPECT_THAT(queues_.BodiesOf(kFifoQueue), ElementsAre("other", "1", "2"));
}

TEST_F(DeliveryTest, DuplicatesAreThoseOfTheTopicOrOfTheGroup) {
  Make("CreateTopic", {{"Name", "t.fifo"}, {"Attributes", {{"FifoTopic", "true"}}}});
  const json first = PublishFifo("text", "g", "id");
  EXPECT_EQ(PublishFifo("text", "h", "id")["MessageId"], first["MessageId"]);
  Make("SetTopicAttributes", {{"TopicArn", kFifoTopic},
                              {"AttributeName", "FifoThroughputScope"},
                              {"AttributeValue", "MessageGroup"}});
  const json of_group = PublishFifo("text", "i", "id");
  EXPECT_NE(of_group["MessageId"], first["MessageId"]);
  EXPECT_NE(PublishFifo("text", "j", "id")["MessageId"], of_group["MessageId"]);
  EXPECT_EQ(PublishFifo("text", "i", "id")["MessageId"], of_group["MessageId"]);
}

TEST_F(DeliveryTest, ATopicTakesEverythingAlong) {
  const auto create = [&] {
    Make("CreateTopic", {{"Name", "t.fifo"}, {"Attributes", {{"FifoTopic", "true"}}}});
  };
  create();
  Subscribe("sqs", kFifoQueue, {}, kFifoTopic);
  const json before = PublishFifo("before", "g", "id");
  Settle();
  Make("DeleteTopic", {{"TopicArn", kFifoTopic}});
  create();
  EXPECT_NE(PublishFifo("after", "g", "id")["MessageId"], before["MessageId"])
      << "no duplicate of another topic's";
  Settle();
  EXPECT_THAT(queues_.BodiesOf(kFifoQueue), ElementsAre("before"));
  EXPECT_THAT(Make("ListSubscriptions", json::object())["Subscriptions"], IsEmpty());
}

TEST_F(DeliveryTest, AttributesCountForTheSizeOfAMessage) {
  constexpr std::size_t kLargest = 262'144;
  Publish(std::string(kLargest, 'x'));
  const auto with_attribute = [&](std::size_t value) {
    // Its name and its type, "String", count as well.
    const json attribute{{"DataType", "String"}, {"StringValue", std::string(value, 'v')}};
    const auto call = Call("Publish", {{"TopicArn", kTopic},
                                       {"Message", std::string(kLargest - 107, 'x')},
                                       {"MessageAttributes", {{"a", attribute}}}});
    return Answer(call).status;
  };
  EXPECT_EQ(with_attribute(100), 200);
  EXPECT_EQ(with_attribute(101), 400);
}

TEST_F(DeliveryTest, ATopicsPolicyLetsOthersPublish) {
  Make("AddPermission", {{"TopicArn", kTopic},
                         {"Label", "l"},
                         {"AWSAccountId", {"111111111111"}},
                         {"ActionName", {"Publish"}}});
  auto call = Call("Publish", {{"TopicArn", kTopic}, {"Message", "text"}});
  call.account = "111111111111";
  EXPECT_EQ(Answer(call).status, 200);
  call.account = "222222222222";
  EXPECT_EQ(Answer(call).status, 403);
}

TEST_F(DeliveryTest, WhatWasConfirmedWithASignatureIsEndedWithOne) {
  const std::string subscription = Subscribe("sqs", kFirst);
  auto call = Call("Unsubscribe", {{"SubscriptionArn", subscription}});
  call.account = "111111111111";
  EXPECT_EQ(Answer(call).status, 403);
  Publish("text");
  Settle();
  EXPECT_THAT(queues_.BodiesOf(kFirst), ElementsAre("text"));
}

}  // namespace
}  // namespace cumulite::sns
