#include "tests/unit/services/sns/sns_fixture.h"

namespace cumulite::sns {
namespace {
using Outcome = services::TopicDelivery::Outcome;

constexpr const char* kTopic = "arn:aws:sns:us-east-1:000000000000:t";

/// A topic to which a queue is subscribed, and a bucket that publishes to it.
class PeerPublishTest : public SnsServiceTest {
 protected:
  PeerPublishTest() {
    Make("CreateTopic", {{"Name", "t"}});
    Make("Subscribe", {{"TopicArn", kTopic},
                       {"Protocol", "sqs"},
                       {"Endpoint", "arn:aws:sqs:us-east-1:000000000000:q"},
                       {"Attributes", {{"RawMessageDelivery", "true"}}}});
  }

  static services::TopicMessage FromBucket() {
    services::TopicMessage message;
    message.topic_arn = kTopic;
    message.subject = "Amazon S3 Notification";
    message.body = "something happened";
    message.service = "s3.amazonaws.com";
    message.source_arn = "arn:aws:s3:::bucket";
    message.source_account = "000000000000";
    message.address = "http://localhost:4566";
    return message;
  }
  Outcome Publish(services::TopicMessage message) { return loop_.Get(sns_.Publish(std::move(message))); }

  void Allow(const json& condition) {
    const json policy{{"Version", "2012-10-17"},
                      {"Statement",
                       {{{"Effect", "Allow"},
                         {"Principal", {{"Service", "s3.amazonaws.com"}}},
                         {"Action", "SNS:Publish"},
                         {"Resource", kTopic},
                         {"Condition", condition}}}}};
    Make("SetTopicAttributes",
         {{"TopicArn", kTopic}, {"AttributeName", "Policy"}, {"AttributeValue", policy.dump()}});
  }
};

TEST_F(PeerPublishTest, ReachesTheSubscribers) {
  EXPECT_EQ(Publish(FromBucket()), Outcome::kPublished);
  loop_.RunUntil([this] { return !queues_.delivered.empty(); });
  EXPECT_EQ(queues_.delivered.at(0).body, "something happened");
}

TEST_F(PeerPublishTest, SaysThatThereIsNoSuchTopic) {
  auto message = FromBucket();
  message.topic_arn += "-not";
  EXPECT_EQ(Publish(message), Outcome::kNoTopic);
}

TEST_F(PeerPublishTest, RejectsWhatTheTopicDoesNotTake) {
  auto message = FromBucket();
  message.body = std::string(262'145, 'x');
  EXPECT_EQ(Publish(message), Outcome::kRejected);
}

TEST_F(PeerPublishTest, FailsForNowWhenItCannotBeStored) {
  faults_.disk_full = true;
  EXPECT_EQ(Publish(FromBucket()), Outcome::kFailed);
  faults_.disk_full = false;
}

TEST_F(PeerPublishTest, AsksThePolicyInStrictMode) {
  auto message = FromBucket();
  message.strict = true;
  EXPECT_EQ(Publish(message), Outcome::kDenied) << "the default policy names no service";
  Allow({{"ArnLike", {{"aws:SourceArn", "arn:aws:s3:::another"}}}});
  EXPECT_EQ(Publish(message), Outcome::kDenied);
  Allow({{"StringEquals", {{"aws:SourceAccount", "111111111111"}}}});
  EXPECT_EQ(Publish(message), Outcome::kDenied);
  Allow({{"ArnLike", {{"aws:SourceArn", "arn:aws:s3:::bucket"}}},
         {"StringEquals", {{"aws:SourceAccount", "000000000000"}}}});
  EXPECT_EQ(Publish(message), Outcome::kPublished);
}

}  // namespace
}  // namespace cumulite::sns
