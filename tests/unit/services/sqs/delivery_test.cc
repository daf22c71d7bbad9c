#include "services/delivery.h"

#include "services/sqs/operations/create_queue.h"
#include "services/sqs/operations/receive_message.h"
#include "services/sqs/operations/set_queue_attributes.h"
#include "tests/unit/services/sqs/sqs_fixture.h"

namespace cumulite::sqs {
namespace {
using Outcome = services::QueueDelivery::Outcome;

class DeliveryTest : public SqsServiceTest {
 protected:
  services::QueueMessage Message(const std::string& queue) {
    services::QueueMessage message;
    message.queue_arn = "arn:aws:sqs:us-east-1:000000000000:" + queue;
    message.body = "from the topic";
    message.service = "sns.amazonaws.com";
    message.source_arn = "arn:aws:sns:us-east-1:000000000000:topic";
    return message;
  }
  Outcome Deliver(services::QueueMessage message) { return loop_.Get(sqs_->Deliver(std::move(message))); }
};

TEST_F(DeliveryTest, DeliveredMessageIsReceivedWithItsAttributes) {
  Run(CreateQueue, CreateQueueRequest{"q", {}, {}});
  auto message = Message("q");
  message.attributes["color"] = {"String", "red"};
  message.trace_header = "Root=1";
  ASSERT_EQ(Deliver(message), Outcome::kDelivered);
  ReceiveMessageRequest request;
  request.queue_url = "q";
  request.attribute_names = {"All"};
  request.message_attribute_names = {"All"};
  const auto received = Run(ReceiveMessage, request).messages;
  ASSERT_EQ(received.size(), 1u);
  EXPECT_EQ(received[0].body, "from the topic");
  EXPECT_EQ(received[0].message_attributes.at("color").string_value, "red");
  EXPECT_EQ(received[0].attributes.at("AWSTraceHeader"), "Root=1");
}

TEST_F(DeliveryTest, OutcomeSaysWhyNot) {
  EXPECT_EQ(Deliver(Message("absent")), Outcome::kNoQueue);
  Run(CreateQueue, CreateQueueRequest{"f.fifo", {{"FifoQueue", "true"}}, {}});
  EXPECT_EQ(Deliver(Message("f.fifo")), Outcome::kRejected) << "no group";
}

TEST_F(DeliveryTest, StrictDeliveryNeedsThePolicysConsent) {
  Run(CreateQueue, CreateQueueRequest{"q", {}, {}});
  auto message = Message("q");
  message.strict = true;
  EXPECT_EQ(Deliver(message), Outcome::kDenied);
  const std::string policy =
      R"({"Statement":{"Effect":"Allow","Principal":{"Service":"sns.amazonaws.com"},"Action":"sqs:SendMessage",)"
      R"("Resource":"*","Condition":{"ArnEquals":{"aws:SourceArn":"arn:aws:sns:us-east-1:000000000000:topic"}}}})";
  Run(SetQueueAttributes, SetQueueAttributesRequest{"q", {{"Policy", policy}}});
  EXPECT_EQ(Deliver(message), Outcome::kDelivered);
  message.source_arn = "arn:aws:sns:us-east-1:000000000000:other";
  EXPECT_EQ(Deliver(message), Outcome::kDenied);
}

}  // namespace
}  // namespace cumulite::sqs
