#include <set>

#include "tests/unit/services/sns/sns_fixture.h"

namespace cumulite::sns {
namespace {
using std::chrono::seconds;

constexpr const char* kTopic = "arn:aws:sns:us-east-1:000000000000:t";

/// A topic with HTTP endpoints, under a clock that stands still unless the test moves it.
class HttpDeliveryTest : public SnsServiceTest {
 protected:
  HttpDeliveryTest() { Make("CreateTopic", {{"Name", "t"}}); }

  void Subscribe(const std::string& url, const json& attributes = json::object()) {
    const std::string arn = Make("Subscribe", {{"TopicArn", kTopic},
                                               {"Protocol", "http"},
                                               {"Endpoint", url},
                                               {"ReturnSubscriptionArn", true},
                                               {"Attributes", attributes}})["SubscriptionArn"];
    Make("ConfirmSubscription", {{"TopicArn", kTopic}, {"Token", sns_.store().FindSubscription(arn)->token}});
  }
  void Publish(const std::string& text = "text") {
    Make("Publish", {{"TopicArn", kTopic}, {"Message", text}});
  }
  void Settle() { loop_.Get(sns_.Settle()); }
  /// What was sent until here.
  void ForgetConfirmations() {
    Settle();
    endpoints_.calls.clear();
  }
};

TEST_F(HttpDeliveryTest, NoMoreThanThePolicySaysASecond) {
  Subscribe("http://a/", {{"DeliveryPolicy", R"({"throttlePolicy":{"maxReceivesPerSecond":2}})"}});
  Subscribe("http://b/");
  ForgetConfirmations();
  for (int i = 0; i < 7; ++i) Publish();
  Settle();
  EXPECT_EQ(endpoints_.CallsTo("http://b/"), 7u);
  EXPECT_EQ(endpoints_.CallsTo("http://a/"), 2u);
  clock_.Advance(seconds{1});
  Settle();
  EXPECT_EQ(endpoints_.CallsTo("http://a/"), 4u);
  clock_.Advance(seconds{2});
  Settle();
  EXPECT_EQ(endpoints_.CallsTo("http://a/"), 7u);
}

TEST_F(HttpDeliveryTest, TopicsThrottleHoldsForASubscriptionWithoutOne) {
  Make("SetTopicAttributes",
       {{"TopicArn", kTopic},
        {"AttributeName", "DeliveryPolicy"},
        {"AttributeValue", R"({"http":{"defaultThrottlePolicy":{"maxReceivesPerSecond":1}}})"}});
  Subscribe("http://a/");
  ForgetConfirmations();
  for (int i = 0; i < 3; ++i) Publish();
  Settle();
  EXPECT_EQ(endpoints_.CallsTo("http://a/"), 1u);
}

TEST_F(HttpDeliveryTest, EndpointThatHangsHoldsUpNobodyElse) {
  constexpr std::size_t kEndpoints = 300;
  for (std::size_t i = 0; i < kEndpoints; ++i) Subscribe("http://" + std::to_string(i) + "/");
  ForgetConfirmations();
  endpoints_.hanging = "http://0/";
  Publish();
  loop_.RunUntil([&] { return endpoints_.calls.size() == kEndpoints; });
  for (std::size_t i = 0; i < kEndpoints; ++i)
    EXPECT_EQ(endpoints_.CallsTo("http://" + std::to_string(i) + "/"), 1u);
}

TEST_F(HttpDeliveryTest, WhatIsBeyondAnEndpointsShareComesWhenItAnswersWithoutTimePassing) {
  Subscribe("http://slow/", {{"RawMessageDelivery", "true"}});
  Subscribe("http://quick/");
  ForgetConfirmations();
  endpoints_.hanging = "http://slow/";
  constexpr std::size_t kMessages = 100;
  for (std::size_t i = 0; i < kMessages; ++i) Publish(std::to_string(i));
  loop_.RunUntil([&] { return endpoints_.CallsTo("http://quick/") == kMessages; });
  EXPECT_EQ(endpoints_.CallsTo("http://slow/"), 32u);
  endpoints_.LetGo();
  Settle();
  EXPECT_EQ(endpoints_.CallsTo("http://slow/"), kMessages);
  std::set<std::string> bodies;
  for (const net::HttpCall& call : endpoints_.calls) {
    if (call.url == "http://slow/") bodies.insert(call.body);
  }
  EXPECT_EQ(bodies.size(), kMessages) << "each once";
}

TEST_F(HttpDeliveryTest, SilentEndpointIsAskedByOneAtATimeUntilItAnswers) {
  Subscribe("http://slow/");
  ForgetConfirmations();
  endpoints_.hanging = "http://slow/";
  for (int i = 0; i < 40; ++i) Publish();
  loop_.RunUntil([&] { return endpoints_.calls.size() == 32; });
  endpoints_.LetGo(net::HttpError{net::HttpError::Kind::kTimeout, "no answer"});
  loop_.RunUntil([&] { return endpoints_.calls.size() == 40; });
  Settle();
  endpoints_.calls.clear();
  endpoints_.failure.reset();
  endpoints_.hanging = "http://slow/";
  clock_.Advance(seconds{20});
  loop_.RunUntil([&] { return !endpoints_.calls.empty(); });
  loop_.RunUntilIdle();
  EXPECT_EQ(endpoints_.calls.size(), 1u);
  endpoints_.LetGo();
  Settle();
  EXPECT_EQ(endpoints_.calls.size(), 40u);
}

TEST_F(HttpDeliveryTest, UnsubscribingEndsWhatIsHeld) {
  Subscribe("http://slow/");
  ForgetConfirmations();
  endpoints_.hanging = "http://slow/";
  for (int i = 0; i < 40; ++i) Publish();
  loop_.RunUntil([&] { return endpoints_.calls.size() == 32; });
  Make("DeleteTopic", {{"TopicArn", kTopic}});
  endpoints_.LetGo();
  Settle();
  EXPECT_EQ(sns_.outbox().Count(), 0);
  EXPECT_EQ(endpoints_.calls.size(), 32u);
}

TEST_F(HttpDeliveryTest, SettlingMakesTheRetriesThatFellDue) {
  Subscribe("http://a/");
  ForgetConfirmations();
  endpoints_.statuses["http://a/"] = 503;
  Publish();
  Settle();
  EXPECT_EQ(endpoints_.calls.size(), 1u);
  for (std::size_t attempt = 2; attempt <= 4; ++attempt) {
    clock_.Advance(seconds{20});
    EXPECT_TRUE(loop_.Get(sns_.Settle()));
    EXPECT_EQ(endpoints_.calls.size(), attempt);
  }
  clock_.Advance(seconds{20});
  EXPECT_FALSE(loop_.Get(sns_.Settle())) << "three retries are all";
}

TEST_F(HttpDeliveryTest, MessageHasOneSignatureForAllEndpoints) {
  Subscribe("http://a/");
  Subscribe("http://b/");
  ForgetConfirmations();
  Publish();
  Settle();
  ASSERT_EQ(endpoints_.calls.size(), 2u);
  const json first = json::parse(endpoints_.calls[0].body);
  const json second = json::parse(endpoints_.calls[1].body);
  EXPECT_EQ(first["Signature"], second["Signature"]);
  EXPECT_NE(first["UnsubscribeURL"], second["UnsubscribeURL"]);
}

}  // namespace
}  // namespace cumulite::sns
